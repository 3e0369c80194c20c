//! A stretch of stereo sound at 48 kHz.

use domain::media::Pcm;

use crate::wave::{cosine, sine};

/// Two channels of equal length.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stereo {
    pub(crate) left: Vec<f32>,
    pub(crate) right: Vec<f32>,
}

impl Stereo {
    pub(crate) fn silence(length: usize) -> Self {
        Self {
            left: vec![0.0; length],
            right: vec![0.0; length],
        }
    }

    /// One channel placed in the panorama: -1 is left, 0 the middle, 1 right; equal power all the way.
    pub(crate) fn panned(mono: &[f32], pan: f32) -> Self {
        let turns = f64::from(pan.clamp(-1.0, 1.0) + 1.0) / 8.0;
        let (left, right) = (cosine(turns) as f32, sine(turns) as f32);
        Self {
            left: mono.iter().map(|sample| sample * left).collect(),
            right: mono.iter().map(|sample| sample * right).collect(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.left.len()
    }

    /// Adds `other` times `gain` from sample `start` on; what reaches beyond the end is dropped.
    pub(crate) fn add(&mut self, start: usize, other: &Self, gain: f32) {
        for (into, from) in [(&mut self.left, &other.left), (&mut self.right, &other.right)] {
            for (sum, sample) in into.iter_mut().skip(start).zip(from) {
                *sum += sample * gain;
            }
        }
    }

    /// Multiplies everything by `gain`.
    pub(crate) fn scale(&mut self, gain: f32) {
        for sample in self.left.iter_mut().chain(&mut self.right) {
            *sample *= gain;
        }
    }

    /// Multiplies both channels by a gain that changes from sample to sample.
    pub(crate) fn multiply(&mut self, gains: &[f32]) {
        for channel in [&mut self.left, &mut self.right] {
            for (sample, gain) in channel.iter_mut().zip(gains) {
                *sample *= gain;
            }
        }
    }

    pub(crate) fn into_pcm(self) -> Pcm {
        let samples = self
            .left
            .iter()
            .zip(&self.right)
            .flat_map(|(left, right)| [*left, *right]);
        Pcm {
            samples: samples.collect(),
        }
    }
}
