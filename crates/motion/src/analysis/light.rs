//! Where the main light is, or from where it comes.

use super::{map::Map, tint::ramp, working::Working};

/// In shares of the width and height. Where a bright source is seen it is its place; otherwise the place on
/// the frame's edge from which the picture gets brighter, above its middle if in doubt.
pub(super) fn light(working: &Working, weight: &Map) -> (f32, f32) {
    let luma = &working.luma;
    let long = luma.width.max(luma.height) as f32;
    let soft = luma.blurred(long * 0.02);
    let (low, high) = (soft.quantile(0.5), soft.quantile(0.995));
    let source = soft.zip(weight, |value, subject| {
        ramp(value, high - 0.1 * (high - low), high).powi(2) * (1.0 - 0.6 * subject)
    });
    let (centre, share) = gathered(&source);
    let seen = ramp(high, 0.75, 0.95) * ramp(share, 0.06, 0.02) * ramp(centre.1, 0.8, 0.5) * ramp(high - low, 0.2, 0.5);
    let slope = slope(luma, weight);
    let edge = on_edge(slope);
    (edge.0 + (centre.0 - edge.0) * seen, edge.1 + (centre.1 - edge.1) * seen)
}

/// The centre of a map's mass, and the share of the picture that it takes.
fn gathered(map: &Map) -> ((f32, f32), f32) {
    let (mut total, mut across, mut down) = (1e-6, 0.0, 0.0);
    for (at, value) in map.values.iter().enumerate() {
        total += value;
        across += value * (at % map.width) as f32;
        down += value * (at / map.width) as f32;
    }
    let centre = (
        (across / total + 0.5) / map.width as f32,
        (down / total + 0.5) / map.height as f32,
    );
    (centre, total / map.values.len() as f32)
}

/// Luma's change over the whole width and height, fitted by least squares outside of the subject.
fn slope(luma: &Map, weight: &Map) -> (f32, f32) {
    let (mut mass, mut mean) = (1e-6, 0.0);
    for (value, subject) in luma.values.iter().zip(&weight.values) {
        let counts = 1.0 - 0.7 * subject;
        mass += counts;
        mean += counts * value;
    }
    mean /= mass;
    let (mut across, mut down, mut width, mut height) = (0.0, 0.0, 1e-6, 1e-6);
    for (at, value) in luma.values.iter().enumerate() {
        let counts = 1.0 - 0.7 * weight.values[at];
        let x = ((at % luma.width) as f32 + 0.5) / luma.width as f32 - 0.5;
        let y = ((at / luma.width) as f32 + 0.5) / luma.height as f32 - 0.5;
        across += counts * x * (value - mean);
        down += counts * y * (value - mean);
        width += counts * x * x;
        height += counts * y * y;
    }
    (across / width, down / height)
}

/// The place on the frame's edge in the direction of `slope`, light from above being the usual.
fn on_edge((across, down): (f32, f32)) -> (f32, f32) {
    let (x, y) = (across, down.min(0.25) - 0.12);
    let reach = x.abs().max(y.abs()).max(1e-3);
    (0.5 + 0.5 * x / reach, 0.5 + 0.5 * y / reach)
}
