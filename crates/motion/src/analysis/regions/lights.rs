//! Lamps and lit windows: small bright spots in a dark picture, by a top-hat transform (Meyer, 1979).

use super::{Region, Sight};
use crate::analysis::{map::Map, tint::ramp};

/// Where there are `stars`, spots are stars.
pub(super) fn lights(sight: &Sight<'_>, stars: f32) -> Region {
    let luma = &sight.working.luma;
    let long = luma.width.max(luma.height);
    let spots = top_hat(luma, (long / 45).max(2));
    let around = luma.blurred(long as f32 * 0.03);
    let likely = sight.likelihood(|at, _| {
        let bright = ramp(luma.values[at], 0.6, 0.9);
        let dark_round = ramp(around.values[at], 0.5, 0.3);
        let free = 1.0 - 0.8 * sight.body.values[at];
        ramp(spots.values[at], 0.15, 0.4) * bright * dark_round * free
    });
    let found = count(&likely);
    let share = likely.mean();
    let dark = ramp(luma.mean(), 0.4, 0.25);
    // Leaves and twigs against the light glint everywhere.
    let calm = ramp(roughness(luma), 0.06, 0.035);
    let confidence = dark
        * calm
        * ramp(found as f32, 0.0, 6.0)
        * ramp(share, 0.0005, 0.002)
        * ramp(share, 0.06, 0.03)
        * (1.0 - 0.8 * stars);
    let weight = likely
        .blurred(1.0)
        .zip(&likely, |soft, hard| (1.6 * soft).max(hard).min(1.0));
    Region { weight, confidence }
}

/// How much luma differs from what is round it, in the median of all cells: lamps and stars stand in smooth darkness.
pub(super) fn roughness(luma: &Map) -> f32 {
    let around = luma.blurred(luma.width.max(luma.height) as f32 * 0.02);
    luma.zip(&around, |value, around| (value - around).abs()).quantile(0.5)
}

/// What rises above its surroundings and is narrower than `2 * radius + 1` cells.
pub(super) fn top_hat(map: &Map, radius: usize) -> Map {
    let negative = |map: &Map| map.map(|value| -value);
    let eroded = negative(&highest(&negative(map), radius));
    let opened = highest(&eroded, radius);
    map.zip(&opened, |value, opened| value - opened)
}

/// The highest value in the square of `2 * radius + 1` cells round each cell, by the two running maxima of van
/// Herk (1992) and Gil and Werman (1993), first along rows, then along columns.
fn highest(map: &Map, radius: usize) -> Map {
    let rows = Map {
        values: map
            .values
            .chunks_exact(map.width)
            .flat_map(|row| running_highest(row, radius))
            .collect(),
        ..*map
    };
    let turned = rows.transposed();
    let columns = Map {
        values: turned
            .values
            .chunks_exact(turned.width)
            .flat_map(|row| running_highest(row, radius))
            .collect(),
        ..turned
    };
    columns.transposed()
}

fn running_highest(row: &[f32], radius: usize) -> Vec<f32> {
    let window = 2 * radius + 1;
    let length = (row.len() + 2 * radius).div_ceil(window) * window;
    let padded = |at: usize| {
        at.checked_sub(radius)
            .and_then(|at| row.get(at))
            .copied()
            .unwrap_or(f32::NEG_INFINITY)
    };
    let mut forward: Vec<f32> = (0..length).map(padded).collect();
    let mut backward = forward.clone();
    for at in 1..length {
        if at % window != 0 {
            forward[at] = forward[at].max(forward[at - 1]);
        }
    }
    for at in (0..length - 1).rev() {
        if (at + 1) % window != 0 {
            backward[at] = backward[at].max(backward[at + 1]);
        }
    }
    (0..row.len())
        .map(|at| backward[at].max(forward[at + window - 1]))
        .collect()
}

/// The number of separate spots: cells that are the first of the largest among their neighbours.
pub(super) fn count(spots: &Map) -> usize {
    let (width, height) = (spots.width as isize, spots.height as isize);
    let mut found = 0;
    for y in 0..height {
        for x in 0..width {
            let here = spots.at(x, y);
            if here < 0.3 {
                continue;
            }
            let before = [(-1, -1), (0, -1), (1, -1), (-1, 0)];
            let after = [(1, 0), (-1, 1), (0, 1), (1, 1)];
            let inside = |dx: isize, dy: isize| (0..width).contains(&(x + dx)) && (0..height).contains(&(y + dy));
            let first = before
                .iter()
                .all(|(dx, dy)| !inside(*dx, *dy) || spots.at(x + dx, y + dy) < here);
            let largest = after
                .iter()
                .all(|(dx, dy)| !inside(*dx, *dy) || spots.at(x + dx, y + dy) <= here);
            found += usize::from(first && largest);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_hat_keeps_spots_and_drops_areas() {
        let map = Map::new(60, 40, |x, y| match (x, y) {
            (10..12, 10..12) => 1.0,
            (30.., 20..) => 1.0,
            _ => 0.1,
        });
        let hat = top_hat(&map, 4);
        assert!(hat.at(10, 11) > 0.85);
        assert!(hat.at(45, 30) < 1e-6);
        assert!(hat.at(3, 3).abs() < 1e-6);
        assert_eq!(count(&hat), 1);
    }
}
