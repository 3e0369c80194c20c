//! Holding back what would fold or smear the picture.

use super::Scenery;
use crate::planning::gain;
use domain::request::Amplitude;

/// The steepest that the displacement may be at the largest amplitude; a little less than 0.4, so that nothing shrinks
/// below 0.6 of its size.
const STEEPEST: f32 = 0.37;
/// Places looked at along the longer side, and moments.
const PLACES: f32 = 44.0;
const MOMENTS: u32 = 8;
/// Pixels between two places whose displacements are compared.
const STEP: f32 = 10.0;

/// The factor by which all swaying is reduced, so that it stays below the bound together with what flows. Found for the
/// largest amplitude, so that a larger one stays larger.
pub(super) fn needed(scenery: &Scenery) -> f32 {
    let strongest = scenery
        .sways
        .iter()
        .map(|(_, track)| track.strength)
        .fold(0.0, f32::max);
    if strongest <= 0.0 {
        return 1.0;
    }
    // A slight excess of strength above the largest amplitude is still allowed for.
    let scale = (1.12 * gain(Amplitude::Large)).max(strongest) / strongest;
    let apart = scenery.size.0.max(scenery.size.1) / PLACES;
    let (columns, rows) = ((scenery.size.0 / apart) as u32, (scenery.size.1 / apart) as u32);
    let mut restraint = 1.0_f32;
    for moment in 0..MOMENTS {
        let frame = (scenery.timing.frames * (moment + 1)) as f32 / (MOMENTS + 1) as f32;
        let moment = scenery.moment(frame);
        for row in 0..rows {
            for column in 0..columns {
                let at = (apart * (column as f32 + 0.5), apart * (row as f32 + 0.5));
                let steep = scale * slope(at, |at| moment.swayed(at));
                if steep < 0.5 * STEEPEST {
                    continue;
                }
                let flowing = slope(at, |at| {
                    moment.copies(at).map_or((0.0, 0.0), |copies| copies.farthest())
                });
                restraint = restraint.min((STEEPEST - flowing).max(0.05) / steep);
            }
        }
    }
    restraint
}

/// The largest factor less one by which lengths change round `at`, nearly: the Frobenius norm of the displacement's
/// derivative, which is never below its largest singular value.
fn slope(at: (f32, f32), moved: impl Fn((f32, f32)) -> (f32, f32)) -> f32 {
    let here = moved(at);
    if here == (0.0, 0.0) {
        return 0.0;
    }
    let (right, below) = (moved((at.0 + STEP, at.1)), moved((at.0, at.1 + STEP)));
    let square = |to: (f32, f32)| {
        let (x, y) = ((to.0 - here.0) / STEP, (to.1 - here.1) / STEP);
        x * x + y * y
    };
    (square(right) + square(below)).sqrt()
}
