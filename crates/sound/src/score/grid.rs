//! The clip's beats: where they fall, which is the last, and during which the subject dances.

use domain::{
    media::{FRAME_RATE, SAMPLE_RATE},
    recipe::{Recipe, SubjectKind},
};

/// Beat 0 is the clip's first sample; the tempo does not change. Bars are counted back from the last beat, which
/// begins one: what is left over at the start is a pick-up.
#[derive(Debug, Clone)]
pub(crate) struct Grid {
    seconds_per_beat: f64,
    bar: u32,
    seconds: f64,
    last_beat: u32,
    /// Stretches of dancing, in beats.
    dances: Vec<(f64, f64)>,
    swing: Swing,
}

/// How late the second of two equal steps comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Swing {
    /// Beats of one step.
    pub(crate) step: f64,
    /// Share of a step.
    pub(crate) late: f64,
}

impl Swing {
    pub(crate) const STRAIGHT: Self = Self { step: 0.5, late: 0.0 };
}

impl Grid {
    /// The grid of a clip of `length` samples. The bar is brought into 2 to 8 beats (0 counts as 4).
    pub(crate) fn of(recipe: &Recipe, length: usize) -> Self {
        let seconds_per_beat = recipe.beat.seconds();
        let bar = if recipe.beat.bar == 0 {
            4
        } else {
            recipe.beat.bar.clamp(2, 8)
        };
        let frames = length / (SAMPLE_RATE / FRAME_RATE) as usize;
        let beat_of = |frame: u32| f64::from(frame) / f64::from(FRAME_RATE) / seconds_per_beat;
        Self {
            seconds_per_beat,
            bar,
            seconds: length as f64 / f64::from(SAMPLE_RATE),
            last_beat: recipe.beat.last(frames as u32),
            dances: (recipe.subject.iter())
                .filter(|action| action.kind == SubjectKind::Dance && action.from < action.to)
                .map(|action| (beat_of(action.from), beat_of(action.to)))
                .collect(),
            swing: Swing::STRAIGHT,
        }
    }

    /// The same beats with what lies between them shifted.
    pub(crate) fn swung(self, swing: Swing) -> Self {
        Self { swing, ..self }
    }

    /// Seconds from the clip's start to a beat.
    pub(crate) fn at(&self, beat: f64) -> f64 {
        let Swing { step, late } = self.swing;
        let place = beat.rem_euclid(2.0 * step);
        let shift = if place < step { place } else { 2.0 * step - place };
        (beat + shift * late) * self.seconds_per_beat
    }

    /// Seconds that so many beats last.
    pub(crate) fn lasting(&self, beats: f64) -> f64 {
        beats * self.seconds_per_beat
    }

    /// Length of the clip.
    pub(crate) fn seconds(&self) -> f64 {
        self.seconds
    }

    /// Length of the clip in beats.
    pub(crate) fn beats(&self) -> f64 {
        self.seconds / self.seconds_per_beat
    }

    /// Beats to a bar, 2 to 8.
    pub(crate) fn bar(&self) -> u32 {
        self.bar
    }

    /// The beat of the closing chord: the last that leaves it time to ring.
    pub(crate) fn last_beat(&self) -> u32 {
        self.last_beat
    }

    /// Beats before the first whole bar.
    pub(crate) fn pickup(&self) -> u32 {
        self.last_beat % self.bar
    }

    /// Where bars begin, the pick-up included, up to the last beat without it.
    pub(crate) fn bars(&self) -> impl Iterator<Item = f64> {
        let (pickup, bar, last) = (self.pickup(), self.bar, self.last_beat);
        let whole = (0..).map(move |number| pickup + number * bar);
        let first = (pickup > 0).then_some(0);
        first
            .into_iter()
            .chain(whole)
            .take_while(move |beat| *beat < last)
            .map(f64::from)
    }

    /// Beats in one step of a line whose notes should follow each other in `fastest` seconds or more.
    pub(crate) fn step(&self, fastest: f64) -> f64 {
        let steps = [0.25, 0.5, 1.0];
        steps
            .into_iter()
            .find(|step| self.lasting(*step) >= fastest)
            .unwrap_or(2.0)
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
        (beat - f64::from(self.last_beat)).rem_euclid(f64::from(self.bar))
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
