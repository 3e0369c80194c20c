//! Every soundtrack has the right length and loudness, and clean edges.

use crate::ears::{self, AIR, BOTH, MOODS, MUSIC, dancing, meter, recipe};
use sound::{AMBIENCE_LOUDNESS, MUSIC_LOUDNESS, Wants, compose};

#[test]
fn every_duration_has_its_length_loudness_and_peak() {
    for seconds in 1..=20 {
        let mood = MOODS[seconds as usize % MOODS.len()];
        let plan = recipe(mood, 60.0 + 6.0 * seconds as f32, seconds, seconds);
        for plan in [plan.clone(), dancing(plan)] {
            let sound = compose(&plan, MUSIC, &[]);
            assert_eq!(sound.samples.len(), seconds as usize * 48_000 * 2);
            let (loudness, peak) = meter(&sound);
            assert!(
                (loudness - MUSIC_LOUDNESS).abs() < 1.0,
                "{seconds} s, {mood:?}: {loudness} LUFS"
            );
            assert!(peak <= -1.0, "{seconds} s, {mood:?}: {peak} dBTP");
        }
    }
}

#[test]
fn air_alone_is_quiet_and_under_music_leaves_the_loudness_alone() {
    for mood in MOODS {
        for seconds in [1, 5, 10] {
            let plan = recipe(mood, 96.0, 3, seconds);
            let (alone, peak) = meter(&compose(&plan, AIR, &[]));
            assert!(
                (alone - AMBIENCE_LOUDNESS).abs() < 1.0 && peak < -1.0,
                "{mood:?}: {alone} LUFS, {peak} dBTP"
            );
            let (both, peak) = meter(&compose(&plan, BOTH, &[]));
            assert!(
                (both - MUSIC_LOUDNESS).abs() < 1.0 && peak <= -1.0,
                "{mood:?}: {both} LUFS, {peak} dBTP"
            );
        }
    }
}

#[test]
fn nothing_asked_for_is_silence_of_the_right_length() {
    let sound = compose(&recipe(MOODS[0], 96.0, 1, 2), Wants::default(), &[]);
    assert_eq!(sound.samples.len(), 2 * 48_000 * 2);
    assert!(sound.samples.iter().all(|sample| *sample == 0.0));
}

#[test]
fn begins_and_ends_in_silence_without_offset_or_click() {
    for mood in MOODS {
        for (wants, seconds) in [(MUSIC, 1), (MUSIC, 5), (AIR, 5), (BOTH, 8)] {
            let sound = compose(&dancing(recipe(mood, 112.0, 5, seconds)), wants, &[]);
            for which in 0..2 {
                let channel = ears::channel(&sound, which);
                let offset = channel.iter().map(|sample| f64::from(*sample)).sum::<f64>() / channel.len() as f64;
                assert!(offset.abs() < 1e-3, "{mood:?}: offset {offset}");
                assert_eq!((channel[0], channel[channel.len() - 1]), (0.0, 0.0));
                let end = &channel[channel.len() - 480..];
                assert!(
                    end.iter().all(|sample| sample.abs() < 1e-3),
                    "{mood:?}: cut off at the end"
                );
                let start = &channel[..24];
                assert!(
                    start.iter().all(|sample| sample.abs() < 0.05),
                    "{mood:?}: clicks at the start"
                );
                let step = channel
                    .windows(2)
                    .map(|pair| (pair[1] - pair[0]).abs())
                    .fold(0.0, f32::max);
                assert!(step < 0.35, "{mood:?}: a jump of {step}");
            }
        }
    }
}

#[test]
fn both_sides_sound_alike_in_level_and_differ_in_content() {
    for mood in MOODS {
        for wants in [MUSIC, AIR] {
            let sound = compose(&recipe(mood, 100.0, 9, 6), wants, &[]);
            let (left, right) = (ears::channel(&sound, 0), ears::channel(&sound, 1));
            let balance = 20.0 * (ears::level(&left) / ears::level(&right)).log10();
            assert!(balance.abs() < 2.0, "{mood:?}: {balance} dB to one side");
            let apart: Vec<f32> = left.iter().zip(&right).map(|(left, right)| left - right).collect();
            let width = ears::level(&apart) / ears::level(&left);
            assert!((0.1..1.4).contains(&width), "{mood:?}: width {width}");
        }
    }
}
