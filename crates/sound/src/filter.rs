//! Filters.

use crate::{
    tuning::{RATE, smoothing},
    wave::{cosine, sine},
};

/// A resonant low-pass of second order whose cutoff may move at any time (state variable filter with trapezoidal
/// integration: Zavalishin, The Art of VA Filter Design, 2012).
#[derive(Debug, Clone)]
pub(crate) struct LowPass {
    slope: f32,
    damping: f32,
    first: f32,
    second: f32,
}

impl LowPass {
    /// `resonance` from 0 none to 1 nearly whistling.
    pub(crate) fn new(cutoff: f32, resonance: f32) -> Self {
        let mut filter = Self {
            slope: 0.0,
            damping: 2.0 - 1.9 * resonance.clamp(0.0, 1.0),
            first: 0.0,
            second: 0.0,
        };
        filter.tune(cutoff);
        filter
    }

    /// Moves the cutoff, in hertz.
    pub(crate) fn tune(&mut self, cutoff: f32) {
        let turns = f64::from(cutoff.clamp(20.0, 0.45 * RATE) / RATE) / 2.0;
        self.slope = (sine(turns) / cosine(turns)) as f32;
    }

    /// What is below the cutoff.
    #[inline]
    pub(crate) fn low(&mut self, sample: f32) -> f32 {
        self.pass(sample).0
    }

    #[inline]
    fn pass(&mut self, sample: f32) -> (f32, f32) {
        let high = (sample - (self.damping + self.slope) * self.first - self.second)
            / (1.0 + self.slope * (self.damping + self.slope));
        let band = self.slope * high + self.first;
        let low = self.slope * band + self.second;
        self.first = self.slope * high + band;
        self.second = self.slope * band + low;
        (low, band)
    }
}

/// Two one-pole low-passes at the upper edge and a high-pass at the lower.
#[derive(Debug, Clone)]
pub(crate) struct Band {
    low: f32,
    high: f32,
    first: f32,
    second: f32,
    below: f32,
}

impl Band {
    /// Between two edges in hertz.
    pub(crate) fn between(low: f32, high: f32) -> Self {
        Self {
            low: smoothing(low),
            high: smoothing(high),
            first: 0.0,
            second: 0.0,
            below: 0.0,
        }
    }

    /// Moves both edges.
    pub(crate) fn tune(&mut self, low: f32, high: f32) {
        self.low = smoothing(low);
        self.high = smoothing(high);
    }

    #[inline]
    pub(crate) fn pass(&mut self, sample: f32) -> f32 {
        self.first += self.high * (sample - self.first);
        self.second += self.high * (self.first - self.second);
        self.below += self.low * (self.second - self.below);
        self.second - self.below
    }
}
