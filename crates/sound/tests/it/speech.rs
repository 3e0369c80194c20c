//! A voice over music and air.

use crate::ears::{BOTH, STYLES, meter, natural, recipe};
use sound::{Wants, compose};

const RATE: usize = 48_000;

/// Two words of half a second with a short pause between: bursts of a harmonic tone.
fn words() -> Vec<f32> {
    let word = (0..RATE / 2).map(|index| {
        let seconds = index as f32 / RATE as f32;
        let swell = (seconds * 2.0 * std::f32::consts::PI).sin().max(0.0);
        let tone = |harmonic: f32| (seconds * 150.0 * harmonic * std::f32::consts::TAU).sin() / harmonic;
        0.3 * swell * (1..8).map(|harmonic| tone(harmonic as f32)).sum::<f32>()
    });
    let word: Vec<f32> = word.collect();
    [word.clone(), vec![0.0; RATE / 5], word].concat()
}

/// Energy of the difference of left and right, which the voice in the middle has no part in, in decibels.
fn sides(samples: &[f32], from: f64, to: f64) -> f64 {
    let frames = samples.chunks_exact(2).skip((from * RATE as f64) as usize);
    let count = ((to - from) * RATE as f64) as usize;
    let energy: f64 = frames
        .take(count)
        .map(|pair| f64::from(pair[0] - pair[1]).powi(2))
        .sum();
    10.0 * (energy / count as f64).max(1e-12).log10()
}

#[test]
fn the_rest_makes_way_by_eight_decibels_and_comes_back() {
    for style in STYLES {
        let plan = recipe(style, natural(style), 3, 6);
        let without = compose(&plan, BOTH, &[]);
        let with = compose(&plan, BOTH, &words());
        // Both are mastered to one loudness, so what counts is the change from where nobody speaks.
        let lost = |from: f64, to: f64| sides(&without.samples, from, to) - sides(&with.samples, from, to);
        let (under, after) = (lost(0.6, 1.5), lost(2.6, 5.0));
        assert!(
            under - after >= 8.0,
            "{style:?}: {under} dB under speech, {after} dB after it"
        );
    }
}

#[test]
fn loudness_and_peak_hold_with_speech_alone_and_over_music() {
    for wants in [Wants::default(), BOTH] {
        let sound = compose(&recipe(STYLES[1], 104.0, 8, 5), wants, &words());
        let (loudness, peak) = meter(&sound);
        assert!((loudness + 16.0).abs() <= 1.0, "{wants:?}: {loudness} LUFS");
        assert!(peak <= -1.0, "{wants:?}: {peak} dBTP");
        assert_eq!((sound.samples[0], sound.samples[sound.samples.len() - 1]), (0.0, 0.0));
    }
}

#[test]
fn speech_that_is_longer_than_the_clip_is_cut_at_its_end() {
    let long: Vec<f32> = words().into_iter().cycle().take(RATE * 9).collect();
    let sound = compose(&recipe(STYLES[0], 96.0, 1, 2), Wants::default(), &long);
    assert_eq!(sound.samples.len(), 2 * 2 * RATE);
    assert!(sound.samples.iter().all(|sample| sample.is_finite()));
}
