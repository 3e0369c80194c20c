//! Requests for short clips of the example pictures, and what ffprobe and ffmpeg say about the results.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing tool is a failing test")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use domain::{
    artifact::ArtifactKind,
    engine::{Generated, JobWatch},
    failure::Failure,
    media::{Frame, FrameSource, Picture, Size},
    request::{Amplitude, Extras, GenerationRequest, ImageSource, Profile, Resolution},
};
use engines::motion::{MotionSettings, Order, explain, make};
use tempfile::TempDir;

pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples/pictures")
        .join(name)
}

/// One second at 360p.
pub(crate) fn request(pictures: u32) -> GenerationRequest {
    GenerationRequest {
        model: "viduq2-pro".to_owned(),
        engine: "motion".to_owned(),
        profile: Profile::Pro,
        images: (0..pictures).map(ImageSource::Inline).collect(),
        prompt: "slow push in".to_owned(),
        duration: 1,
        resolution: Resolution::P360,
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

/// A finished clip in a folder that goes away with it.
pub(crate) struct Made {
    pub(crate) generated: Generated,
    folder: TempDir,
}

pub(crate) fn try_make(request: &GenerationRequest, pictures: &[PathBuf], threads: usize) -> Result<Made, Failure> {
    let folder = tempfile::tempdir().unwrap();
    let settings = MotionSettings {
        threads,
        ..MotionSettings::default()
    };
    let order = Order::new(request, pictures);
    let generated = make(
        &order,
        folder.path(),
        &ArtifactKind::USUAL,
        &settings,
        &JobWatch::default(),
    )?;
    Ok(Made { generated, folder })
}

pub(crate) fn made(request: &GenerationRequest, pictures: &[&str]) -> Made {
    let pictures: Vec<PathBuf> = pictures.iter().map(|name| example(name)).collect();
    try_make(request, &pictures, 0).unwrap()
}

impl Made {
    pub(crate) fn file(&self, kind: ArtifactKind) -> PathBuf {
        let found = self.generated.files.iter().find(|(found, _)| *found == kind);
        found.unwrap().1.clone()
    }

    pub(crate) fn bytes(&self, kind: ArtifactKind) -> Vec<u8> {
        fs::read(self.file(kind)).unwrap()
    }

    pub(crate) fn still(&self, kind: ArtifactKind) -> Picture {
        picture::decode(&self.bytes(kind)).unwrap()
    }

    /// Every frame's luma plane, decoded by ffmpeg.
    pub(crate) fn luma(&self) -> Vec<Vec<u8>> {
        let file = self.file(ArtifactKind::Video);
        #[rustfmt::skip]
        let arguments = [
            "-v", "error", "-i", file.to_str().unwrap(), "-map", "0:v:0",
            "-f", "rawvideo", "-pix_fmt", "yuv420p", "-",
        ];
        let Size { width, height } = self.generated.size;
        let luma = (width * height) as usize;
        let bytes = run("ffmpeg", &arguments).stdout;
        bytes
            .chunks_exact(luma * 3 / 2)
            .map(|frame| frame[..luma].to_vec())
            .collect()
    }

    /// Luma SSIM against raw frames of the same size, by ffmpeg's `ssim`.
    pub(crate) fn luma_ssim(&self, frames: &[u8]) -> f64 {
        let raw = self.folder.path().join("drawn.yuv");
        fs::write(&raw, frames).unwrap();
        let file = self.file(ArtifactKind::Video);
        let size = format!("{}x{}", self.generated.size.width, self.generated.size.height);
        #[rustfmt::skip]
        let arguments = [
            "-hide_banner", "-nostats",
            "-f", "rawvideo", "-pix_fmt", "yuv420p", "-framerate", "24", "-s", &size, "-i", raw.to_str().unwrap(),
            "-i", file.to_str().unwrap(),
            "-lavfi", "[0:v][1:v:0]ssim", "-f", "null", "-",
        ];
        let report = String::from_utf8(run("ffmpeg", &arguments).stderr).unwrap();
        let after = report.rsplit("SSIM Y:").next().unwrap();
        after.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// What ffprobe prints for `entries` of the chosen streams, one `key=value` to a line.
    pub(crate) fn probe(&self, streams: &str, entries: &str) -> String {
        let file = self.file(ArtifactKind::Video);
        #[rustfmt::skip]
        let arguments = [
            "-v", "error", "-select_streams", streams, "-show_entries", entries,
            "-of", "default=noprint_wrappers=1", file.to_str().unwrap(),
        ];
        String::from_utf8(run("ffprobe", &arguments).stdout).unwrap()
    }
}

fn run(program: &str, arguments: &[&str]) -> Output {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; install it with: apt-get install ffmpeg"));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    output
}

/// The picture's luma at the clip's size: BT.709, limited range.
pub(crate) fn fitted_luma(name: &str, size: Size) -> Vec<u8> {
    let picture = picture::decode(&fs::read(example(name)).unwrap()).unwrap();
    let fitted = picture::fit::fitted(&picture, size);
    let weigh = |pixel: &[u8]| {
        let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(f64::from);
        (16.0 + (0.2126 * red + 0.7152 * green + 0.0722 * blue) * 219.0 / 255.0).round() as u8
    };
    fitted.rgb.chunks_exact(3).map(weigh).collect()
}

/// Peak signal-to-noise ratio in decibels.
pub(crate) fn psnr(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let squares: f64 = one
        .iter()
        .zip(other)
        .map(|(one, other)| (f64::from(*one) - f64::from(*other)).powi(2))
        .sum();
    10.0 * (255.0 * 255.0 * one.len() as f64 / squares.max(1e-9)).log10()
}

/// The frames as they went into the encoder, raw planes one after the other.
pub(crate) fn drawn(request: &GenerationRequest, name: &str) -> Vec<u8> {
    let file = example(name);
    let recipe = explain(
        &Order::new(request, std::slice::from_ref(&file)),
        &MotionSettings::default(),
    )
    .unwrap()
    .recipe;
    let picture = picture::decode(&std::fs::read(file).unwrap()).unwrap();
    let study = motion::Study::new(&picture, recipe.size, motion::Detail::of(request.profile, 1)).unwrap();
    let clip = motion::Clip::new(&[study], &recipe).unwrap();
    let mut frame = Frame::black(recipe.size);
    let mut bytes = Vec::new();
    for index in 0..recipe.frames {
        clip.render(index, &mut frame);
        for plane in [&frame.y, &frame.u, &frame.v] {
            bytes.extend_from_slice(plane);
        }
    }
    bytes
}
