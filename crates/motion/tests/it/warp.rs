//! Movement, measured where it is made: on the warp itself.

use domain::media::Size;
use motion::Clip;

/// Between places that are looked at: the cells that are drawn.
const STEP: u32 = 16;

/// Where a picture's subject lies, in shares of width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ellipse {
    pub(crate) centre: (f32, f32),
    /// Half axes.
    pub(crate) axes: (f32, f32),
}

impl Ellipse {
    pub(crate) fn holds(&self, (x, y): (f32, f32), size: Size) -> bool {
        let aside = (x / size.width as f32 - self.centre.0) / self.axes.0;
        let above = (y / size.height as f32 - self.centre.1) / self.axes.1;
        aside.hypot(above) < 1.0
    }
}

/// The corners of all cells, column by column.
pub(crate) fn places(size: Size) -> Vec<(f32, f32)> {
    let at = |number: u32| (number * STEP) as f32;
    let across = 0..size.width / STEP + 1;
    across
        .flat_map(|column| (0..size.height / STEP + 1).map(move |row| (at(column), at(row))))
        .collect()
}

/// How far the content at each place has moved.
pub(crate) fn moved(clip: &Clip, index: u32, places: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let sources = clip.sources(index, places);
    let pairs = places.iter().zip(&sources);
    pairs.map(|(at, source)| (at.0 - source.0, at.1 - source.1)).collect()
}

/// How far the content at each place goes from this frame to the next, on average.
pub(crate) fn flow(clip: &Clip, index: u32, places: &[(f32, f32)]) -> f32 {
    let (now, next) = (moved(clip, index, places), moved(clip, index + 1, places));
    let steps = now.iter().zip(&next);
    let sum: f32 = steps.map(|(now, next)| (next.0 - now.0).hypot(next.1 - now.1)).sum();
    sum / places.len() as f32
}

pub(crate) fn mean_flow(clip: &Clip, places: &[(f32, f32)]) -> f32 {
    (0..119).step_by(4).map(|index| flow(clip, index, places)).sum::<f32>() / 30.0
}

/// The smallest and largest singular value of the warp over the cells of a frame.
pub(crate) fn strain(clip: &Clip, index: u32, size: Size) -> (f32, f32) {
    let sources = clip.sources(index, &places(size));
    extremes(&sources.into_iter().map(Some).collect::<Vec<_>>(), size)
}

/// The same of the subject's layer, where it is opaque: nothing while there is none.
pub(crate) fn layer_strain(clip: &Clip, index: u32, size: Size) -> Option<(f32, f32)> {
    let sources = clip.layer_sources(index, &places(size));
    Some(extremes(&sources, size)).filter(|(least, most)| least <= most)
}

fn extremes(sources: &[Option<(f32, f32)>], size: Size) -> (f32, f32) {
    let mut extremes = (f32::INFINITY, 0.0_f32);
    let rows = (size.height / STEP + 1) as usize;
    let step = STEP as f32;
    for at in 0..sources.len() - rows {
        if (at + 1) % rows == 0 {
            continue;
        }
        let (Some(here), Some(below), Some(right)) = (sources[at], sources[at + 1], sources[at + rows]) else {
            continue;
        };
        let (a, c) = ((right.0 - here.0) / step, (right.1 - here.1) / step);
        let (b, d) = ((below.0 - here.0) / step, (below.1 - here.1) / step);
        let turned = (a + d).hypot(c - b) / 2.0;
        let bent = (a - d).hypot(b + c) / 2.0;
        extremes = (extremes.0.min(turned - bent), extremes.1.max(turned + bent));
    }
    extremes
}

/// A signal's likeness with itself `lag` frames later.
pub(crate) fn autocorrelation(signal: &[f32], lag: usize) -> f32 {
    let mean = signal.iter().sum::<f32>() / signal.len() as f32;
    let product = |lag: usize| {
        let pairs = signal.iter().zip(&signal[lag..]);
        pairs.map(|(now, then)| (now - mean) * (then - mean)).sum::<f32>() / (signal.len() - lag) as f32
    };
    product(lag) / product(0)
}
