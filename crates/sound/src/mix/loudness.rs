//! Loudness and true peak after EBU R 128 and ITU-R BS.1770.

use domain::media::SAMPLE_RATE;
use ebur128::{EbuR128, Mode};

use crate::{stereo::Stereo, tuning};

/// Loudness is measured in blocks of 400 ms; what is shorter is measured repeated.
const SHORTEST: usize = SAMPLE_RATE as usize * 2 / 5;

/// Integrated loudness in LUFS; none for silence.
pub(crate) fn loudness(sound: &Stereo) -> Option<f64> {
    let meter = metered(sound, Mode::I)?;
    meter.loudness_global().ok().filter(|loudness| loudness.is_finite())
}

/// The highest true peak of both channels as a factor of full scale.
pub(crate) fn true_peak(sound: &Stereo) -> f64 {
    let meter = metered(sound, Mode::TRUE_PEAK);
    let peak = |channel| {
        meter
            .as_ref()
            .and_then(|meter| meter.true_peak(channel).ok())
            .unwrap_or(0.0)
    };
    peak(0).max(peak(1))
}

/// Makes `sound` so loud, whatever its peaks become. Silence stays silence.
pub(crate) fn bring_to(sound: &mut Stereo, target: f64) {
    if let Some(loudness) = loudness(sound) {
        sound.scale(step(target - loudness));
    }
}

/// Adds `other` to `sound`, so much quieter than it, in LU (a negative number).
pub(crate) fn lay_under(sound: &mut Stereo, other: Stereo, under: f64) {
    if let (Some(own), Some(others)) = (loudness(sound), loudness(&other)) {
        sound.add(0, &other, step(own + under - others));
    }
}

/// The factor of a change in decibels, in steps of a hundredth: the meter uses the system's mathematics
/// library, and its last digits must not reach the samples.
fn step(decibels: f64) -> f32 {
    tuning::gain((decibels * 100.0).round() / 100.0)
}

fn metered(sound: &Stereo, mode: Mode) -> Option<EbuR128> {
    let mut meter = EbuR128::new(2, SAMPLE_RATE, mode).ok()?;
    let repeats = SHORTEST.div_ceil(sound.len().max(1)).max(1);
    for _ in 0..repeats {
        meter.add_frames_planar_f32(&[&sound.left, &sound.right]).ok()?;
    }
    Some(meter)
}
