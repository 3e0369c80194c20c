//! What each quantiser costs and gives: luma SSIM of the decoded clip against the frames, PSNR of the
//! first frame, bit rate and speed, for a slow push into each of the repository's pictures at 720p, or into others.
//! The frames are kept in memory, so the speed is the encoder's alone.
//!
//! `cargo bench -p encode --bench quality [-- WIDTHxHEIGHT [PICTURE...]]`
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops when a tool is missing"
)]

#[path = "../tests/support/mod.rs"]
#[expect(dead_code, reason = "shared with the tests, which use all of it")]
mod support;

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use domain::{
    media::{FRAME_RATE, Frame, FrameSource, Size},
    request::Profile,
};
use encode::{Quantiser, Settings};
use image::imageops::FilterType;
use support::{decoded_luma, encode, luma_ssim, psnr};

const FRAMES: u32 = 48;

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

/// One plane of the picture at twice the output's size.
struct Plane {
    width: usize,
    samples: Vec<f32>,
}

impl Plane {
    fn at(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x as usize, y as usize);
        let (fx, fy) = (x.fract(), y.fract());
        let sample = |x: usize, y: usize| self.samples[(y * self.width + x).min(self.samples.len() - 1)];
        let upper = sample(left, top) * (1.0 - fx) + sample(left + 1, top) * fx;
        let lower = sample(left, top + 1) * (1.0 - fx) + sample(left + 1, top + 1) * fx;
        upper * (1.0 - fy) + lower * fy
    }
}

fn planes(path: &Path, size: Size) -> [Plane; 3] {
    let (width, height) = (size.width * 2, size.height * 2);
    let rgb = image::open(path)
        .unwrap()
        .resize_to_fill(width, height, FilterType::Lanczos3)
        .to_rgb32f();
    let plane = |weights: [f32; 3], offset: f32| Plane {
        width: width as usize,
        samples: rgb
            .pixels()
            .map(|pixel| offset + (0..3).map(|part| weights[part] * pixel[part]).sum::<f32>())
            .collect(),
    };
    [
        plane([46.559, 156.629, 15.812], 16.0),
        plane([-25.664, -86.336, 112.0], 128.0),
        plane([112.0, -101.730, -10.270], 128.0),
    ]
}

fn push_in(path: &Path, size: Size) -> Kept {
    let planes = planes(path, size);
    let draw = |index: u32| {
        let scale = 1.0 / (1.0 + 0.03 * index as f32 / FRAME_RATE as f32);
        let mut frame = Frame::black(size);
        let [y, u, v] = &planes;
        fill(&mut frame.y, y, size, 1, scale);
        fill(&mut frame.u, u, size, 2, scale);
        fill(&mut frame.v, v, size, 2, scale);
        frame
    };
    Kept {
        size,
        frames: (0..FRAMES).map(draw).collect(),
    }
}

fn fill(samples: &mut [u8], plane: &Plane, size: Size, step: u32, scale: f32) {
    let (width, height) = (size.width / step, size.height / step);
    for (row, line) in samples.chunks_exact_mut(width as usize).enumerate() {
        let y = (row as f32 + 0.5 - height as f32 / 2.0) * scale + height as f32 / 2.0;
        for (column, sample) in line.iter_mut().enumerate() {
            let x = (column as f32 + 0.5 - width as f32 / 2.0) * scale + width as f32 / 2.0;
            let grain = 2.0 * step as f32;
            *sample = (plane.at(x * grain - 0.5, y * grain - 0.5) + 0.5) as u8;
        }
    }
}

fn measure(name: &str, kind: &str, source: &Kept, quantiser: Quantiser) {
    let settings = Settings {
        quantiser,
        ..Settings::new(Profile::Pro)
    };
    let start = Instant::now();
    let clip = encode(source, None, &settings);
    let wall = start.elapsed().as_secs_f64();
    println!(
        "{name:13} {kind:5}  SSIM {:.4}  frame 0 {:.2} dB  {:6.2} Mbit/s  {:4.0} frames/s",
        luma_ssim(source, &clip),
        psnr(&source.frames[0].y, &decoded_luma(&clip, 0)),
        clip.bytes.len() as f64 * 8.0 * f64::from(FRAME_RATE) / f64::from(FRAMES) / 1e6,
        f64::from(FRAMES) / wall,
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let (width, height) = arguments
        .first()
        .map_or("1280x720", String::as_str)
        .split_once('x')
        .unwrap();
    let size = Size {
        width: width.parse().unwrap(),
        height: height.parse().unwrap(),
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pictures");
    let ours = ["astronaut.png", "chelsea.png", "coffee.png", "mascot.png", "rocket.jpg"].map(|name| folder.join(name));
    let others: Vec<PathBuf> = arguments.iter().skip(1).map(PathBuf::from).collect();
    for path in if others.is_empty() { ours.to_vec() } else { others } {
        let source = push_in(&path, size);
        let name = path.file_name().unwrap().to_string_lossy();
        for qp in [12, 14, 16, 18, 20, 22, 24, 26, 28] {
            measure(&name, &format!("qp {qp}"), &source, Quantiser::fixed(qp));
        }
        for profile in [Profile::Pro, Profile::Turbo, Profile::Fast] {
            measure(&name, &format!("{profile:?}"), &source, Quantiser::of(profile));
        }
    }
}
