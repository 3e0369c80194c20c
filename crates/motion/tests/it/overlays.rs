//! What is drawn over a picture: there after the first frame, carried by the wind, behind the subject.

#![expect(clippy::unwrap_used, reason = "what cannot be read or made fails the test")]

use std::f32::consts::PI;

use domain::{
    media::{Frame, Size},
    recipe::{Overlay, OverlayKind, Recipe},
    request::{Amplitude, Profile},
};
use motion::{Clip, Study, plan};

use crate::measure::{example, frame, mean_difference, size, studies, wish, worst_jump};

/// A picture that stands still.
struct Still {
    studies: Vec<Study>,
    recipe: Recipe,
}

impl Still {
    fn new(name: &str, size: Size) -> Self {
        let picture = [example(name)];
        let studies = studies(&picture, size, Profile::Fast);
        let recipe = plan(
            &studies,
            &wish("static shot, nothing moves, frozen", size, Amplitude::Medium),
        );
        Self { studies, recipe }
    }

    fn clip(&self, overlays: &[Overlay]) -> Clip {
        let recipe = Recipe {
            overlays: overlays.to_vec(),
            ..self.recipe.clone()
        };
        Clip::new(&self.studies, &recipe).unwrap()
    }

    fn with(&self, kind: OverlayKind) -> Clip {
        self.clip(&[overlay(kind)])
    }

    fn seeded(mut self, seed: u32) -> Self {
        self.recipe.seed = seed;
        self
    }
}

fn overlay(kind: OverlayKind) -> Overlay {
    Overlay {
        kind,
        from: 0,
        to: 120,
        amount: 1.0,
        wind: 0.3,
    }
}

#[test]
fn the_first_frame_is_the_picture_and_later_ones_are_drawn_over() {
    let still = Still::new("chelsea.png", size(320, 180));
    let plain = frame(&still.clip(&[]), 0);
    for kind in OverlayKind::ALL {
        let clip = still.with(kind);
        assert_eq!(frame(&clip, 0), plain, "{kind:?}");
        let most = (18..60)
            .step_by(3)
            .map(|index| mean_difference(&plain.y, &frame(&clip, index).y))
            .fold(0.0, f64::max);
        assert!(most > 0.03, "{kind:?}: {most}");
    }
}

#[test]
fn one_stretch_of_a_clip_leaves_the_rest_alone() {
    let still = Still::new("chelsea.png", size(160, 90));
    let plain = frame(&still.clip(&[]), 0);
    let clip = still.clip(&[Overlay {
        from: 40,
        to: 80,
        ..overlay(OverlayKind::Fog)
    }]);
    for (index, there) in [(39, false), (60, true), (80, false)] {
        assert_eq!(frame(&clip, index) != plain, there, "{index}");
    }
}

#[test]
fn frames_are_the_same_in_any_order_and_differ_by_seed() {
    let one = Still::new("coffee.png", size(160, 90));
    let other = Still::new("coffee.png", size(160, 90)).seeded(8);
    for kind in OverlayKind::ALL {
        let (forth, back) = (one.with(kind), one.with(kind));
        let [early, late] = [20, 70].map(|index| frame(&forth, index));
        assert_eq!(frame(&back, 70), late, "{kind:?}");
        assert_eq!(frame(&back, 20), early, "{kind:?}");
        let differs = (14..90)
            .step_by(4)
            .any(|index| frame(&other.with(kind), index) != frame(&forth, index));
        assert!(differs, "{kind:?}");
    }
}

#[test]
fn nothing_jumps_but_lightning() {
    let still = Still::new("mascot.png", size(128, 128));
    for kind in OverlayKind::ALL {
        let jump = worst_jump(&still.with(kind));
        if kind == OverlayKind::Lightning {
            assert!(jump > 1.0, "lightning never struck: {jump}");
        } else {
            assert!(jump < 1.0, "{kind:?}: {jump}");
        }
    }
}

#[test]
fn lightning_strikes_at_most_every_two_seconds_at_any_pace() {
    for seed in 1..6 {
        let mut still = Still::new("rocket.jpg", size(96, 64)).seeded(seed);
        still.recipe.pace = 8.0;
        let clip = still.with(OverlayKind::Lightning);
        let light: Vec<f64> = (0..120).map(|index| mean(&frame(&clip, index))).collect();
        let flashes: Vec<usize> = (16..119).filter(|at| light[*at] > light[at - 1] + 12.0).collect();
        assert!(!flashes.is_empty(), "{seed}");
        // A flash may have a second stroke right after the first.
        let far = flashes
            .windows(2)
            .all(|pair| pair[1] - pair[0] <= 6 || pair[1] - pair[0] >= 40);
        assert!(far, "{seed}: {flashes:?}");
    }
}

fn mean(frame: &Frame) -> f64 {
    frame.y.iter().map(|value| f64::from(*value)).sum::<f64>() / frame.y.len() as f64
}

/// By how many pixels across and down what was drawn has moved from one frame to the other.
fn moved(plain: &Frame, from: &Frame, to: &Frame) -> (i32, i32) {
    let (width, height) = (plain.size.width as i32, plain.size.height as i32);
    let drawn = |frame: &Frame| -> Vec<i32> {
        let pairs = frame.y.iter().zip(&plain.y);
        pairs.map(|(a, b)| i32::from(a.abs_diff(*b))).collect()
    };
    let (from, to) = (drawn(from), drawn(to));
    let overlap = |(dx, dy): &(i32, i32)| -> i64 {
        let mut sum = 0;
        for y in (16..height - 16).step_by(2) {
            for x in 16..width - 16 {
                let (before, after) = (y * width + x, (y + dy) * width + x + dx);
                sum += i64::from(from[before as usize]) * i64::from(to[after as usize]);
            }
        }
        sum
    };
    let shifts = (-9..=9).flat_map(|dy| (-9..=9).map(move |dx| (dx, dy)));
    shifts.max_by_key(overlap).unwrap()
}

#[test]
fn the_wind_carries_what_falls_and_floats() {
    let still = Still::new("mascot.png", size(256, 256));
    let plain = frame(&still.clip(&[]), 0);
    for kind in [OverlayKind::Snow, OverlayKind::Petals, OverlayKind::Bubbles] {
        let mut ways = Vec::new();
        for wind in [0.0, PI] {
            let clip = still.clip(&[Overlay {
                wind,
                amount: 2.0,
                ..overlay(kind)
            }]);
            let pairs = [40, 60, 80].map(|index| moved(&plain, &frame(&clip, index), &frame(&clip, index + 2)));
            let sum = pairs.iter().fold((0, 0), |sum, way| (sum.0 + way.0, sum.1 + way.1));
            ways.push(sum);
        }
        assert!(ways[0].0 > ways[1].0 + 3, "{kind:?}: {ways:?}");
        let falls = kind != OverlayKind::Bubbles;
        assert!(
            ways.iter().all(|way| (way.1 > 0) == falls && way.1 != 0),
            "{kind:?}: {ways:?}"
        );
    }
}

#[test]
fn far_particles_pass_behind_the_subject() {
    let still = Still::new("mascot.png", size(240, 240));
    let plain = frame(&still.clip(&[]), 0);
    for kind in [OverlayKind::Confetti, OverlayKind::Petals] {
        let clip = still.clip(&[Overlay {
            amount: 3.0,
            ..overlay(kind)
        }]);
        let (mut inside, mut outside) = (0, 0);
        for index in (20..120).step_by(4) {
            let drawn = frame(&clip, index);
            let change = |at: usize| drawn.y[at].abs_diff(plain.y[at]);
            // Rows of the cat's face; each thing drawn there is one peak of change.
            for (x, at) in (70..150).flat_map(|y| (1..239).map(move |x| (x, y * 240 + x))) {
                let around = [
                    at - 241,
                    at - 240,
                    at - 239,
                    at - 1,
                    at + 1,
                    at + 239,
                    at + 240,
                    at + 241,
                ];
                if change(at) < 8 || around.iter().any(|beside| change(*beside) > change(at)) {
                    continue;
                }
                match x {
                    85..155 => inside += 1,
                    0..35 | 205..240 => outside += 1,
                    _ => {}
                }
            }
        }
        assert!(
            inside * 10 < outside * 8 && inside > 0,
            "{kind:?}: {inside} of {outside}"
        );
    }
}

#[test]
fn grain_is_new_in_every_frame_and_changes_no_mean() {
    let still = Still::new("chelsea.png", size(320, 180));
    let plain = frame(&still.clip(&[]), 0);
    let clip = still.with(OverlayKind::FilmGrain);
    for index in [40, 41, 90] {
        let grained = frame(&clip, index);
        assert!((mean(&grained) - mean(&plain)).abs() < 0.15, "{index}");
        let difference = mean_difference(&grained.y, &plain.y);
        assert!((1.0..6.0).contains(&difference), "{difference}");
        assert_eq!((&grained.u, &grained.v), (&plain.u, &plain.v));
        assert!(mean_difference(&grained.y, &frame(&clip, index + 1).y) > difference);
    }
}

#[test]
fn overlays_out_of_range_are_refused() {
    let still = Still::new("chelsea.png", size(96, 64));
    for (amount, wind) in [(3.5, 0.0), (-0.1, 0.0), (f32::NAN, 0.0), (1.0, f32::INFINITY)] {
        let mut recipe = still.recipe.clone();
        recipe.overlays.push(Overlay {
            amount,
            wind,
            ..overlay(OverlayKind::Rain)
        });
        assert!(Clip::new(&still.studies, &recipe).is_err(), "{amount} {wind}");
    }
}
