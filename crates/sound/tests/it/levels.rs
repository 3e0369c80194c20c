//! Every soundtrack has the right length and loudness, and clean edges.

use domain::recipe::SoundKind;
use sound::{LOUDNESS, ROOM_LOUDNESS, STROKES_LOUDNESS, Wants, compose};

use crate::ears::{self, AIR, BOTH, MUSIC, STYLES, dancing, heard, meter, natural, recipe};

/// A clip that lasts this long is as short, or as long, as models offer, or between.
const DURATIONS: [u32; 5] = [1, 3, 5, 8, 16];

#[test]
fn every_style_has_its_length_loudness_and_peak_at_every_duration() {
    for style in STYLES {
        for seconds in DURATIONS {
            for seed in 1..=3 {
                let plan = recipe(style, natural(style), seed, seconds);
                let plan = if seed == 3 { dancing(plan) } else { plan };
                let sound = compose(&plan, MUSIC, &[]);
                assert_eq!(sound.samples.len(), seconds as usize * 48_000 * 2);
                let (loudness, peak) = meter(&sound);
                let case = format!("{style:?}, {seconds} s, seed {seed}: {loudness} LUFS, {peak} dBTP");
                assert!((loudness - LOUDNESS).abs() < 1.0 && peak <= -1.0, "{case}");
            }
        }
    }
}

#[test]
fn surroundings_are_as_loud_as_they_deserve() {
    for kind in SoundKind::ALL {
        let target = match kind {
            SoundKind::RoomTone => ROOM_LOUDNESS,
            SoundKind::Thunder | SoundKind::Footsteps | SoundKind::Whoosh => STROKES_LOUDNESS,
            _ => LOUDNESS,
        };
        for seconds in [1, 5, 10] {
            let plan = heard(kind, 0.5, 1.0, seconds);
            let (alone, peak) = meter(&compose(&plan, AIR, &[]));
            let case = format!("{kind:?}, {seconds} s: {alone} LUFS, {peak} dBTP");
            assert!((alone - target).abs() < 1.0 && peak < -1.0, "{case}");
            let (both, peak) = meter(&compose(&plan, BOTH, &[]));
            assert!(
                (both - LOUDNESS).abs() < 1.0 && peak <= -1.0,
                "{kind:?} under music: {both}, {peak}"
            );
        }
    }
}

#[test]
fn nothing_asked_for_is_silence_of_the_right_length() {
    let sound = compose(&recipe(STYLES[0], 96.0, 1, 2), Wants::default(), &[]);
    assert_eq!(sound.samples.len(), 2 * 48_000 * 2);
    assert!(sound.samples.iter().all(|sample| *sample == 0.0));
}

#[test]
fn begins_and_ends_in_silence_without_offset_or_click() {
    for style in STYLES {
        for (wants, seconds) in [(MUSIC, 1), (MUSIC, 5), (BOTH, 8)] {
            let sound = compose(&dancing(recipe(style, 112.0, 5, seconds)), wants, &[]);
            clean(&sound, &format!("{style:?}"));
        }
    }
    for kind in SoundKind::ALL {
        clean(&compose(&heard(kind, 0.5, 1.0, 4), AIR, &[]), &format!("{kind:?}"));
    }
}

fn clean(sound: &domain::media::Pcm, name: &str) {
    for which in 0..2 {
        let channel = ears::channel(sound, which);
        let offset = channel.iter().map(|sample| f64::from(*sample)).sum::<f64>() / channel.len() as f64;
        assert!(offset.abs() < 2e-3, "{name}: offset {offset}");
        assert_eq!((channel[0], channel[channel.len() - 1]), (0.0, 0.0));
        let end = &channel[channel.len() - 480..];
        assert!(
            end.iter().all(|sample| sample.abs() < 2e-3),
            "{name}: cut off at the end"
        );
        let start = &channel[..24];
        assert!(
            start.iter().all(|sample| sample.abs() < 0.05),
            "{name}: clicks at the start"
        );
    }
}

#[test]
fn both_sides_sound_alike_in_level_and_differ_in_content() {
    for style in STYLES {
        let sound = compose(&recipe(style, natural(style), 9, 6), MUSIC, &[]);
        let (left, right) = (ears::channel(&sound, 0), ears::channel(&sound, 1));
        let balance = 20.0 * (ears::level(&left) / ears::level(&right)).log10();
        assert!(balance.abs() < 3.0, "{style:?}: {balance} dB to one side");
        let apart: Vec<f32> = left.iter().zip(&right).map(|(left, right)| left - right).collect();
        let width = ears::level(&apart) / ears::level(&left);
        assert!((0.1..1.5).contains(&width), "{style:?}: width {width}");
    }
}
