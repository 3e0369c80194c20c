//! The time of an action: seconds, beats, and which of its repetitions it is in.

use domain::{
    media::FRAME_RATE,
    recipe::{Recipe, SubjectAction, SubjectKind},
};

use crate::camera::ease::smooth;

/// Frames over which an action that is never at rest comes and goes.
const EASE: f32 = 16.0;
/// The same for one that begins at rest of its own.
const SHORT_EASE: f32 = 5.0;

/// One moment of one action.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    /// Since the action began, at the recipe's pace.
    pub(super) seconds: f32,
    /// From the clip's start: whole at each beat that the music has as well.
    pub(super) beat: f32,
    /// The first whole beat of the action.
    pub(super) first_beat: f32,
    pub(super) bar: u32,
    pub(super) seed: u32,
    /// Of the action, in seconds at the recipe's pace.
    pub(super) length: f32,
    pub(super) times: Option<u32>,
    /// 0 before and after the action to 1 in it.
    pub(super) presence: f32,
}

/// One repetition of something that is done again and again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turn {
    /// How many are done.
    pub(super) number: u32,
    /// 0 to 1; 0 once all are done.
    pub(super) phase: f32,
}

impl Clock {
    /// `rest`: the frame up to which everything rests.
    pub(super) fn new(recipe: &Recipe, action: &SubjectAction, rest: f32, frame: f32) -> Self {
        let (from, to) = (action.from as f32, action.to as f32);
        let rate = FRAME_RATE as f32 / recipe.pace.clamp(0.1, 10.0);
        let beats_per_frame = recipe.beat.tempo / 60.0 / FRAME_RATE as f32;
        let ease = if begins_at_rest(action.kind) { SHORT_EASE } else { EASE };
        // What lasts to the clip's end has no end of its own.
        let leaving = if action.to >= recipe.frames {
            1.0
        } else {
            1.0 - smooth((frame - to) / EASE)
        };
        Self {
            seconds: ((frame - from) / rate).max(0.0),
            beat: frame * beats_per_frame,
            first_beat: (from * beats_per_frame - 0.01).ceil(),
            bar: recipe.beat.bar.max(1),
            seed: recipe.seed,
            length: (to - from).max(1.0) / rate,
            times: action.times,
            presence: smooth((frame - from.max(rest)) / ease) * leaving,
        }
    }

    /// The repetition of something that naturally takes `period` seconds.
    pub(super) fn turn(&self, period: f32) -> Turn {
        let Some(times) = self.times else {
            return split(self.seconds / period);
        };
        let period = period.min(self.length / times.max(1) as f32);
        within(self.seconds / period, times)
    }

    /// The repetition of something that takes `beats` beats, on the beat.
    pub(super) fn beat_turn(&self, beats: f32) -> Turn {
        let turns = (self.beat - self.first_beat) / beats;
        match self.times {
            // What comes before the first beat leads up to it.
            None => split((turns + 1.0).max(0.0)),
            Some(times) => within(turns.max(0.0), times),
        }
    }
}

fn split(turns: f32) -> Turn {
    let number = turns.floor().max(0.0);
    Turn {
        number: number as u32,
        phase: turns - number,
    }
}

fn within(turns: f32, times: u32) -> Turn {
    if turns < times as f32 {
        return split(turns);
    }
    Turn {
        number: times,
        phase: 0.0,
    }
}

fn begins_at_rest(kind: SubjectKind) -> bool {
    matches!(
        kind,
        SubjectKind::Nod | SubjectKind::ShakeHead | SubjectKind::Jump | SubjectKind::Spin | SubjectKind::LookRound
    )
}
