//! Keeps peaks below a ceiling without distorting: the gain goes down before the peak arrives and comes
//! back slowly.

use std::collections::VecDeque;

use crate::{
    stereo::Stereo,
    tuning::{samples, smoothing},
};

/// Seconds that the limiter looks ahead.
const AHEAD: f64 = 0.004;

/// Limits the samples of both channels together to `ceiling`. Sound that stays below it is not touched: then `false`.
pub(crate) fn limit(sound: &mut Stereo, ceiling: f32) -> bool {
    let peaks = sound
        .left
        .iter()
        .zip(&sound.right)
        .map(|(left, right)| left.abs().max(right.abs()));
    let wanted: Vec<f32> = peaks
        .map(|peak| if peak > ceiling { ceiling / peak } else { 1.0 })
        .collect();
    if wanted.iter().all(|gain| *gain >= 1.0) {
        return false;
    }
    let window = samples(AHEAD).max(1);
    let gains = averaged(&released(&least(&wanted, window)), window);
    for (index, gain) in gains.into_iter().enumerate() {
        sound.left[index] *= gain;
        sound.right[index] *= gain;
    }
    true
}

/// At each place the least of the next `window` values, itself included.
fn least(values: &[f32], window: usize) -> Vec<f32> {
    let mut result = vec![1.0; values.len()];
    // Candidates from far to near, each less than all that are farther.
    let mut candidates: VecDeque<usize> = VecDeque::new();
    for index in (0..values.len()).rev() {
        while candidates.back().is_some_and(|later| values[*later] >= values[index]) {
            candidates.pop_back();
        }
        candidates.push_back(index);
        while candidates.front().is_some_and(|later| *later >= index + window) {
            candidates.pop_front();
        }
        result[index] = candidates.front().map_or(1.0, |nearest| values[*nearest]);
    }
    result
}

/// Falls at once, rises slowly.
fn released(values: &[f32]) -> Vec<f32> {
    let rise = smoothing(2.0);
    let mut gain = 1.0f32;
    let follow = |value: &f32| {
        gain = (gain + rise * (1.0 - gain)).min(*value);
        gain
    };
    values.iter().map(follow).collect()
}

/// The mean of the `window` values up to each place: as each of them was at most what the place needs,
/// so is their mean.
fn averaged(values: &[f32], window: usize) -> Vec<f32> {
    let mut sum = f64::from(values.first().copied().unwrap_or(1.0)) * window as f64;
    let first = values.first().copied().unwrap_or(1.0);
    let mean = |index: usize| {
        let gone = if index >= window { values[index - window] } else { first };
        sum += f64::from(values[index]) - f64::from(gone);
        (sum / window as f64) as f32
    };
    (0..values.len()).map(mean).collect()
}
