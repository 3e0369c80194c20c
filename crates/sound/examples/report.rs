//! Prints what every style measures, for five durations and three seeds: loudness, peak, offset, how strongly the
//! closing chord is struck, the tempo that is heard against the one that was planned, and the processor's time; then
//! how far each style is from the one most like it. `cargo run --release -p sound --example report [-- costs]`.

#[expect(dead_code, reason = "the tests' ears hold more than is needed here")]
#[path = "../tests/it/ears.rs"]
mod ears;

use domain::recipe::{MusicStyle, Recipe, SoundKind};
use sound::{Wants, compose};

const DURATIONS: [u32; 5] = [1, 3, 5, 8, 16];

fn main() {
    if std::env::args().any(|argument| argument == "costs") {
        return costs();
    }
    println!("style     s  seed  LUFS    dBTP   offset   close  tempo (planned)   centroid  onsets/s    ms");
    for style in ears::STYLES {
        for seconds in DURATIONS {
            for seed in [1, 2, 3] {
                row(style, seconds, seed);
            }
        }
    }
    costs();
    println!("\nnearest neighbours, in standard deviations of centroid, tempo and onset density:");
    let features: Vec<[f64; 3]> = ears::STYLES.iter().map(|style| ears::features(*style)).collect();
    for (style, own) in ears::STYLES.iter().zip(&features) {
        let (distance, other) = ears::nearest(*style, &features);
        println!(
            "{style:?}: {:.0} Hz, {:.0} a minute, {:.1} onsets a second; {distance:.2} from {other:?}",
            own[0], own[1], own[2]
        );
    }
}

/// What five seconds cost; the best of several runs, as other work disturbs them.
fn costs() {
    println!("\nprocessor's time for 5 s, in ms: music alone, music over rain and birds");
    for style in ears::STYLES {
        let mut plan = ears::recipe(style, ears::natural(style), 7, 5);
        let music = least(&plan, ears::MUSIC);
        plan.sounds = [SoundKind::Rain, SoundKind::Birds]
            .into_iter()
            .flat_map(|kind| ears::heard(kind, 0.5, 1.0, 5).sounds)
            .collect();
        println!("{style:?}: {music:.0}, {:.0}", least(&plan, ears::BOTH));
    }
}

fn least(plan: &Recipe, wants: Wants) -> f64 {
    let run = |_| {
        let before = cpu_milliseconds();
        std::hint::black_box(compose(plan, wants, &[]));
        cpu_milliseconds() - before
    };
    (0..6).map(run).fold(f64::INFINITY, f64::min)
}

/// Time that this thread was on a processor: Linux tells it in nanoseconds.
fn cpu_milliseconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat
        .split_whitespace()
        .next()
        .and_then(|field| field.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e6
}

fn row(style: MusicStyle, seconds: u32, seed: u32) {
    let plan = ears::recipe(style, ears::natural(style), seed, seconds);
    let before = cpu_milliseconds();
    let sound = compose(&plan, ears::MUSIC, &[]);
    let cost = cpu_milliseconds() - before;
    let (loudness, peak) = ears::meter(&sound);
    let left = ears::channel(&sound, 0);
    let offset = left.iter().map(|sample| f64::from(*sample)).sum::<f64>() / left.len() as f64;
    println!(
        "{:9} {seconds:2}  {seed}    {loudness:6.2}  {peak:6.2}  {offset:8.5}  {:5.1}  {:6.2} ({:6.2})  {:8.0}  {:8.2}  {cost:6.1}",
        format!("{style:?}"),
        ears::close(&sound, &plan),
        ears::tempo(&sound),
        plan.beat.tempo,
        ears::centroid(&sound),
        ears::onsets(&sound).len() as f64 / f64::from(seconds),
    );
}
