//! The clip's beats: where they fall, which is the last, and during which the subject dances.

use domain::{
    media::{FRAME_RATE, SAMPLE_RATE},
    recipe::{Recipe, SubjectKind},
};

/// Seconds that the closing chord gets at least (half the clip where that is shorter).
const RING: f64 = 0.5;

/// Beat 0 is the clip's first sample; the tempo does not change.
#[derive(Debug, Clone)]
pub(crate) struct Grid {
    seconds_per_beat: f64,
    bar: u32,
    seconds: f64,
    last_beat: u32,
    /// Stretches of dancing, in beats.
    dances: Vec<(f64, f64)>,
}

impl Grid {
    /// The grid of a clip of `length` samples. A tempo that is no number counts as 96; others are brought
    /// into 60 to 180, and the bar into 2 to 8 beats (0 counts as 4).
    pub(crate) fn of(recipe: &Recipe, length: usize) -> Self {
        let tempo = Some(recipe.beat.tempo)
            .filter(|tempo| tempo.is_finite())
            .unwrap_or(96.0);
        let seconds_per_beat = 60.0 / f64::from(tempo.clamp(60.0, 180.0));
        let bar = if recipe.beat.bar == 0 {
            4
        } else {
            recipe.beat.bar.clamp(2, 8)
        };
        let seconds = length as f64 / f64::from(SAMPLE_RATE);
        let ring = RING.min(seconds / 2.0);
        let beat_of = |frame: u32| f64::from(frame) / f64::from(FRAME_RATE) / seconds_per_beat;
        Self {
            seconds_per_beat,
            bar,
            seconds,
            last_beat: ((seconds - ring) / seconds_per_beat + 1e-6).floor().max(0.0) as u32,
            dances: (recipe.subject.iter())
                .filter(|action| action.kind == SubjectKind::Dance && action.from < action.to)
                .map(|action| (beat_of(action.from), beat_of(action.to)))
                .collect(),
        }
    }

    /// Seconds from the clip's start to a beat.
    pub(crate) fn at(&self, beat: f64) -> f64 {
        beat * self.seconds_per_beat
    }

    /// Length of the clip.
    pub(crate) fn seconds(&self) -> f64 {
        self.seconds
    }

    /// Beats to a bar, 2 to 8.
    pub(crate) fn bar(&self) -> u32 {
        self.bar
    }

    /// The beat of the closing chord: the last that leaves it time to ring.
    pub(crate) fn last_beat(&self) -> u32 {
        self.last_beat
    }

    /// Beats in one step of a line whose notes should follow each other in `fastest` seconds or more.
    pub(crate) fn step(&self, fastest: f64) -> f64 {
        let steps = [0.25, 0.5, 1.0];
        steps.into_iter().find(|step| self.at(*step) >= fastest).unwrap_or(2.0)
    }

    /// The beats from 0 to the last, without the last, `step` beats apart.
    pub(crate) fn steps(&self, step: f64) -> impl Iterator<Item = f64> {
        let last = f64::from(self.last_beat);
        (0u32..)
            .map(move |index| f64::from(index) * step)
            .take_while(move |beat| *beat < last - 1e-6)
    }

    /// Where in its bar a beat falls.
    pub(crate) fn in_bar(&self, beat: f64) -> f64 {
        beat % f64::from(self.bar)
    }

    /// Whether the subject dances at all.
    pub(crate) fn dances(&self) -> bool {
        !self.dances.is_empty()
    }

    /// Whether the subject dances on this beat.
    pub(crate) fn dances_on(&self, beat: f64) -> bool {
        self.dances.iter().any(|(from, to)| (*from - 0.01..*to).contains(&beat))
    }

    /// 1 on the first beat of a bar, less on the others, least between them.
    pub(crate) fn strength(&self, beat: f64) -> f32 {
        let place = self.in_bar(beat);
        match () {
            () if place < 0.01 => 1.0,
            () if place.fract() > 0.01 && (place * 2.0).fract() > 0.01 => 0.2,
            () if place.fract() > 0.01 => 0.45,
            () if (place as u32).is_multiple_of(2) => 0.85,
            () => 0.65,
        }
    }
}
