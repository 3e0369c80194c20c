//! A picture's subject in motion.

use domain::{
    media::{FRAME_RATE, Size},
    recipe::{Recipe, SubjectAction, SubjectKind},
};

use super::{
    dance::dance,
    gesture::{Body, Gesture},
    idle::{bounce, breathe, sway},
};
use crate::{
    analysis::{Analysis, Field, Subject},
    camera::ease::smooth,
};

/// Frames over which an action starts from rest and, where it must, comes back to it.
const EASE: f32 = 16.0;
/// The steepest slope of the displacement field at natural strength. The largest amplitude nearly doubles it
/// and must still not smear the picture.
const STEEPEST: f32 = 0.27;

/// The subject of one picture and what it does.
#[derive(Debug, Clone)]
pub(crate) struct Actor {
    weight: Field,
    body: Body,
    actions: Vec<SubjectAction>,
    beats_per_frame: f32,
    bar: u32,
    seed: u32,
    size: (f32, f32),
    /// Frames between which it may move: it rests at the first, and at the last unless that is open.
    from: f32,
    until: Option<f32>,
    restraint: f32,
}

/// What the actor does at one frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment(Option<Gesture>);

impl Actor {
    /// `until`: the frame at which the subject is at rest again, if there is one.
    pub(crate) fn new(analysis: &Analysis, recipe: &Recipe, from: u32, until: Option<u32>) -> Self {
        let size = (recipe.size.width as f32, recipe.size.height as f32);
        let mut actor = Self {
            weight: Field::new(analysis.weight.clone(), size),
            body: body(&analysis.subject, recipe.size),
            actions: recipe.subject.clone(),
            beats_per_frame: recipe.beat.tempo / 60.0 / FRAME_RATE as f32,
            bar: recipe.beat.bar,
            seed: recipe.seed,
            size,
            from: from as f32,
            until: until.map(|frame| frame as f32),
            restraint: 1.0,
        };
        // Restrained by what it would be at natural strength, so that a larger amplitude stays larger.
        let strongest = recipe.subject.iter().map(|action| action.strength).fold(0.0, f32::max);
        let steepest = actor.steepest(recipe.frames) / strongest.max(0.01);
        if steepest > STEEPEST {
            actor.restraint = STEEPEST / steepest;
        }
        actor
    }

    /// How much each place of the picture belongs to the subject.
    pub(crate) fn weight(&self) -> &Field {
        &self.weight
    }

    /// The gesture of `frame`.
    pub(crate) fn moment(&self, frame: f32) -> Moment {
        let rising = smooth((frame - self.from) / EASE);
        let falling = self.until.map_or(1.0, |until| smooth((until - frame) / EASE));
        let envelope = self.restraint * rising * falling;
        if envelope <= 0.0 || self.actions.is_empty() {
            return Moment(None);
        }
        let mut gesture = Gesture::default();
        for action in &self.actions {
            let (from, to) = (action.from as f32, action.to as f32);
            // An action that begins or ends within the clip has its own ease.
            let begins = if from <= 0.0 {
                1.0
            } else {
                smooth((frame - from) / EASE)
            };
            let ends = 1.0 - smooth((frame - to) / EASE);
            let seconds = (frame - from) / FRAME_RATE as f32;
            let beat = (frame - from) * self.beats_per_frame;
            let part = match action.kind {
                SubjectKind::Breathe | SubjectKind::Nod | SubjectKind::LookRound => breathe(seconds, self.seed),
                SubjectKind::Sway
                | SubjectKind::ShakeHead
                | SubjectKind::Spin
                | SubjectKind::Float
                | SubjectKind::Wiggle
                | SubjectKind::Shiver
                | SubjectKind::Fly
                | SubjectKind::Wave => sway(beat, self.seed),
                SubjectKind::Bounce | SubjectKind::Jump | SubjectKind::Walk | SubjectKind::Run => {
                    bounce(beat, self.seed)
                }
                SubjectKind::Dance => dance(beat.max(0.0), self.bar, self.seed),
            };
            gesture.add(&part, action.strength * envelope * begins * ends);
        }
        Moment(Some(gesture))
    }

    /// The picture position whose content stands at `at` in this moment.
    pub(crate) fn source(&self, moment: &Moment, at: (f32, f32)) -> (f32, f32) {
        let Some(gesture) = &moment.0 else {
            return at;
        };
        let weight = self.weight.at(at);
        if weight <= 0.0 {
            return at;
        }
        let (x, y) = self.body.displacement(gesture, at.0, at.1);
        (at.0 - weight * x, at.1 - weight * y)
    }

    /// The largest slope of the displacement, looked for on a coarse grid over the clip.
    fn steepest(&self, frames: u32) -> f32 {
        const NODES: u32 = 20;
        let step = (self.size.0 / NODES as f32, self.size.1 / NODES as f32);
        let mut most = 0.0_f32;
        for frame in (0..frames).step_by(3) {
            let moment = self.moment(frame as f32);
            let moved = |column: u32, row: u32| {
                let at = (column as f32 * step.0, row as f32 * step.1);
                let source = self.source(&moment, at);
                (source.0 - at.0, source.1 - at.1)
            };
            if moment.0.is_none() {
                continue;
            }
            for row in 0..NODES {
                for column in 0..NODES {
                    let here = moved(column, row);
                    let (right, below) = (moved(column + 1, row), moved(column, row + 1));
                    let along = (right.0 - here.0).hypot(right.1 - here.1) / step.0;
                    let down = (below.0 - here.0).hypot(below.1 - here.1) / step.1;
                    most = most.max(along).max(down);
                }
            }
        }
        most
    }
}

fn body(subject: &Subject, size: Size) -> Body {
    let (width, height) = (size.width as f32, size.height as f32);
    Body {
        middle: subject.centre.0 * width,
        base: subject.base * height,
        height: ((subject.base - subject.top) * height).max(0.2 * height),
        half_width: (subject.half_width * width).max(0.1 * width),
    }
}
