//! How far the whole way from picture files to a video file is from its floor, the same frames encoded alone;
//! and what the faster profiles save. Runs alternate, so that a busy machine bothers all sides alike; the
//! processor's time, of all threads together, tells more than the wall when others work beside it.
//!
//! `cargo bench -p engines --bench floor [-- RUNS]`
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops when something is missing"
)]

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use domain::{
    artifact::ArtifactKind,
    engine::JobWatch,
    media::{Frame, FrameSource, Size},
    request::{Amplitude, Extras, GenerationRequest, ImageSource, Profile, Resolution},
};
use engines::motion::{MotionSettings, Order, explain, make};

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
        payload: None,
        extras: Extras::default(),
    }
}

/// The frames as `make` draws them.
fn kept(request: &GenerationRequest, files: &[PathBuf]) -> Kept {
    let recipe = explain(&Order::new(request, files), &MotionSettings::default())
        .unwrap()
        .recipe;
    let picture = picture::decode(&std::fs::read(&files[0]).unwrap()).unwrap();
    let study = motion::Study::new(&picture, recipe.size, motion::Detail::of(request.profile, 1)).unwrap();
    let clip = motion::Clip::new(&[study], &recipe).unwrap();
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

/// Seconds on the wall, and of all threads together in steps of 10 ms.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    cpu: f64,
}

fn timed(work: impl FnOnce()) -> Cost {
    let (start, before) = (Instant::now(), cpu_seconds());
    work();
    Cost {
        wall: start.elapsed().as_secs_f64(),
        cpu: cpu_seconds() - before,
    }
}

/// User and system time of this process: fields 14 and 15, in hundredths of a second.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let (_, after_name) = stat.rsplit_once(')').unwrap();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.map(|field| field.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

fn whole(request: &GenerationRequest, files: &[PathBuf]) -> Cost {
    let folder = tempfile::tempdir().unwrap();
    timed(|| {
        let order = Order::new(request, files);
        make(
            &order,
            folder.path(),
            &[ArtifactKind::Video],
            &MotionSettings::default(),
            &JobWatch::default(),
        )
        .unwrap();
    })
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn compare(resolution: Resolution, files: &[PathBuf], runs: usize) {
    let profiles = [Profile::Pro, Profile::Turbo, Profile::Fast].map(|profile| request(resolution, profile));
    let frames = kept(&profiles[0], files);
    let encoding = encode::Settings::new(Profile::Pro);
    let mut costs = [const { Vec::new() }; 4];
    for _ in 0..runs {
        costs[0].push(timed(|| {
            encode::clip(&frames, None, &encoding, &JobWatch::default(), &mut Vec::new()).unwrap();
        }));
        for (profile, costs) in profiles.iter().zip(&mut costs[1..]) {
            costs.push(whole(profile, files));
        }
    }
    let medians = costs.each_ref().map(|costs| Cost {
        wall: median(costs.iter().map(|cost| cost.wall)),
        cpu: median(costs.iter().map(|cost| cost.cpu)),
    });
    let beside = [0, 0, 1, 1].map(|reference| medians[reference]);
    for ((name, cost), reference) in ["floor", "pro / floor", "turbo / pro", "fast / pro"]
        .iter()
        .zip(medians)
        .zip(beside)
    {
        println!(
            "{} {name:11} wall {:.3} s, {:.2}; cpu {:.2} s, {:.2}",
            resolution.name(),
            cost.wall,
            cost.wall / reference.wall,
            cost.cpu,
            cost.cpu / reference.cpu,
        );
    }
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
