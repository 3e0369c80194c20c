//! Drawing the picture in between: each pixel is sampled from both pictures and mixed.

use domain::media::{Frame, Size};

use super::splat::{Between, Cell};
use crate::raster::{Pyramid, Source, draw_pair};

/// `outer` says which position of the morphed picture a frame position shows.
pub(super) fn draw(
    between: &Between,
    done: f32,
    pyramids: [&Pyramid; 2],
    outer: impl Fn((f32, f32)) -> (f32, f32),
    frame: &mut Frame,
) {
    let size = frame.size;
    draw_pair(pyramids, |at| source(between, done, outer(at), size), frame);
}

/// What the picture in between shows at `at`, in pixels.
fn source(between: &Between, done: f32, at: (f32, f32), size: Size) -> Source {
    let scale = (
        between.width as f32 / size.width as f32,
        between.height as f32 / size.height as f32,
    );
    let Cell { x, y, share } = between.at((at.0 + 0.5) * scale.0 - 0.5, (at.1 + 0.5) * scale.1 - 0.5);
    let (x, y) = (x / scale.0, y / scale.1);
    Source {
        first: (at.0 - done * x, at.1 - done * y),
        second: (at.0 + (1.0 - done) * x, at.1 + (1.0 - done) * y),
        share,
    }
}
