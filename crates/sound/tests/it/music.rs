//! The music follows seed, mood, beat and dance, and ends as it should.

use crate::ears::{self, AIR, BOTH, HOP, MOODS, MUSIC, attacks, centroid, dancing, onsets, recipe};
use domain::{
    media::Pcm,
    recipe::{Mood, Recipe, SubjectKind},
};
use sound::compose;

/// Onsets in a second.
fn density(sound: &Pcm) -> f64 {
    onsets(sound).len() as f64 / (sound.samples.len() as f64 / 96_000.0)
}

/// Where the closing chord is promised: the last beat that leaves half a second.
fn closing_beat(plan: &Recipe) -> f64 {
    let seconds = f64::from(plan.frames) / 24.0;
    let beat = 60.0 / f64::from(plan.beat.tempo);
    ((seconds - f64::min(0.5, seconds / 2.0)) / beat + 1e-6).floor() * beat
}

#[test]
fn the_same_recipe_gives_the_same_samples() {
    for wants in [MUSIC, AIR, BOTH] {
        let plan = dancing(recipe(Mood::Lively, 120.0, 41, 4));
        assert_eq!(compose(&plan, wants, &[]), compose(&plan, wants, &[]));
    }
}

#[test]
fn another_seed_plays_other_tones() {
    for mood in MOODS {
        let sounds: Vec<Pcm> = (1..=6)
            .map(|seed| compose(&recipe(mood, 96.0, seed, 5), MUSIC, &[]))
            .collect();
        // Share of energy in each of the twelve tones of the octave, second by second.
        let tones: Vec<Vec<f64>> = sounds.iter().map(chroma).collect();
        for (index, one) in tones.iter().enumerate() {
            for other in &tones[..index] {
                let product: f64 = one.iter().zip(other).map(|(a, b)| a * b).sum();
                assert!(product < 0.97, "{mood:?}: two seeds sound alike ({product})");
            }
        }
    }
}

fn chroma(sound: &Pcm) -> Vec<f64> {
    let mut tones = Vec::new();
    for block in ears::mono(sound).chunks_exact(32_768) {
        let mut octave = [0.0; 12];
        for (bin, magnitude) in ears::spectrum(block, 32_768)
            .into_iter()
            .enumerate()
            .take(1400)
            .skip(90)
        {
            let pitch = 12.0 * (bin as f64 * 48_000.0 / 32_768.0 / 440.0).log2();
            octave[pitch.round().rem_euclid(12.0) as usize] += magnitude * magnitude;
        }
        tones.extend(octave);
    }
    let norm = tones.iter().map(|tone| tone * tone).sum::<f64>().sqrt();
    tones.iter().map(|tone| tone / norm).collect()
}

#[test]
fn moods_differ_in_brightness_and_activity() {
    let mean = |mood, measure: fn(&Pcm) -> f64| {
        (1..=5)
            .map(|seed| measure(&compose(&recipe(mood, 96.0, seed, 6), MUSIC, &[])))
            .sum::<f64>()
            / 5.0
    };
    let [calm, bright, lively, grand, dark] = MOODS.map(|mood| (mean(mood, centroid), mean(mood, density)));
    println!("centroid, onsets: {calm:.0?} {bright:.0?} {lively:.0?} {grand:.0?} {dark:.0?}");
    assert!(
        lively.1 > calm.1 * 1.3 && bright.1 > calm.1 * 1.15,
        "activity: {calm:?} {bright:?} {lively:?}"
    );
    assert!(lively.1 > dark.1 * 1.3, "activity: {lively:?} {dark:?}");
    assert!(
        dark.0 < calm.0 * 0.95 && dark.0 < bright.0 * 0.75,
        "brightness: {dark:?} {calm:?} {bright:?}"
    );
    assert!(bright.0 > calm.0 * 1.2, "brightness: {bright:?} {calm:?}");
    assert!(grand.0 > dark.0 * 1.1, "brightness: {grand:?} {dark:?}");
}

#[test]
fn a_dance_follows_its_beat_whatever_the_mood() {
    for mood in MOODS {
        for tempo in [90.0, 112.0, 126.0] {
            let plan = dancing(recipe(mood, tempo, 3, 8));
            let rises = attacks(&compose(&plan, MUSIC, &[]));
            let beat = 60.0 / f64::from(tempo);
            // The beat that explains the attacks best is the recipe's own.
            let score = |period: f64| {
                let places = (0..).map(|count| f64::from(count) * period).take_while(|at| *at < 7.0);
                let places: Vec<usize> = places.map(|at| (at / HOP).round() as usize).collect();
                let near = |place: &usize| {
                    rises[place.saturating_sub(1)..=place + 1]
                        .iter()
                        .copied()
                        .fold(0.0, f64::max)
                };
                places.iter().map(near).sum::<f64>() / places.len() as f64
            };
            let own = score(beat);
            for off in [0.91, 0.94, 1.06, 1.09] {
                assert!(
                    own > 1.5 * score(beat * off),
                    "{mood:?} at {tempo}: no better than {off} of it"
                );
            }
        }
    }
}

#[test]
fn the_drums_come_in_where_the_dance_does() {
    let mut plan = recipe(Mood::Calm, 120.0, 2, 8);
    let still = compose(&plan, MUSIC, &[]);
    plan = dancing(plan);
    for action in &mut plan.subject {
        action.kind = SubjectKind::Dance;
        action.from = 96;
    }
    let late = high(&compose(&plan, MUSIC, &[]));
    let still = high(&still);
    println!("{late:?} against {still:?}");
    assert!(late[1] > 2.0 * late[0], "no drums in the second half");
    assert!(late[1] > 2.0 * still[1], "no more than without a dance");
}

/// Level above about 5 kHz, where hats and snaps are, in the first half and the second.
fn high(sound: &Pcm) -> [f64; 2] {
    let mono = ears::mono(sound);
    let sharp: Vec<f32> = mono
        .windows(3)
        .map(|three| three[0] - 2.0 * three[1] + three[2])
        .collect();
    let (first, second) = sharp.split_at(sharp.len() / 2);
    [first, second].map(|half| ears::level(&half[4800..half.len() - 48_000]))
}

#[test]
fn the_closing_chord_falls_on_the_last_beat_and_rings_out() {
    for seconds in 1..=20 {
        for mood in MOODS {
            let plan = recipe(mood, 64.0 + 5.0 * seconds as f32, 11 + seconds, seconds);
            let mut sound = compose(&plan, MUSIC, &[]);
            // The last two seconds are enough.
            let skipped = seconds.saturating_sub(2);
            sound.samples.drain(..skipped as usize * 96_000);
            let close = closing_beat(&plan) - f64::from(skipped);
            let rises = attacks(&sound);
            let place = (close / HOP).round() as usize;
            let highest = |rises: &[f64]| rises.iter().copied().fold(0.0, f64::max);
            let stroke = highest(&rises[place.saturating_sub(2)..(place + 6).min(rises.len())]);
            let after = highest(&rises[(place + 25).min(rises.len())..]);
            assert!(
                stroke > 1.5 * after,
                "{mood:?}, {seconds} s: {stroke} on the beat, {after} after it"
            );
            let mono = ears::mono(&sound);
            let at = (close * 48_000.0) as usize;
            let rings = ears::level(&mono[at + 2400..(at + 9600).min(mono.len())]);
            let gone = ears::level(&mono[mono.len() - 1200..]);
            assert!(
                rings > 0.02 && gone < rings * 0.25,
                "{mood:?}, {seconds} s: rings {rings}, then {gone}"
            );
        }
    }
}

#[test]
fn air_can_be_told_from_the_music_above_it() {
    for mood in MOODS {
        let plan = recipe(mood, 96.0, 4, 5);
        let (without, with) = (compose(&plan, MUSIC, &[]), compose(&plan, BOTH, &[]));
        let apart: Vec<f32> = without
            .samples
            .iter()
            .zip(&with.samples)
            .map(|(one, other)| one - other)
            .collect();
        let below = 20.0 * (ears::level(&apart) / ears::level(&with.samples)).log10();
        assert!(
            (-24.0..-8.0).contains(&below),
            "{mood:?}: the air is {below} dB below the whole"
        );
    }
}
