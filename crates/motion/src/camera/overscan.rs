//! How much closer a path must get so that it never sees past the picture's edge: found on the path itself,
//! along the frame's border, and taken up smoothly.

use rayon::prelude::*;

use super::{leg::Role, pose::Pose};

/// After so many halvings of `MOST` the picture's edge is met to a hundredth of a pixel; less would make the view shake.
const HALVINGS: usize = 17;
/// Points along each side that are looked at.
const POINTS: u32 = 17;
/// Frames between two looks; paths are smooth.
const EVERY: usize = 3;
const MOST: f32 = 1.0;
/// Half the width of a window in the logarithm of the time since rest: what is needed at one time is taken up between
/// 0.7 and 1.4 times it.
const WINDOW: f32 = 1.4;
/// Times within half a window that are averaged over.
const TIMES: i32 = 8;

/// For each of `poses`, one per frame, the share by which the view must get closer than its pose says. `role` tells at
/// which end the picture is seen whole.
pub(super) fn needed(
    poses: &[Pose],
    size: (f32, f32),
    role: Role,
    depth: impl Fn((f32, f32)) -> f32 + Sync,
) -> Vec<f32> {
    let last = poses.len().saturating_sub(1);
    let looks = (0..=last.div_ceil(EVERY)).filter_map(|look| poses.get((look * EVERY).min(last)));
    let looks: Vec<&Pose> = looks.collect();
    let looked: Vec<f32> = looks.par_iter().map(|pose| least(pose, size, &depth)).collect();
    let at = |frame: usize| {
        let value = |look: usize| looked.get(look).or(looked.last()).copied().unwrap_or(0.0);
        let (before, share) = (frame / EVERY, (frame % EVERY) as f32 / EVERY as f32);
        value(before) + (value(before + 1) - value(before)) * share
    };
    let mut needed: Vec<f32> = (0..poses.len()).map(at).collect();
    if needed.iter().all(|share| *share == 0.0) {
        return needed;
    }
    if role == Role::Arriving {
        needed.reverse();
    }
    let mut taken = taken_up(&needed);
    if role == Role::Arriving {
        taken.reverse();
    }
    taken
}

/// The smallest share with which `pose` does not leave the picture; `MOST` if none does.
fn least(pose: &Pose, size: (f32, f32), depth: &impl Fn((f32, f32)) -> f32) -> f32 {
    if stays_inside(pose, size, depth) {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, MOST);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        let closer = Pose {
            zoom: pose.zoom * (1.0 + middle),
            ..*pose
        };
        if stays_inside(&closer, size, depth) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

fn stays_inside(pose: &Pose, size: (f32, f32), depth: &impl Fn((f32, f32)) -> f32) -> bool {
    let (right, bottom) = (size.0 - 1.0, size.1 - 1.0);
    (0..POINTS).all(|point| {
        let share = point as f32 / (POINTS - 1) as f32;
        let (x, y) = (share * right, share * bottom);
        [(x, 0.0), (x, bottom), (0.0, y), (right, y)].into_iter().all(|at| {
            let (x, y) = pose.source(at, depth);
            // A twentieth of a pixel past the outermost centre still shows the outermost pixel alone.
            x >= -0.05 && y >= -0.05 && x <= right + 0.05 && y <= bottom + 0.05
        })
    })
}

/// Of each window the largest value, and of these the mean over each window, its middle counting most. It lies nowhere
/// below `needed`, and is as smooth: windows begin and end between frames. They grow with the time since rest, so that at
/// rest nothing is taken up.
fn taken_up(needed: &[f32]) -> Vec<f32> {
    let step = WINDOW.powf(1.0 / TIMES as f32);
    let weight = |time: i32| (1.0 - (time as f32 / TIMES as f32).powi(2)).powi(3);
    let weights: f32 = (-TIMES..=TIMES).map(weight).sum();
    let mean = |frame: usize| {
        let around =
            (-TIMES..=TIMES).map(|time| weight(time) * highest(needed, (frame as f32 + 1.0) * step.powi(time)));
        around.sum::<f32>() / weights
    };
    (0..needed.len()).map(mean).collect()
}

/// The largest value in the window round `time`, which is 1 at rest.
fn highest(needed: &[f32], time: f32) -> f32 {
    let (from, to) = (time / WINDOW - 1.0, time * WINDOW - 1.0);
    let inside = (from.max(0.0).ceil() as usize)..(to.max(0.0).floor() as usize + 1).min(needed.len());
    let whole = needed.get(inside).unwrap_or_default().iter().copied();
    whole.fold(between(needed, from).max(between(needed, to)), f32::max)
}

/// The value at a frame that may lie between two; beyond the ends the first and the last value go on.
fn between(values: &[f32], frame: f32) -> f32 {
    let frame = frame.clamp(0.0, values.len().saturating_sub(1) as f32);
    let at = |index: usize| values.get(index).or(values.last()).copied().unwrap_or(0.0);
    let before = at(frame as usize);
    before + (at(frame as usize + 1) - before) * frame.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_up_covers_what_is_needed_and_starts_from_nothing() {
        let needed: Vec<f32> = (0..120)
            .map(|frame| {
                let t = (frame as f32 / 119.0).min(1.0);
                0.2 * (t * 5.0).sin().max(0.0) * t
            })
            .collect();
        let taken = taken_up(&needed);
        assert!(taken[0] < 1e-3);
        assert!(
            taken
                .iter()
                .zip(&needed)
                .all(|(taken, needed)| taken >= &(needed - 1e-6))
        );
        let bends = taken
            .windows(3)
            .map(|three| (three[2] - 2.0 * three[1] + three[0]).abs());
        assert!(bends.fold(0.0, f32::max) < 0.001);
    }
}
