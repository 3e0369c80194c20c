//! Bounding a map's slope, so that what it warps cannot fold, tear or lean.

use super::map::Map;

/// Rounds of raster scans. With the same bound everywhere one is exact; where the bound changes from cell
/// to cell a second one takes what is left.
const ROUNDS: usize = 2;

/// The map with differences between neighbours of at most `across` from column to column and `down` from
/// row to row, which may differ from cell to cell: the mean of the lowest such map above it and the highest
/// below it.
pub(crate) fn limited(map: &Map, across: f32, down: &Map) -> Map {
    let upper = envelope(map, across, down);
    let lower = envelope(&map.map(|value| -value), across, down);
    upper.zip(&lower, |upper, lower| (upper - lower) / 2.0)
}

/// The lowest map above `map` with bounded slopes.
fn envelope(map: &Map, across: f32, down: &Map) -> Map {
    let (width, height) = (map.width, map.height);
    let mut values = map.values.clone();
    for _ in 0..ROUNDS {
        for at in 0..width * height {
            let (x, y) = (at % width, at / width);
            if x > 0 {
                values[at] = values[at].max(values[at - 1] - across);
            }
            if y > 0 {
                values[at] = values[at].max(values[at - width] - down.values[at]);
            }
        }
        for at in (0..width * height).rev() {
            let (x, y) = (at % width, at / width);
            if x + 1 < width {
                values[at] = values[at].max(values[at + 1] - across);
            }
            if y + 1 < height {
                values[at] = values[at].max(values[at + width] - down.values[at + width]);
            }
        }
    }
    Map { values, ..*map }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_bounded_and_gentle_maps_stay() {
        let step = Map::new(40, 30, |x, y| if x > 20 && y > 10 { 1.0 } else { 0.0 });
        let down = step.map(|_| 0.02);
        let gentle = limited(&step, 0.05, &down);
        for y in 0..30 {
            for x in 0..40 {
                let here = gentle.at(x, y);
                assert!((gentle.at(x + 1, y) - here).abs() <= 0.0501);
                assert!((gentle.at(x, y + 1) - here).abs() <= 0.0201);
            }
        }
        let slope = Map::new(40, 30, |x, y| 0.01 * x as f32 + 0.005 * y as f32);
        let same = limited(&slope, 0.05, &down);
        assert!(same.values.iter().zip(&slope.values).all(|(a, b)| (a - b).abs() < 1e-6));
    }
}
