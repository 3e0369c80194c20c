//! Drawing loses little against the slow and best way.

use domain::{
    media::{Frame, Picture, Size},
    request::{Amplitude, Profile},
};

use super::{Bound, Line};
use crate::measure::{clip, frame, wish};

const PROMPTS: [&str; 4] = [
    "push in, it breathes",
    "pan right while rolling",
    "orbit, it dances",
    "zoom out, it sways",
];

/// `frames` of each clip, evenly spaced, beside the mean of `factor` times `factor` samples a pixel.
pub(crate) fn lines(picture: &Picture, size: Size, frames: u32, factor: u32) -> Vec<Line> {
    let line = |prompt: &str| {
        let (clip, _) = clip(
            std::slice::from_ref(picture),
            &wish(prompt, size, Amplitude::Medium),
            Profile::Pro,
        );
        let shares = (0..frames).map(|number| {
            let index = (number + 1) * 120 / (frames + 1);
            energy(&frame(&clip, index)) / energy(&clip.render_supersampled(index, factor))
        });
        let least = shares.fold(f64::INFINITY, f64::min);
        Line::new("least share of the gradient energy", least, Bound::AtLeast(0.9)).detail(prompt)
    };
    PROMPTS.map(line).into()
}

/// Mean square of the luma's steps to the right and down.
fn energy(frame: &Frame) -> f64 {
    let width = frame.size.width as usize;
    let square = |one: u8, other: u8| (f64::from(one) - f64::from(other)).powi(2);
    let rows = frame.y.chunks_exact(width);
    let across: f64 = rows
        .flat_map(|row| row.windows(2))
        .map(|pair| square(pair[0], pair[1]))
        .sum();
    let down: f64 = frame
        .y
        .iter()
        .zip(&frame.y[width..])
        .map(|(upper, lower)| square(*upper, *lower))
        .sum();
    (across + down) / frame.y.len() as f64
}
