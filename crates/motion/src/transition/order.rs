//! In which order the places of a picture give way to the next one: 0 first to 1 last, each order spread evenly over
//! the picture, so that as much changes at any time.

use crate::{analysis::Map, planning::dice, study::Study};

/// By brightness. `bright_first` or dark first.
pub(super) fn by_luma(study: &Study, bright_first: bool, seed: u32) -> Map {
    let luma = small_luma(study);
    // Shapes, not grain; and things near to each other go together.
    let (fine, broad) = (luma.box_mean(2), luma.blurred(luma.width as f32 / 16.0));
    let side = if bright_first { -1.0 } else { 1.0 };
    let order = fine.zip(&broad, |fine, broad| side * (0.65 * fine + 0.35 * broad));
    evenly(&drifting(&order, seed, 0.16))
}

/// What lies behind first, the subject last.
pub(super) fn by_depth(study: &Study, seed: u32) -> Map {
    let analysis = study.analysis();
    let order = analysis
        .depth
        .zip(&analysis.weight, |depth, weight| 0.45 * depth + 0.8 * weight);
    // Light and dark give the fronts the shapes of what they pass over.
    let luma = small_luma(study);
    let detail = luma.zip(&luma.blurred(luma.width as f32 / 20.0), |fine, broad| fine - broad);
    let order = Map::new(order.width, order.height, |x, y| {
        let at = |length: usize, from: usize, at: usize| (at as f32 + 0.5) * length as f32 / from as f32 - 0.5;
        let (dx, dy) = (at(detail.width, order.width, x), at(detail.height, order.height, y));
        order.at(x as isize, y as isize) + 0.35 * detail.sample(dx, dy)
    });
    evenly(&drifting(&order, seed, 0.1))
}

/// Luma, 0 to 1, with about 320 cells on the long side.
fn small_luma(study: &Study) -> Map {
    let planes = study.planes();
    let (width, height) = (planes.size.width as usize, planes.size.height as usize);
    let block = (width.max(height) / 320).max(1);
    let (columns, rows) = ((width / block).max(1), (height / block).max(1));
    Map::new(columns, rows, |x, y| {
        let mut sum = 0.0;
        for row in y * block..(y + 1) * block {
            let line = &planes.y[row * width + x * block..][..block];
            sum += line.iter().map(|value| f32::from(*value)).sum::<f32>();
        }
        sum / (block * block) as f32 / 255.0
    })
}

/// Leaning to one side by `share`, so that even a flat picture changes from somewhere to somewhere.
fn drifting(order: &Map, seed: u32, share: f32) -> Map {
    let angle = std::f32::consts::PI * dice::spread(seed, 901);
    let (sine, cosine) = angle.sin_cos();
    Map::new(order.width, order.height, |x, y| {
        let across = x as f32 / order.width as f32 - 0.5;
        let down = y as f32 / order.height as f32 - 0.5;
        order.at(x as isize, y as isize) + share * (across * cosine + down * sine)
    })
}

/// Each value replaced by the share of all that are smaller.
fn evenly(map: &Map) -> Map {
    const BINS: usize = 512;
    let even = map.normalised();
    let mut counts = vec![0.0_f32; BINS + 1];
    for value in &even.values {
        counts[(value * BINS as f32) as usize] += 1.0 / even.values.len() as f32;
    }
    let mut sums = vec![0.0];
    for count in counts {
        sums.push(sums.last().copied().unwrap_or(0.0) + count);
    }
    even.map(|value| {
        let at = value * BINS as f32;
        let bin = (at as usize).min(BINS);
        (sums[bin] + (sums[bin + 1] - sums[bin]) * (at - bin as f32)).clamp(0.0, 1.0)
    })
}
