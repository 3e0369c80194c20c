//! A picture's subject in motion.

use std::ops::RangeInclusive;

use domain::{recipe::Recipe, request::Amplitude};
use rayon::prelude::*;

use super::{
    act::act,
    body::{Body, Stance},
    carry::{Carry, carry, layer_body},
    clock::Clock,
    gesture::Gesture,
    lattice::{Lattice, Strain},
};
use crate::{
    analysis::{Analysis, Field},
    camera::ease::smooth,
    layer::{Layer, Shadow},
    planning::gain,
};

/// Frames over which everything comes to rest, where it must.
const EASE: f32 = 16.0;
/// The singular values of the warp's Jacobian stay between these; their inverses are those of the movement.
const BOUNDS: Strain = Strain { least: 0.66, most: 1.6 };
/// Frames between two looks at the strain: an eighth of a second, a quarter of a beat.
const EVERY: usize = 3;
/// Looks at most: those of ten seconds.
const MOST_LOOKS: usize = 80;
/// The farthest that the top of a soft subject may rise at the largest amplitude, as a share of the frame's height.
const ROOM: f32 = 0.095;
/// Where the base of what stands on the ground is, as shares of the frame's height.
const STANDING: RangeInclusive<f32> = 0.72..=0.975;
/// The light that is missing under it.
const SHADE: f32 = 0.28;
/// Of a layer: as a share of what is free above it.
const FREE_ROOM: f32 = 0.8;
/// Steps of the fixed point `p = q - moved(p)`: each leaves less than half of the error.
const STEPS: usize = 3;

/// The subject of one picture and what it does.
#[derive(Debug, Clone)]
pub(crate) struct Actor {
    weight: Field,
    /// Nothing for a layer, the whole of which moves.
    carry: Option<Carry>,
    body: Body,
    recipe: Recipe,
    size: (f32, f32),
    /// Pixels that the top may rise.
    room: f32,
    /// Frames between which it may move: it rests at the first, and at the last unless that is open.
    from: f32,
    until: Option<f32>,
    restraint: f32,
}

/// What the actor does at one frame.
#[derive(Debug, Clone)]
pub(crate) struct Moment(Option<(Lattice, Option<Shadow>)>);

impl Moment {
    pub(crate) fn is_rest(&self) -> bool {
        self.0.is_none()
    }

    /// Under a layer that stands on something.
    pub(crate) fn shadow(&self) -> Option<Shadow> {
        self.0.as_ref().and_then(|(_, shadow)| *shadow)
    }
}

impl Actor {
    /// `until`: the frame at which the subject is at rest again, if there is one.
    pub(crate) fn new(
        analysis: &Analysis,
        layer: Option<&Layer>,
        recipe: &Recipe,
        (from, until): (u32, Option<u32>),
    ) -> Self {
        let size = (recipe.size.width as f32, recipe.size.height as f32);
        let (carry, body) = match layer {
            Some(layer) => (None, layer_body(layer, analysis, size)),
            None => {
                let (carry, body) = carry(analysis, size);
                (Some(carry), body)
            }
        };
        let weight = layer.map_or(&analysis.weight, |layer| &layer.shape);
        let room = match layer {
            Some(_) => FREE_ROOM * (body.base - body.height),
            None => ROOM * size.1,
        };
        let mut actor = Self {
            weight: Field::new(weight.clone(), size),
            carry,
            body,
            recipe: recipe.clone(),
            size,
            room,
            from: from as f32,
            until: until.map(|frame| frame as f32),
            restraint: 1.0,
        };
        let gestures = actor.gestures();
        actor.body.climb = actor.climb(&gestures);
        actor.restraint = actor.restraint(&gestures);
        actor
    }

    /// How much each place of the picture belongs to the subject.
    pub(crate) fn weight(&self) -> &Field {
        &self.weight
    }

    /// The gesture of `frame`.
    pub(crate) fn moment(&self, frame: f32) -> Moment {
        Moment(self.gesture(frame).map(|(gesture, presence)| {
            let warp = self.warp(&gesture, self.restraint);
            let shadow = self.shadow(&warp, presence);
            (warp, shadow)
        }))
    }

    /// The picture position whose content stands at `at` in this moment.
    pub(crate) fn source(&self, moment: &Moment, at: (f32, f32)) -> (f32, f32) {
        let Some((lattice, _)) = &moment.0 else {
            return at;
        };
        let moved = lattice.at(at);
        (at.0 - moved.0, at.1 - moved.1)
    }

    /// All actions together, and how present they are, 0 to 1; nothing at rest.
    fn gesture(&self, frame: f32) -> Option<(Gesture, f32)> {
        let falling = self.until.map_or(1.0, |until| smooth((until - frame) / EASE));
        let mut gesture = Gesture::default();
        let mut present = 0.0;
        for action in &self.recipe.subject {
            let clock = Clock::new(&self.recipe, action, self.from, frame);
            let strength = action.strength * clock.presence * falling;
            if strength > 0.0 {
                gesture.add(&act(action.kind, &clock), strength);
                present = f32::max(present, clock.presence * falling);
            }
        }
        (present > 0.0).then_some((gesture, present))
    }

    /// The warp that carries out `gesture` at `strength`. What is on the subject's place moves, wherever it has
    /// come to, so that each node looks for the place that has come to it.
    fn warp(&self, gesture: &Gesture, strength: f32) -> Lattice {
        let mut scaled = Gesture::default();
        scaled.add(gesture, strength);
        let stance = Stance::new(self.body, &scaled);
        // A layer that its picture's lower edge cuts may not come away from it.
        let bound = self.carry.is_some() || self.body.freedom.1 < 0.5;
        Lattice::new(self.size, bound, |node| {
            let mut place = node;
            let mut moved = (0.0, 0.0);
            for _ in 0..STEPS {
                let carried = self.carry.as_ref().map_or((1.0, 1.0), |carry| carry.at(place));
                if carried.0 <= 0.0 && carried.1 <= 0.0 {
                    break;
                }
                let whole = stance.displacement(place);
                moved = (carried.0 * whole.0, carried.1 * whole.1);
                place = (node.0 - moved.0, node.1 - moved.1);
            }
            moved
        })
    }

    /// What a layer that stands on something casts under it.
    fn shadow(&self, warp: &Lattice, presence: f32) -> Option<Shadow> {
        let Body {
            middle,
            base,
            height,
            half_width,
            ..
        } = self.body;
        if self.carry.is_some() || !STANDING.contains(&(base / self.size.1)) {
            return None;
        }
        let moved = warp.at((middle, base - 0.03 * height));
        let lift = (-moved.1 / (0.15 * height)).clamp(0.0, 1.0);
        Some(Shadow {
            centre: (middle + moved.0, base - 0.015 * height),
            radii: (half_width * (0.75 + 0.15 * lift), 0.075 * height * (1.0 + 0.3 * lift)),
            darkness: SHADE * presence * (1.0 - 0.55 * lift),
        })
    }

    /// How much the subject is bent; a layer only where it is.
    fn strain(&self, gesture: &Gesture, strength: f32) -> Strain {
        let warp = self.warp(gesture, strength);
        warp.strain(|at| {
            let moved = warp.at(at);
            self.carry.is_some() || self.weight.at((at.0 - moved.0, at.1 - moved.1)) > 0.0
        })
    }

    /// Gestures from the whole clip.
    fn gestures(&self) -> Vec<Gesture> {
        let every = EVERY.max(self.recipe.frames as usize / MOST_LOOKS);
        let frames = (0..self.recipe.frames).step_by(every);
        let gestures = frames.filter_map(|frame| self.gesture(frame as f32));
        gestures.map(|(gesture, _)| gesture).collect()
    }

    /// The share of the upward movement for which there is room above the subject.
    fn climb(&self, gestures: &[Gesture]) -> f32 {
        const TOP: usize = 10;
        let highest = gestures.iter().map(|gesture| gesture.rise[TOP]).fold(0.0, f32::max);
        let largest = gain(Amplitude::Large) / gain(self.recipe.amplitude);
        let room = self.room.max(0.0) / self.body.height;
        (room / (largest * highest).max(1e-6)).min(1.0)
    }

    /// The share of the asked strength at which nothing is bent more than it may be, at the largest amplitude: so
    /// a larger amplitude is the same movement, only more of it.
    fn restraint(&self, gestures: &[Gesture]) -> f32 {
        let recipe = &self.recipe;
        let strongest = recipe.subject.iter().map(|action| action.strength).fold(0.0, f32::max);
        let largest = gain(Amplitude::Large) / gain(recipe.amplitude);
        let most = largest.min(2.2 / strongest.max(0.01)).max(1.0);
        let mut restraint = 1.0;
        // The strain is nearly linear in the strength: the second round corrects the first.
        for _ in 0..3 {
            let strain = gestures
                .par_iter()
                .map(|gesture| self.strain(gesture, most * restraint))
                .reduce(|| Strain::NONE, Strain::joined);
            let excess = ((1.0 - strain.least) / (1.0 - BOUNDS.least)).max((strain.most - 1.0) / (BOUNDS.most - 1.0));
            if excess <= 1.0 {
                break;
            }
            restraint /= excess;
        }
        restraint
    }
}
