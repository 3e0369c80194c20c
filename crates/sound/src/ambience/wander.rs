//! Things that never hold still: slow wandering, noise, and strokes at chance times.

use crate::{
    filter::Band,
    random::Random,
    stereo::Stereo,
    tuning::{RATE, smooth_step},
};

/// Samples for which a filter stands still.
pub(crate) const BLOCK: usize = 128;

/// Slow wandering between 0 and 1, a value for each [`BLOCK`] and one more: a random height every `seconds`, smooth
/// curves between.
pub(crate) fn wander(length: usize, seconds: f32, random: &mut Random) -> Vec<f32> {
    let blocks = length / BLOCK + 2;
    let stride = ((seconds * RATE) as usize / BLOCK).max(1);
    let heights: Vec<f32> = (0..blocks / stride + 3).map(|_| random.unit()).collect();
    // Not all pieces should begin at a turning point.
    let shift = random.below(stride);
    let point = |block: usize| {
        let (index, share) = (
            (block + shift) / stride,
            ((block + shift) % stride) as f32 / stride as f32,
        );
        let here = heights.get(index).copied().unwrap_or(0.5);
        let next = heights.get(index + 1).copied().unwrap_or(here);
        here + (next - here) * smooth_step(share)
    };
    (0..blocks).map(point).collect()
}

/// The value of what [`wander`] gave, at a sample.
#[inline]
pub(crate) fn at(wandering: &[f32], index: usize) -> f32 {
    let (block, share) = (index / BLOCK, (index % BLOCK) as f32 / BLOCK as f32);
    wandering[block] + (wandering[block + 1] - wandering[block]) * share
}

/// Noise between two frequencies in hertz, half of it the same on both sides: wide, but not torn apart. `level` from
/// sample to sample.
pub(crate) fn noise(length: usize, band: (f32, f32), random: &mut Random, level: impl Fn(usize) -> f32) -> Stereo {
    let mut sides = [Band::between(band.0, band.1), Band::between(band.0, band.1)];
    let mut sound = Stereo::silence(length);
    for index in 0..length {
        let level = level(index);
        let both = random.noise();
        let [left, right] = &mut sides;
        sound.left[index] = left.pass(both + random.noise()) * level;
        sound.right[index] = right.pass(both + random.noise()) * level;
    }
    sound
}

/// Samples at chance times, about `rate` a second.
pub(crate) fn moments(length: usize, rate: f32, random: &mut Random) -> Vec<usize> {
    let count = (length as f32 / RATE * rate).round() as usize;
    (0..count).map(|_| random.below(length.max(1))).collect()
}
