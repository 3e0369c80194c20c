//! The music follows seed, mood, beat and dance, and ends as it should.

use crate::ears::{self, BOTH, HOP, MUSIC, STYLES, attacks, dancing, natural, recipe};
use domain::{
    media::Pcm,
    recipe::{MusicStyle, SubjectKind},
};
use sound::compose;

#[test]
fn the_same_recipe_gives_the_same_samples() {
    for style in STYLES {
        let plan = dancing(recipe(style, natural(style), 41, 4));
        assert_eq!(compose(&plan, BOTH, &[]), compose(&plan, BOTH, &[]), "{style:?}");
    }
}

#[test]
fn another_seed_plays_other_tones() {
    for style in STYLES {
        let sounds: Vec<Pcm> = (1..=4)
            .map(|seed| compose(&recipe(style, natural(style), seed, 5), MUSIC, &[]))
            .collect();
        // Share of energy in each of the twelve tones of the octave, second by second.
        let tones: Vec<Vec<f64>> = sounds.iter().map(chroma).collect();
        for (index, one) in tones.iter().enumerate() {
            for other in &tones[..index] {
                let product: f64 = one.iter().zip(other).map(|(a, b)| a * b).sum();
                assert!(product < 0.97, "{style:?}: two seeds sound alike ({product})");
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
fn no_two_styles_are_alike_in_brightness_tempo_and_activity() {
    let features: Vec<[f64; 3]> = STYLES.iter().map(|style| ears::features(*style)).collect();
    for style in STYLES {
        let (distance, other) = ears::nearest(style, &features);
        assert!(distance > 0.7, "{style:?} is {distance} from {other:?}: {features:?}");
    }
}

#[test]
fn the_tempo_can_be_heard() {
    for style in STYLES {
        for seed in 1..=3 {
            let plan = recipe(style, natural(style), seed, 16);
            let heard = ears::tempo(&compose(&plan, MUSIC, &[]));
            let off = (heard / f64::from(plan.beat.tempo) - 1.0).abs();
            assert!(off < 0.02, "{style:?}, seed {seed}: {heard} for {}", plan.beat.tempo);
        }
    }
}

#[test]
fn a_dance_follows_its_beat_whatever_the_mood() {
    for style in STYLES {
        for tempo in [90.0, 112.0, 126.0] {
            let plan = dancing(recipe(style, tempo, 3, 8));
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
                    own > 1.4 * score(beat * off),
                    "{style:?} at {tempo}: no better than {off} of it"
                );
            }
        }
    }
}

#[test]
fn the_drums_come_in_where_the_dance_does() {
    let mut plan = recipe(MusicStyle::Piano, 120.0, 2, 8);
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
    for seconds in 1..=16 {
        for style in STYLES {
            let plan = recipe(style, natural(style), 11 + seconds, seconds);
            let sound = compose(&plan, MUSIC, &[]);
            let stroke = ears::close(&sound, &plan);
            assert!(
                stroke > 1.05,
                "{style:?}, {seconds} s: {stroke} times what comes after it"
            );
            let mono = ears::mono(&sound);
            let close = f64::from(plan.beat.last(plan.frames)) * plan.beat.seconds();
            let at = (close * 48_000.0) as usize;
            let rings = ears::level(&mono[at + 2400..(at + 9600).min(mono.len())]);
            let gone = ears::level(&mono[mono.len() - 1200..]);
            assert!(
                rings > 0.02 && gone < rings * 0.25,
                "{style:?}, {seconds} s: rings {rings}, then {gone}"
            );
        }
    }
}

#[test]
fn a_clip_begins_with_less_than_it_comes_to() {
    for style in STYLES {
        let plan = recipe(style, natural(style), 4, 10);
        let rises = attacks(&compose(&plan, MUSIC, &[]));
        let beat = plan.beat.seconds();
        let busy = |from: f64, to: f64| {
            let part = &rises[(from * beat / HOP) as usize..(to * beat / HOP) as usize];
            part.iter().sum::<f64>() / part.len() as f64
        };
        let last = f64::from(plan.beat.last(plan.frames));
        let (intro, theme) = (busy(0.5, 2.0), busy(last - 4.0, last - 0.2));
        assert!(theme > intro, "{style:?}: {theme} after {intro}");
    }
}
