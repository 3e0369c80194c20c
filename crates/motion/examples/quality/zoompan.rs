//! The same measure of steadiness for ffmpeg's zoompan, against its own formula.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use domain::media::Size;

use crate::quality::{
    Line,
    steadiness::{Luma, left_over},
};

const FRAMES: usize = 48;
const RATE: f32 = 0.0015;

/// Nothing when there is no ffmpeg.
pub(crate) fn lines(picture: &Path, size: Size) -> Vec<Line> {
    let Size { width, height } = size;
    let filter = format!(
        "scale={}:{},zoompan=z='min(zoom+{RATE},1.5)':x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)':d={FRAMES}:s={width}x{height}:fps=24",
        width * 2,
        height * 2
    );
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-loop", "1", "-i"]).arg(picture);
    command.args([
        "-vf",
        &filter,
        "-frames:v",
        &FRAMES.to_string(),
        "-pix_fmt",
        "gray",
        "-f",
        "rawvideo",
        "-",
    ]);
    let Ok(output) = command.stderr(Stdio::null()).output() else {
        return Vec::new();
    };
    let frames: Vec<Luma> = output
        .stdout
        .chunks_exact((width * height) as usize)
        .map(|luma| Luma::of(luma, size))
        .collect();
    let centre = ((width as f32 - 1.0) / 2.0, (height as f32 - 1.0) / 2.0);
    let squares: Vec<f64> = frames
        .windows(2)
        .enumerate()
        .map(|(index, pair)| {
            let zoom = |index: usize| 1.0 + RATE * (index + 1) as f32;
            let share = zoom(index) / zoom(index + 1);
            let came_from = |places: &[(f32, f32)]| {
                let from = |at: &(f32, f32)| {
                    (
                        centre.0 + (at.0 - centre.0) * share,
                        centre.1 + (at.1 - centre.1) * share,
                    )
                };
                places.iter().map(from).collect()
            };
            left_over(&pair[0], &pair[1], came_from).powi(2)
        })
        .collect();
    let off = (squares.iter().sum::<f64>() / squares.len() as f64).sqrt();
    vec![Line::new("ffmpeg zoompan off its formula, px RMS", off, None)]
}
