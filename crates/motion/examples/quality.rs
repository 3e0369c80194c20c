//! Prints what is promised of the engine, measured on pictures: `quality PICTURE...`.

#[path = "../tests/it/measure.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod measure;

use std::{env, path::Path, thread, time::Instant};

use domain::{
    media::{Frame, FrameSource, Picture, Size},
    request::{Amplitude, Profile},
};
use motion::{Clip, plan};

const PROMPTS: [&str; 8] = [
    "push in",
    "pull out",
    "pan right",
    "truck left",
    "orbit",
    "roll",
    "static camera, make it dance",
    "",
];

fn main() {
    if env::args().any(|argument| argument == "--speed") {
        let picture = measure::example("coffee.png");
        speed(&picture, 1280, 720);
        speed(&picture, 1920, 1080);
        return;
    }
    for path in env::args().skip(1) {
        let picture = measure::read(Path::new(&path));
        println!("{path}  {} x {}", picture.size.width, picture.size.height);
        flows(&picture);
        profiles(&picture);
        speed(&picture, 1280, 720);
        speed(&picture, 1920, 1080);
    }
}

fn shape(picture: &Picture, area: f64) -> Size {
    let ratio = f64::from(picture.size.width) / f64::from(picture.size.height);
    let even = |side: f64| (side / 2.0).round() as u32 * 2;
    measure::size(even((area * ratio).sqrt()), even((area / ratio).sqrt()))
}

fn flows(picture: &Picture) {
    let size = shape(picture, 640.0 * 360.0);
    println!(
        "  {:<30} {:>7} {:>7} {:>7}  {:>6} {:>6}  {:>6}",
        "flow in px/frame", "small", "medium", "large", "m/s", "l/m", "jump"
    );
    for prompt in PROMPTS {
        let clips = [Amplitude::Small, Amplitude::Medium, Amplitude::Large].map(|amplitude| {
            measure::clip(
                std::slice::from_ref(picture),
                &measure::wish(prompt, size, amplitude),
                Profile::Pro,
            )
            .0
        });
        let [small, medium, large] = clips.each_ref().map(|clip| measure::mean_flow(clip));
        let jump = clips.iter().map(|clip| measure::worst_jump(clip)).fold(0.0, f64::max);
        println!(
            "  {prompt:<30} {small:7.3} {medium:7.3} {large:7.3}  {:6.2} {:6.2}  {jump:6.2}",
            medium / small,
            large / medium
        );
    }
}

fn profiles(picture: &Picture) {
    let size = shape(picture, 640.0 * 360.0);
    let wish = measure::wish("push in", size, Amplitude::Medium);
    for profile in [Profile::Pro, Profile::Turbo, Profile::Fast] {
        let (clip, _) = measure::clip(std::slice::from_ref(picture), &wish, profile);
        let mean: f64 = [30, 60, 90, 119]
            .map(|index| measure::psnr(&measure::frame(&clip, index).y, &clip.render_supersampled(index, 4).y))
            .iter()
            .sum::<f64>()
            / 4.0;
        println!("  {profile:?}: PSNR to 4 x 4 supersampled {mean:.2} dB");
    }
}

fn speed(picture: &Picture, width: u32, height: u32) {
    let wish = measure::wish("push in", measure::size(width, height), Amplitude::Medium);
    for profile in [Profile::Pro, Profile::Turbo, Profile::Fast] {
        let start = Instant::now();
        let studies = measure::studies(std::slice::from_ref(picture), wish.size, profile);
        let studied = start.elapsed();
        let recipe = plan(&studies, &wish);
        let Ok(clip) = Clip::new(&studies, &recipe) else {
            continue;
        };
        let made = start.elapsed();
        let halves = [0..60, 60..120];
        let start = Instant::now();
        let workers = thread::scope(|scope| {
            let workers = halves.map(|frames| {
                let clip = &clip;
                scope.spawn(move || {
                    let mut frame = Frame::black(clip.size());
                    for index in frames {
                        clip.render(index, &mut frame);
                    }
                    processor_time()
                })
            });
            workers.map(|worker| worker.join().unwrap_or(0.0))
        });
        println!(
            "  {width} x {height} {profile:?}: study {:.0} ms, plan and clip {:.0} ms, 120 frames on two threads {:.0} ms, of one core {:.2} ms per frame",
            studied.as_secs_f64() * 1e3,
            (made - studied).as_secs_f64() * 1e3,
            start.elapsed().as_secs_f64() * 1e3,
            workers.iter().sum::<f64>() / 120.0
        );
    }
}

/// Milliseconds that this thread has run, on Linux; others print 0.
fn processor_time() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds: f64 = text.split(' ').next().and_then(|part| part.parse().ok()).unwrap_or(0.0);
    nanoseconds / 1e6
}
