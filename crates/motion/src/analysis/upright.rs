//! Upright things have one depth. Along strong vertical edges the depth of the foot is carried up,
//! so that a sideways move does not make towers lean.

use super::{map::Map, working::Working};

/// `depth` with every column's depth carried up as far as the picture looks upright there.
pub(super) fn carried_up(upright: &Map, depth: &Map) -> Map {
    let mut carried = depth.clone();
    for y in (0..depth.height.saturating_sub(1)).rev() {
        for x in 0..depth.width {
            let at = y * depth.width + x;
            let below = carried.values[at + depth.width];
            let value = &mut carried.values[at];
            if below > *value {
                *value += (below - *value) * KEPT * upright.values[at];
            }
        }
    }
    carried
}

/// How much of the depth below is kept from one row to the next where the picture is surely upright.
const KEPT: f32 = 0.985;

/// 0 to 1: structure whose gradient runs across the picture, from the structure tensor.
pub(super) fn uprightness(working: &Working) -> Map {
    let [across, down] = slopes(working);
    let sigma = across.width.max(across.height) as f32 * 0.012;
    let (across, down) = (across.blurred(sigma), down.blurred(sigma));
    across.zip(&down, |across, down| {
        let dominance = ((across - 2.0 * down) / (across + down + 1e-4)).clamp(0.0, 1.0);
        let strength = (across / 0.004).clamp(0.0, 1.0);
        (dominance * strength).sqrt()
    })
}

/// Squared differences of luma across and down.
fn slopes(working: &Working) -> [Map; 2] {
    let luma = &working.luma;
    let square = |x: usize, y: usize, right: isize, below: isize| {
        let (x, y) = (x as isize, y as isize);
        (luma.at(x + right, y + below) - luma.at(x - right, y - below)).powi(2)
    };
    [(1, 0), (0, 1)].map(|(right, below)| Map::new(luma.width, luma.height, |x, y| square(x, y, right, below)))
}
