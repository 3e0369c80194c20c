//! How far the whole way from picture files to a video file is from its floor, the same frames encoded alone;
//! and what the faster profiles save. Runs alternate, so that a busy machine bothers all sides alike.
//!
//! `cargo bench -p engines --bench floor [-- RUNS]`
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops when something is missing"
)]

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use domain::{
    engine::JobWatch,
    media::{Frame, FrameSource, Size},
    request::{Amplitude, GenerationRequest, ImageSource, Profile, Resolution},
};
use engines::motion::{MotionSettings, explain, make};

const SECONDS: u32 = 5;

struct Kept {
    size: Size,
    frames: Vec<Frame>,
}

impl FrameSource for Kept {
    fn size(&self) -> Size {
        self.size
    }

    fn frame_count(&self) -> u32 {
        self.frames.len() as u32
    }

    fn render(&self, index: u32, frame: &mut Frame) {
        frame.clone_from(&self.frames[index as usize]);
    }
}

fn request(resolution: Resolution, profile: Profile) -> GenerationRequest {
    GenerationRequest {
        model: "viduq2-pro".to_owned(),
        engine: "motion".to_owned(),
        profile,
        images: vec![ImageSource::Inline(0)],
        prompt: "slow push in, gentle breeze".to_owned(),
        duration: SECONDS,
        resolution,
        amplitude: Amplitude::Medium,
        seed: 41822,
        bgm: false,
        audio: false,
        voice: None,
        watermark: false,
        off_peak: false,
        webhook: None,
    }
}

/// The frames as `make` draws them.
fn kept(request: &GenerationRequest, files: &[PathBuf]) -> Kept {
    let recipe = explain(request, files).unwrap().recipe;
    let picture = picture::decode(&std::fs::read(&files[0]).unwrap()).unwrap();
    let clip = motion::Clip::new(&[picture], &recipe, request.profile).unwrap();
    let drawn = |index| {
        let mut frame = Frame::black(recipe.size);
        clip.render(index, &mut frame);
        frame
    };
    Kept {
        size: recipe.size,
        frames: (0..recipe.frames).map(drawn).collect(),
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn whole(request: &GenerationRequest, files: &[PathBuf]) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    timed(|| {
        make(
            request,
            files,
            folder.path(),
            &MotionSettings::default(),
            &JobWatch::default(),
        )
        .unwrap();
    })
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

fn compare(resolution: Resolution, files: &[PathBuf], runs: usize) {
    let [pro, turbo, fast] = [Profile::Pro, Profile::Turbo, Profile::Fast].map(|profile| request(resolution, profile));
    let frames = kept(&pro, files);
    let encoding = encode::Settings::new(Profile::Pro);
    let mut times = [const { Vec::new() }; 4];
    for _ in 0..runs {
        times[0].push(timed(|| {
            encode::clip(&frames, None, &encoding, &JobWatch::default(), &mut Vec::new()).unwrap();
        }));
        times[1].push(whole(&pro, files));
        times[2].push(whole(&turbo, files));
        times[3].push(whole(&fast, files));
    }
    let [floor, pro, turbo, fast] = times.each_mut().map(|times| median(times));
    println!(
        "{}: floor {floor:.3} s; pro {pro:.3} s, {:.2} of the floor; turbo {turbo:.3} s, {:.2} of pro; \
         fast {fast:.3} s, {:.2} of pro",
        resolution.name(),
        pro / floor,
        turbo / pro,
        fast / pro,
    );
}

fn main() {
    let runs = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(7);
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pictures/coffee.png");
    for resolution in [Resolution::P720, Resolution::P1080] {
        compare(resolution, std::slice::from_ref(&picture), runs);
    }
}
