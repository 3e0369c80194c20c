//! A clip begins as the given picture, and never shows anything but it.

use domain::{
    media::{Picture, Size},
    request::{Amplitude, Profile},
};

use super::{Bound, Line};
use crate::measure::{clip, frame, psnr, read_back, wish};

/// Everything that eases in: a camera, a subject, scenery, particles, a look, grain.
const PROMPTS: [&str; 3] = [
    "",
    "pull out, it dances, snow falls, leaves sway",
    "pan left, it sways, vintage look with film grain, sunset, fog",
];

pub(crate) fn lines(picture: &Picture, size: Size) -> Vec<Line> {
    let pictures = std::slice::from_ref(picture);
    let fitted = read_back(picture, size);
    let mut lines = Vec::new();
    for prompt in PROMPTS {
        let (clip, _) = clip(pictures, &wish(prompt, size, Amplitude::Large), Profile::Pro);
        // Before encoding; the tests of the engine hold the encoded frame to 38 dB.
        let likeness = psnr(&frame(&clip, 0).y, &fitted).min(99.0);
        lines.push(Line::new("frame 0, luma PSNR in dB", likeness, Bound::AtLeast(45.0)).detail(prompt));
        let outside = (0..120).step_by(7).chain([119]).map(|index| {
            let seen = clip.source_bounds(index);
            let (right, bottom) = ((size.width - 1) as f32, (size.height - 1) as f32);
            let left_out = (-seen.left).max(-seen.top);
            left_out.max(seen.right - right).max(seen.bottom - bottom)
        });
        let outside = f64::from(outside.fold(0.0, f32::max));
        lines.push(Line::new("pixels outside the picture", outside, Bound::AtMost(0.3)).detail(prompt));
    }
    lines
}
