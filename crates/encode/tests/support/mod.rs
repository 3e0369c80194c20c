//! Synthetic clips, and what ffprobe and ffmpeg say about files.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing tool is a failing test")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use domain::{
    engine::JobWatch,
    media::{FRAME_RATE, Frame, FrameSource, Pcm, SAMPLE_RATE, Size},
};
use encode::{Encoded, Settings};
use tempfile::TempDir;

/// A textured plane that drifts and grows, as a camera move over a photograph does.
pub(crate) struct Drift {
    pub(crate) size: Size,
    pub(crate) frames: u32,
}

impl Drift {
    pub(crate) fn new(width: u32, height: u32, frames: u32) -> Self {
        Self {
            size: Size { width, height },
            frames,
        }
    }
}

/// Waves of several lengths and directions: edges, slopes and fine grain, without randomness.
fn texture(x: f32, y: f32) -> f32 {
    let broad = (x * 0.013).sin() + (y * 0.017 + x * 0.004).cos();
    let middle = (x * 0.11 + y * 0.05).sin() * (y * 0.09).cos();
    let edges = ((x * 0.03 - y * 0.02).sin() * 6.0).clamp(-1.0, 1.0);
    let fine = (x * 0.71 + y * 0.33).sin() * (x * 0.29 - y * 0.63).cos();
    0.25 * broad + 0.2 * middle + 0.3 * edges + 0.15 * fine
}

impl FrameSource for Drift {
    fn size(&self) -> Size {
        self.size
    }

    fn frame_count(&self) -> u32 {
        self.frames
    }

    fn render(&self, index: u32, frame: &mut Frame) {
        let (width, height) = (self.size.width as usize, self.size.height as usize);
        let time = index as f32 / FRAME_RATE as f32;
        let zoom = 1.0 / (1.0 + 0.05 * time);
        let at = |x: usize, y: usize| {
            let (x, y) = (x as f32 - width as f32 / 2.0, y as f32 - height as f32 / 2.0);
            texture(x * zoom + 20.0 * time + 300.0, y * zoom + 6.0 * time + 200.0)
        };
        for (y, row) in frame.y.chunks_exact_mut(width).enumerate() {
            for (x, luma) in row.iter_mut().enumerate() {
                *luma = (126.0 + 100.0 * at(x, y)).clamp(16.0, 235.0) as u8;
            }
        }
        let chroma = frame
            .u
            .chunks_exact_mut(width / 2)
            .zip(frame.v.chunks_exact_mut(width / 2));
        for (y, (u, v)) in chroma.enumerate() {
            for (x, (u, v)) in u.iter_mut().zip(v).enumerate() {
                let value = at(x * 2, y * 2);
                *u = (128.0 + 40.0 * value) as u8;
                *v = (128.0 - 30.0 * value) as u8;
            }
        }
    }
}

/// A quiet chord of exactly `frames / 24` seconds.
pub(crate) fn chord(frames: u32) -> Pcm {
    let count = frames * SAMPLE_RATE / FRAME_RATE;
    let samples = (0..count)
        .flat_map(|index| {
            let time = index as f32 / SAMPLE_RATE as f32;
            let tone = |pitch: f32| (time * pitch * std::f32::consts::TAU).sin();
            [
                0.2 * tone(220.0) + 0.1 * tone(330.0),
                0.2 * tone(220.0) + 0.1 * tone(440.0),
            ]
        })
        .collect();
    Pcm { samples }
}

/// An encoded file in a folder that goes away with it.
pub(crate) struct Clip {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
    pub(crate) encoded: Encoded,
    folder: TempDir,
}

impl Clip {
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

pub(crate) fn encode(source: &dyn FrameSource, sound: Option<&Pcm>, settings: &Settings) -> Clip {
    let mut bytes = Vec::new();
    let encoded = encode::clip(source, sound, settings, &JobWatch::default(), &mut bytes).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clip.mp4");
    fs::write(&path, &bytes).unwrap();
    Clip {
        path,
        bytes,
        encoded,
        folder,
    }
}

fn run(program: &str, arguments: &[&str]) -> Output {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; install it with: apt-get install ffmpeg"));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    output
}

/// What ffprobe prints for `entries` (`stream=codec_name,...`) of the chosen streams, one line for each.
pub(crate) fn probe(path: &Path, streams: &str, entries: &str) -> String {
    let file = path.to_str().unwrap();
    let mut arguments = vec!["-v", "error"];
    if !streams.is_empty() {
        arguments.extend(["-select_streams", streams]);
    }
    arguments.extend(["-show_entries", entries, "-of", "default=noprint_wrappers=1", file]);
    String::from_utf8(run("ffprobe", &arguments).stdout).unwrap()
}

/// The value of `key` in what [`probe`] printed.
pub(crate) fn value<'t>(printed: &'t str, key: &str) -> &'t str {
    printed
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
        .unwrap_or_else(|| panic!("{key} is not in {printed}"))
}

/// Luma SSIM of the decoded file against the frames that were rendered, by ffmpeg's `ssim`.
pub(crate) fn luma_ssim(source: &dyn FrameSource, clip: &Clip) -> f64 {
    let raw = clip.folder().join("rendered.yuv");
    let mut frame = Frame::black(source.size());
    let mut bytes = Vec::new();
    for index in 0..source.frame_count() {
        source.render(index, &mut frame);
        for plane in [&frame.y, &frame.u, &frame.v] {
            bytes.extend_from_slice(plane);
        }
    }
    fs::write(&raw, bytes).unwrap();
    let size = format!("{}x{}", source.size().width, source.size().height);
    #[rustfmt::skip]
    let arguments = [
        "-hide_banner", "-nostats",
        "-f", "rawvideo", "-pix_fmt", "yuv420p", "-framerate", "24", "-s", &size, "-i", raw.to_str().unwrap(),
        "-i", clip.path.to_str().unwrap(),
        "-lavfi", "[0:v][1:v:0]ssim", "-f", "null", "-",
    ];
    let report = String::from_utf8(run("ffmpeg", &arguments).stderr).unwrap();
    let after = report.rsplit("SSIM Y:").next().unwrap();
    after.split_whitespace().next().unwrap().parse().unwrap()
}

/// All decoded luma planes, one after the other.
pub(crate) fn decoded_video(clip: &Clip) -> Vec<Vec<u8>> {
    let file = clip.path.to_str().unwrap();
    let arguments = [
        "-v", "error", "-i", file, "-map", "0:v:0", "-f", "rawvideo", "-pix_fmt", "gray", "-",
    ];
    let bytes = run("ffmpeg", &arguments).stdout;
    let plane = clip.encoded.size.width as usize * clip.encoded.size.height as usize;
    bytes.chunks_exact(plane).map(<[u8]>::to_vec).collect()
}

/// The decoded sound, both channels as one, at 48 kHz; sample 0 is when the clip begins.
pub(crate) fn decoded_sound(clip: &Clip) -> Vec<f32> {
    let file = clip.path.to_str().unwrap();
    let arguments = [
        "-v", "error", "-i", file, "-map", "0:a:0", "-ac", "1", "-ar", "48000", "-f", "f32le", "-",
    ];
    let bytes = run("ffmpeg", &arguments).stdout;
    let samples = bytes
        .chunks_exact(4)
        .map(|four| f32::from_le_bytes(four.try_into().unwrap()));
    samples.collect()
}

/// The luma plane of one decoded frame.
pub(crate) fn decoded_luma(clip: &Clip, index: usize) -> Vec<u8> {
    let file = clip.path.to_str().unwrap();
    let choice = format!("select=eq(n\\,{index})");
    #[rustfmt::skip]
    let arguments = [
        "-v", "error", "-i", file, "-map", "0:v:0", "-vf", &choice, "-frames:v", "1",
        "-f", "rawvideo", "-pix_fmt", "yuv420p", "-",
    ];
    let mut planes = run("ffmpeg", &arguments).stdout;
    planes.truncate(clip.encoded.size.width as usize * clip.encoded.size.height as usize);
    planes
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
