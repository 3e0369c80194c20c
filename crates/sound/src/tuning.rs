//! From the musician's units to the machine's: semitones to hertz, decibels to factors, times to
//! coefficients. Own arithmetic, so that every machine gets the same digits.

use domain::media::SAMPLE_RATE;

/// Samples per second.
pub(crate) const RATE: f32 = SAMPLE_RATE as f32;

/// 2 to the power of `exponent`, by its whole part and a series for the rest; relative error under 1e-12.
pub(crate) fn exp2(exponent: f64) -> f64 {
    let exponent = exponent.clamp(-1000.0, 1000.0);
    let whole = exponent.round();
    let rest = (exponent - whole) * std::f64::consts::LN_2;
    let mut term = 1.0;
    let mut sum = 1.0;
    for order in 1..14 {
        term *= rest / f64::from(order);
        sum += term;
    }
    sum * f64::from_bits(((whole as i64 + 1023) as u64) << 52)
}

/// Hertz of a pitch in semitones as MIDI counts them: 69 is 440 Hz.
pub(crate) fn hertz(pitch: f64) -> f64 {
    440.0 * exp2((pitch - 69.0) / 12.0)
}

/// Amplitude factor of a level in decibels.
pub(crate) fn gain(decibels: f64) -> f32 {
    exp2(decibels * std::f64::consts::LOG2_10 / 20.0) as f32
}

/// Factor per sample of something that falls by 60 dB in `seconds`.
pub(crate) fn decay(seconds: f32) -> f32 {
    exp2(-3.0 * std::f64::consts::LOG2_10 / f64::from(seconds.max(1e-4) * RATE)) as f32
}

/// Share of the way that a one-pole low-pass of `cutoff` hertz goes in one sample.
pub(crate) fn smoothing(cutoff: f32) -> f32 {
    (1.0 - exp2(-std::f64::consts::TAU * f64::from(cutoff) / f64::from(RATE) * std::f64::consts::LOG2_E)) as f32
}

/// Samples in so many seconds.
pub(crate) fn samples(seconds: f64) -> usize {
    (seconds * f64::from(SAMPLE_RATE)).round().max(0.0) as usize
}

/// 0 at 0, 1 at 1, level at both ends.
pub(crate) fn smooth_step(share: f32) -> f32 {
    let share = share.clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}
