//! The picture's few dominant colours, by k-means (Lloyd, 1982) from starts that are far apart (the greedy
//! choice of Gonzalez, 1985).

use super::working::Working;

/// How many colours at most.
const COLOURS: usize = 5;
const ROUNDS: usize = 6;
/// Every so many-th cell is looked at.
const STEP: usize = 7;

/// A colour of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tone {
    /// R'G'B', 0 to 255.
    pub(crate) rgb: [u8; 3],
    /// The share of the picture that is like it, 0 to 1.
    pub(crate) share: f32,
}

/// The most frequent first.
pub(super) fn palette(working: &Working) -> Vec<Tone> {
    let cells: Vec<[f32; 3]> = working.rgb.iter().step_by(STEP).copied().collect();
    let centres = clustered(&cells, COLOURS);
    let mut counts = vec![0.0_f32; centres.len()];
    for cell in &cells {
        counts[nearest(&centres, cell).0] += 1.0;
    }
    let mut tones: Vec<Tone> = centres
        .iter()
        .zip(&counts)
        .map(|(centre, count)| Tone {
            rgb: centre.map(|value| (value * 255.0).round() as u8),
            share: count / cells.len().max(1) as f32,
        })
        .filter(|tone| tone.share > 0.01)
        .collect();
    tones.sort_by(|left, right| right.share.total_cmp(&left.share));
    tones
}

/// The centres of at most `count` groups of colours.
pub(super) fn clustered(cells: &[[f32; 3]], count: usize) -> Vec<[f32; 3]> {
    let mut centres = starts(cells, count);
    for _ in 0..ROUNDS {
        let mut sums = vec![[0.0_f32; 4]; centres.len()];
        for cell in cells {
            let sum = &mut sums[nearest(&centres, cell).0];
            for (sum, value) in sum.iter_mut().zip(cell.iter().chain([&1.0])) {
                *sum += value;
            }
        }
        for (centre, sum) in centres.iter_mut().zip(&sums) {
            if sum[3] > 0.0 {
                *centre = [0, 1, 2].map(|at| sum[at] / sum[3]);
            }
        }
    }
    centres
}

/// Colours far from each other: the middle cell, then always that which is farthest from those chosen.
fn starts(cells: &[[f32; 3]], count: usize) -> Vec<[f32; 3]> {
    let mut centres: Vec<[f32; 3]> = cells.get(cells.len() / 2).copied().into_iter().collect();
    while centres.len() < count {
        let farthest = cells
            .iter()
            .map(|cell| (nearest(&centres, cell).1, cell))
            .max_by(|left, right| left.0.total_cmp(&right.0));
        match farthest {
            Some((distance, cell)) if distance > 1e-4 => centres.push(*cell),
            _ => break,
        }
    }
    centres
}

/// The index of the centre that is nearest to `cell`, and the square of its distance.
pub(super) fn nearest(centres: &[[f32; 3]], cell: &[f32; 3]) -> (usize, f32) {
    let mut best = (0, f32::INFINITY);
    for (index, centre) in centres.iter().enumerate() {
        let distance: f32 = centre.iter().zip(cell).map(|(a, b)| (a - b) * (a - b)).sum();
        if distance < best.1 {
            best = (index, distance);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::media::{Picture, Size};

    #[test]
    fn a_picture_of_two_colours_has_two_tones() {
        let size = Size { width: 64, height: 48 };
        let rgb = (0..64 * 48).flat_map(|at| if at % 64 < 48 { [200, 30, 30] } else { [20, 20, 220] });
        let picture = Picture {
            size,
            rgb: rgb.collect(),
        };
        let tones = palette(&Working::new(&picture).unwrap());
        assert!((tones[0].share - 0.75).abs() < 0.05, "{tones:?}");
        assert!(tones[0].rgb[0] > 180 && tones[0].rgb[2] < 60, "{tones:?}");
        assert!(tones[1].rgb[2] > 190, "{tones:?}");
    }
}
