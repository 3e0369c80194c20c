//! What music adds to making a clip at 720p: the same order with and without `bgm`, in turn, so that a busy machine
//! bothers both alike.
//!
//! `cargo bench -p engines --bench music [-- RUNS]`
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops when something is missing"
)]

use std::{path::PathBuf, time::Instant};

use domain::{
    artifact::ArtifactKind,
    engine::JobWatch,
    request::{Amplitude, Extras, GenerationRequest, ImageSource, Profile, Resolution},
};
use engines::motion::{MotionSettings, Order, make};

/// Seconds on the wall, and of all threads together in steps of 10 ms.
type Cost = (f64, f64);

fn request(bgm: bool) -> GenerationRequest {
    GenerationRequest {
        model: "viduq2-pro".to_owned(),
        engine: "motion".to_owned(),
        profile: Profile::Pro,
        images: vec![ImageSource::Inline(0)],
        prompt: "make it dance.".to_owned(),
        duration: 5,
        resolution: Resolution::P720,
        amplitude: Amplitude::Medium,
        seed: 41822,
        bgm,
        audio: false,
        voice: None,
        watermark: false,
        off_peak: false,
        webhook: None,
        payload: None,
        extras: Extras::default(),
    }
}

fn cost(request: &GenerationRequest, picture: &PathBuf) -> Cost {
    let folder = tempfile::tempdir().unwrap();
    let (start, before) = (Instant::now(), cpu_seconds());
    let order = Order::new(request, std::slice::from_ref(picture));
    let (settings, watch) = (MotionSettings::default(), JobWatch::default());
    make(&order, folder.path(), &[ArtifactKind::Video], &settings, &watch).unwrap();
    (start.elapsed().as_secs_f64(), cpu_seconds() - before)
}

/// User and system time of this process: fields 14 and 15, in hundredths of a second.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let (_, after_name) = stat.rsplit_once(')').unwrap();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.map(|field| field.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let wall = costs[costs.len() / 2].0;
    costs.sort_by(|one, other| one.1.total_cmp(&other.1));
    (wall, costs[costs.len() / 2].1)
}

fn main() {
    let runs = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(7);
    let picture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/pictures/mascot.png");
    let [silent, musical] = [false, true].map(request);
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        without.push(cost(&silent, &picture));
        with.push(cost(&musical, &picture));
    }
    let (without, with) = (median(without), median(with));
    println!("without: wall {:.3} s, cpu {:.2} s", without.0, without.1);
    println!("with bgm: wall {:.3} s, cpu {:.2} s", with.0, with.1);
    println!("ratio: wall {:.2}, cpu {:.2}", with.0 / without.0, with.1 / without.1);
}
