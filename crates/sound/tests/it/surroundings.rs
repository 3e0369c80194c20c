//! What is heard round the subject: that each kind is there, where it is, and when it strikes.

use domain::recipe::{SoundKind, SoundSource};
use sound::compose;

use crate::ears::{self, AIR, BOTH, MUSIC, STYLES, attacks, centroid, heard, level, recipe};

#[test]
fn no_two_kinds_sound_alike() {
    let sounds: Vec<(SoundKind, [f64; 3])> = SoundKind::ALL
        .into_iter()
        .filter(|kind| *kind != SoundKind::Whoosh)
        .map(|kind| (kind, likeness(kind)))
        .collect();
    for (index, (kind, one)) in sounds.iter().enumerate() {
        for (other, two) in &sounds[..index] {
            let apart = one
                .iter()
                .zip(two)
                .map(|(one, two)| (one / two).log2().abs())
                .fold(0.0, f64::max);
            assert!(apart > 0.2, "{kind:?} sounds like {other:?}: {one:?}, {two:?}");
        }
    }
}

/// Centroid, unevenness of the level, and how much the spectrum moves.
fn likeness(kind: SoundKind) -> [f64; 3] {
    let sound = compose(&heard(kind, 0.5, 1.0, 6), AIR, &[]);
    let mono = ears::mono(&sound);
    let levels: Vec<f64> = mono.chunks(2400).map(level).collect();
    let mean = levels.iter().sum::<f64>() / levels.len() as f64;
    let uneven = levels.iter().map(|level| (level - mean).powi(2)).sum::<f64>() / levels.len() as f64;
    let rises = attacks(&sound);
    let moved = rises.iter().sum::<f64>() / rises.len() as f64;
    [centroid(&sound), 0.02 + uneven.sqrt() / mean, 0.2 + moved]
}

#[test]
fn each_is_heard_on_its_side() {
    for kind in SoundKind::ALL {
        for (place, sign) in [(0.1, 1.0), (0.9, -1.0)] {
            let sound = compose(&heard(kind, place, 0.15, 5), AIR, &[]);
            let (left, right) = (ears::channel(&sound, 0), ears::channel(&sound, 1));
            let to_the_left = sign * 20.0 * (level(&left) / level(&right)).log10();
            assert!(to_the_left > 3.0, "{kind:?} at {place}: {to_the_left} dB");
        }
    }
}

#[test]
fn steps_fall_on_their_frames() {
    let plan = heard(SoundKind::Footsteps, 0.5, 0.1, 6);
    let found = ears::onsets(&compose(&plan, AIR, &[]));
    assert!(found.len() >= 9, "{found:?}");
    for at in found {
        let steps = at * 24.0 / 13.2;
        let off = (steps - steps.round()).abs() * 13.2;
        assert!(off < 1.0, "a step at {at} s is {off} frames off");
    }
}

#[test]
fn thunder_is_heard_from_its_frame_on() {
    let mut plan = heard(SoundKind::Rain, 0.5, 1.0, 6);
    plan.sounds[0].level = 0.3;
    plan.sounds.push(SoundSource {
        kind: SoundKind::Thunder,
        from: 48,
        to: 100,
        level: 1.5,
        place: 0.5,
        width: 0.6,
        every: None,
    });
    let mono = ears::mono(&compose(&plan, AIR, &[]));
    let before = level(&mono[48_000..95_000]);
    let after = level(&mono[97_000..130_000]);
    assert!(after > 2.0 * before, "{after} after {before}");
}

#[test]
fn surroundings_can_be_told_from_the_music_above_them() {
    for style in STYLES {
        let mut plan = recipe(style, ears::natural(style), 4, 5);
        plan.sounds = heard(SoundKind::Rain, 0.5, 1.0, 5).sounds;
        let (without, with) = (compose(&plan, MUSIC, &[]), compose(&plan, BOTH, &[]));
        let pairs = without.samples.iter().zip(&with.samples);
        let apart: Vec<f32> = pairs.map(|(one, other)| one - other).collect();
        let below = 20.0 * (level(&apart) / level(&with.samples)).log10();
        assert!((-24.0..-5.0).contains(&below), "{style:?}: {below} dB below the whole");
    }
}

#[test]
fn other_seeds_give_other_surroundings_and_the_same_seed_the_same() {
    for kind in SoundKind::ALL {
        let plan = heard(kind, 0.5, 1.0, 2);
        let mut other = plan.clone();
        other.seed += 1;
        assert_eq!(compose(&plan, AIR, &[]), compose(&plan, AIR, &[]));
        assert_ne!(compose(&plan, AIR, &[]), compose(&other, AIR, &[]), "{kind:?}");
    }
}
