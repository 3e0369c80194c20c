//! Rhythms written down: sixteen characters to a bar of four beats, a dot for a rest.

use super::Grid;

/// Beats from one character to the next.
pub(crate) const STEP: f64 = 0.25;

/// Characters that are played, each with its beat, from the clip's start to the last beat, without the last. Of
/// several patterns each bar takes the next. A longer bar begins its pattern again, a shorter one cuts it off.
pub(crate) fn strokes<'a>(grid: &'a Grid, patterns: &'a [&'a str]) -> impl Iterator<Item = (f64, u8)> + 'a {
    grid.steps(STEP).filter_map(move |beat| {
        let place = grid.in_bar(beat);
        let bar = ((beat - place) / f64::from(grid.bar())).round().max(0.0) as usize;
        let pattern = patterns.get(bar % patterns.len().max(1))?.as_bytes();
        let stroke = *pattern.get((place / STEP).round() as usize % pattern.len().max(1))?;
        (stroke != b'.').then_some((beat, stroke))
    })
}

/// The loudness that a digit stands for, 0 to 1.
pub(crate) fn loudness(stroke: u8) -> f32 {
    f32::from(stroke.saturating_sub(b'0').min(9)) / 9.0
}
