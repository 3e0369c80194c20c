//! How much closer a path must get so that it never sees past the picture's edge: found on the path itself,
//! along the frame's border.

use super::path::Path;

/// Points along each side that are looked at.
const POINTS: u32 = 17;
/// Frames between two looks; paths are smooth.
const EVERY: usize = 3;
const MOST: f32 = 0.6;

/// The smallest overscan, as a share, with which no look of `path` leaves the picture; `MOST` if none does.
pub(super) fn needed(path: &mut Path, depth: impl Fn((f32, f32)) -> f32) -> f32 {
    path.set_overscan(0.0);
    if stays_inside(path, &depth) {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, MOST);
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        path.set_overscan(middle);
        if stays_inside(path, &depth) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

fn stays_inside(path: &Path, depth: &impl Fn((f32, f32)) -> f32) -> bool {
    let (right, bottom) = (path.size().0 - 1.0, path.size().1 - 1.0);
    let last = *path.frames().end();
    path.frames().step_by(EVERY).chain([last]).all(|frame| {
        let pose = path.pose(frame as f32);
        (0..POINTS).all(|point| {
            let share = point as f32 / (POINTS - 1) as f32;
            let (x, y) = (share * right, share * bottom);
            [(x, 0.0), (x, bottom), (0.0, y), (right, y)].into_iter().all(|at| {
                let (x, y) = pose.source(at, depth);
                // A twentieth of a pixel past the outermost centre still shows the outermost pixel alone.
                x >= -0.05 && y >= -0.05 && x <= right + 0.05 && y <= bottom + 0.05
            })
        })
    })
}
