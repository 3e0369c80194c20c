//! Where the time of a clip goes, stage by stage, in the order in which it is made; what looking at a picture of
//! twelve megapixels takes; and what a pair of keyframes takes.
//!
//! `cargo bench -p engines --bench stages [-- PICTURE...]`; "cpu" is the processor's time of all threads together,
//! which tells more than the wall when others work beside it. ffmpeg stands beside where it does the same.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops when something is missing"
)]

mod clock;
mod ffmpeg;

use std::path::{Path, PathBuf};

use clock::{Cost, Parts, alone, timed};
use domain::{
    engine::JobWatch,
    media::{Frame, FrameSource, Picture, Size},
    recipe::Recipe,
    request::{Amplitude, Profile, Resolution},
};
use image::codecs::jpeg::JpegEncoder;
use motion::{Clip, Depth, Detail, Study, Wish, plan};
use picture::fit;
use sound::Wants;

const FRAMES: u32 = 120;

/// One thing after the other, so that their costs can be told apart.
const PROMPTS: [&str; 6] = [
    "static camera, the subject stands still",
    "slow push in, the subject stands still",
    "static camera, make it dance",
    "static camera, the subject stands still, the leaves sway in the wind",
    "static camera, the subject stands still, snow falls",
    "static camera, make it dance, the leaves sway in the wind, snow falls",
];

fn report(stage: &str, cost: Cost) {
    println!(
        "  {stage:<44} wall {:8.1} ms   cpu {:8.1} ms",
        cost.wall * 1e3,
        cost.cpu * 1e3
    );
}

fn planned(studies: &[Study], prompt: &str) -> Recipe {
    let wish = Wish {
        prompt,
        size: studies[0].size(),
        frames: FRAMES,
        amplitude: Amplitude::Medium,
        seed: 41822,
        spans: &[],
    };
    plan(studies, &wish)
}

fn studied(picture: &Picture, size: Size, pictures: usize) -> Study {
    Study::new(picture, size, Detail::of(Profile::Pro, pictures)).unwrap()
}

/// The whole study on all cores, then its steps one after the other on one.
fn study(picture: &Picture, size: Size) {
    let (whole, _) = timed(|| studied(picture, size, 1));
    report("study, all cores", whole);
    let parts = Parts::default();
    let detail = Detail::of(Profile::Pro, 1);
    let once = || Study::observed(picture, size, detail, &Depth::Estimate, &parts).unwrap();
    let (one_core, _) = alone(|| timed(once));
    report("study, one core", one_core);
    for (step, cost) in parts.medians() {
        report(&format!("  {step}"), cost);
    }
}

/// What is done when a layer is first asked for, as the difference to the second time.
fn layer(picture: &Picture, size: Size) {
    let mut costs = [const { Vec::new() }; 4];
    for _ in 0..clock::RUNS {
        let studies = [studied(picture, size, 1)];
        for stage in [0, 2] {
            let (planning, recipe) = clock::once(|| planned(&studies, PROMPTS[2]));
            let (laying, _) = clock::once(|| Clip::new(&studies, &recipe).unwrap());
            costs[stage].push(planning);
            costs[stage + 1].push(laying);
        }
    }
    let [cut, fill, planning, laying] = costs.map(clock::median);
    report("plan a dance: look for a cut", cut.less(planning));
    report("plan a dance: all else", planning);
    report("lay out a dance: fill behind the cut", fill.less(laying));
    report("lay out a dance: all else", laying);
}

/// Draws, then encodes what was drawn, then does both at once as the product does.
fn film(studies: &[Study], prompt: &str) -> Vec<Frame> {
    let recipe = planned(studies, prompt);
    let clip = Clip::new(studies, &recipe).unwrap();
    println!("  {prompt:?}");
    let (drawing, frames) = clock::once(|| clock::drawn(&clip));
    report("  draw 120 frames, one core", drawing);
    let settings = encode::Settings::new(Profile::Pro);
    let (whole, _) = timed(|| encode::clip(&clip, None, &settings, &JobWatch::default(), &mut Vec::new()).unwrap());
    report("  draw and encode, all cores", whole);
    frames
}

/// The same frames, drawn before.
struct Kept(Vec<Frame>);

impl FrameSource for Kept {
    fn size(&self) -> Size {
        self.0[0].size
    }

    fn frame_count(&self) -> u32 {
        self.0.len() as u32
    }

    fn render(&self, index: u32, frame: &mut Frame) {
        frame.clone_from(&self.0[index as usize]);
    }
}

fn clip(file: &Path, resolution: Resolution) {
    let bytes = std::fs::read(file).unwrap();
    let (decoding, picture) = timed(|| picture::decode(&bytes).unwrap());
    let size = fit::output_size(picture.size, resolution);
    let name = file.file_name().unwrap().display();
    println!("{name}, {}, {} x {}", resolution.name(), size.width, size.height);
    report(
        &format!("decode {} x {}", picture.size.width, picture.size.height),
        decoding,
    );
    study(&picture, size);
    layer(&picture, size);
    let studies = [studied(&picture, size, 1)];
    let wants = Wants {
        bgm: true,
        ambience: true,
    };
    let recipe = planned(&studies, PROMPTS[5]);
    report("compose the sound", timed(|| sound::compose(&recipe, wants, &[])).0);
    for prompt in PROMPTS {
        let frames = Kept(film(&studies, prompt));
        let settings = encode::Settings::new(Profile::Pro);
        let whole = || encode::clip(&frames, None, &settings, &JobWatch::default(), &mut Vec::new()).unwrap();
        report("  encode alone, all cores", timed(whole).0);
        if let Some(cost) = ffmpeg::encode(&frames.0) {
            report("  beside it: ffmpeg, x264 veryfast", cost);
        }
    }
}

/// As a camera's JPEG: decoding, which is not looking, and everything else up to the study.
fn twelve_megapixels(file: &Path) {
    let picture = picture::decode(&std::fs::read(file).unwrap()).unwrap();
    let large = fit::fitted(
        &picture,
        Size {
            width: 4000,
            height: 3000,
        },
    );
    let mut bytes = Vec::new();
    let colours = image::ExtendedColorType::Rgb8;
    JpegEncoder::new_with_quality(&mut bytes, 92)
        .encode(&large.rgb, 4000, 3000, colours)
        .unwrap();
    println!("{} as a JPEG of 4000 x 3000", file.file_name().unwrap().display());
    let (decoding, large) = timed(|| picture::decode(&bytes).unwrap());
    report("decode", decoding);
    for resolution in [Resolution::P720, Resolution::P1080] {
        let size = fit::output_size(large.size, resolution);
        let (taken, _) = timed(|| studied(&large, size, 1));
        report(&format!("study at {}, all cores", resolution.name()), taken);
        let (cutting, _) = timed(|| planned(&[studied(&large, size, 1)], PROMPTS[2]));
        report("  and look for a cut", cutting.less(taken));
    }
}

/// The left and the right nine tenths of one picture, as if the camera had moved between them.
fn keyframes(file: &Path, resolution: Resolution) {
    let picture = picture::decode(&std::fs::read(file).unwrap()).unwrap();
    let (width, height) = (picture.size.width as usize, picture.size.height as usize);
    let kept = width * 9 / 10;
    let part = |from: usize| {
        let rows = picture.rgb.chunks_exact(width * 3);
        let rgb = rows.flat_map(|row| row[from * 3..(from + kept) * 3].iter().copied());
        let size = Size {
            width: kept as u32,
            height: height as u32,
        };
        Picture {
            size,
            rgb: rgb.collect(),
        }
    };
    let parts = [part(0), part(width - kept)];
    let size = fit::output_size(parts[0].size, resolution);
    let studies = parts.each_ref().map(|part| studied(part, size, 2));
    let (planning, recipe) = timed(|| planned(&studies, ""));
    let (laying, clip) = timed(|| Clip::new(&studies, &recipe).unwrap());
    let way = recipe.transitions[0].kind;
    println!(
        "two keyframes of {} at {}: {way:?}",
        file.file_name().unwrap().display(),
        resolution.name()
    );
    report("plan: whether they show the same scene", planning);
    report("lay out the clip: match them", laying);
    report("draw 120 frames, one core", clock::once(|| clock::drawn(&clip)).0);
}

fn main() {
    let arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let mut files: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    if files.is_empty() {
        let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pictures");
        files = ["coffee.png", "astronaut.png", "mascot.png"]
            .map(|name| usual.join(name))
            .to_vec();
    }
    for file in &files {
        for resolution in [Resolution::P720, Resolution::P1080] {
            clip(file, resolution);
            keyframes(file, resolution);
        }
        twelve_megapixels(file);
    }
}
