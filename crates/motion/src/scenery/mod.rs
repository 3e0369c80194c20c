//! Living scenery: water, leaves, clouds, smoke, fire, hair, cloth, stars and lights move or flicker where the picture has
//! them.

mod chart;
mod contrast;
mod flames;
mod flicker;
mod flow;
mod lines;
mod places;
mod restraint;
mod shimmer;
mod strands;
mod sway;
mod swell;
mod twinkle;
mod water;
mod wind;

#[cfg(test)]
mod tests;

use domain::{
    media::{FRAME_RATE, Frame},
    recipe::{Recipe, SceneryKind, SceneryMotion},
};

use self::{
    contrast::Contrast,
    flicker::Flicker,
    flow::{Copies, Flow, FlowMoment, Ground},
    places::place,
    shimmer::Shimmer,
    sway::{Setting, Sway},
    twinkle::Twinkle,
};
use crate::{analysis::Map, camera::ease::smooth, raster::Grid, study::Study, timing::Timing};

/// Strengths up to the first stay as they are; above it they grow ever more slowly towards the second.
const STRENGTHS: (f32, f32) = (2.1, 2.4);
/// Faster swinging would flicker.
const QUICKEST: f32 = 3.0;
/// Units from the frame's edge within which nothing moves across it.
const EDGE: f32 = 0.07;

/// Everything that moves in one picture's scenery.
#[derive(Debug)]
pub(crate) struct Scenery {
    sways: Vec<(Sway, Track)>,
    flows: Vec<Flow>,
    lights: Vec<(Light, Track)>,
    timing: Timing,
    /// Seconds per frame for what sways.
    pace: f32,
    size: (f32, f32),
    unit: f32,
    restraint: f32,
}

/// Light that changes where it is.
#[derive(Debug)]
enum Light {
    Flicker(Flicker),
    Twinkle(Twinkle),
    Shimmer(Shimmer),
}

impl Light {
    /// Nothing for kinds that do not shine.
    fn new(motion: &SceneryMotion, place: &Map, contrast: &Contrast<'_>, setting: &Setting) -> Option<Self> {
        let Setting { seed, size, unit, .. } = *setting;
        match motion.kind {
            SceneryKind::Stars => Some(Self::Twinkle(Twinkle::new(seed, place, contrast.planes, unit))),
            SceneryKind::Shimmer => Some(Self::Shimmer(Shimmer::new(place, contrast, setting))),
            kind => Flicker::new(kind, seed, place, (size.width as f32, size.height as f32), unit).map(Self::Flicker),
        }
    }

    fn shine(&self, amount: f32, seconds: f32, grid: &Grid, frame: &mut Frame) {
        match self {
            Self::Flicker(flicker) => flicker.shine(amount, seconds, grid, frame),
            Self::Twinkle(twinkle) => twinkle.shine(amount, seconds, grid, frame),
            Self::Shimmer(shimmer) => shimmer.shine(amount, seconds, grid, frame),
        }
    }
}

/// When something happens and how strongly.
#[derive(Debug, Clone, Copy)]
struct Track {
    from: u32,
    to: u32,
    strength: f32,
}

impl Scenery {
    pub(crate) fn new(study: &Study, recipe: &Recipe, timing: Timing) -> Self {
        let size = (recipe.size.width as f32, recipe.size.height as f32);
        let unit = (size.0 * size.1).sqrt();
        let analysis = study.analysis();
        let setting = Setting {
            seed: recipe.seed,
            size: recipe.size,
            unit,
            horizon: analysis.horizon,
        };
        let contrast = Contrast::new(study.planes());
        let ground = Ground {
            analysis,
            recipe,
            timing,
            contrast: &contrast,
            size,
            unit,
        };
        let mut scenery = Self {
            sways: Vec::new(),
            flows: Vec::new(),
            lights: Vec::new(),
            timing,
            pace: recipe.pace.min(QUICKEST) / FRAME_RATE as f32,
            size,
            unit,
            restraint: 1.0,
        };
        let mut flowing: Option<Map> = None;
        for motion in &recipe.scenery {
            let Some(place) = place(analysis, motion) else {
                continue;
            };
            let strength = tamed(motion.strength);
            if let Some(sway) = Sway::new(motion, &place, &contrast, &setting) {
                scenery.sways.push((sway, track(motion, strength)));
            }
            // A place flows one way only.
            let still = flowing.as_ref().map(|flowing| {
                let free = |place: f32, flowing: f32| if flowing > 0.0 { 0.0 } else { place };
                place.zip(flowing, free)
            });
            if let Some(flow) = Flow::new(motion, strength, still.as_ref().unwrap_or(&place), &ground) {
                scenery.flows.push(flow);
                flowing = Some(flowing.map_or_else(|| place.clone(), |flowing| flowing.zip(&place, f32::max)));
            }
            if let Some(light) = Light::new(motion, &place, &contrast, &setting) {
                scenery.lights.push((light, track(motion, strength)));
            }
        }
        scenery.restraint = restraint::needed(&scenery);
        scenery
    }

    pub(crate) fn moment(&self, frame: f32) -> Moment<'_> {
        let amount = |track: &Track| track.strength * self.timing.presence(track.from, track.to, frame);
        let sways = self.sways.iter().map(|(sway, track)| (sway, amount(track)));
        let lights = self.lights.iter().map(|(light, track)| (light, amount(track)));
        Moment {
            scenery: self,
            seconds: frame * self.pace,
            sways: sways.filter(|(_, amount)| *amount > 0.0).collect(),
            flows: self.flows.iter().map(|flow| (flow, flow.moment(frame))).collect(),
            lights: lights.filter(|(_, amount)| *amount > 0.0).collect(),
        }
    }
}

/// The scenery at one moment.
#[derive(Debug)]
pub(crate) struct Moment<'s> {
    scenery: &'s Scenery,
    seconds: f32,
    sways: Vec<(&'s Sway, f32)>,
    flows: Vec<(&'s Flow, FlowMoment)>,
    lights: Vec<(&'s Light, f32)>,
}

impl Moment<'_> {
    /// Something flows, so that a second copy of the picture may be needed.
    pub(crate) fn flows(&self) -> bool {
        !self.flows.is_empty()
    }

    /// How far what is at `at` has swayed, in pixels right and down.
    pub(crate) fn swayed(&self, at: (f32, f32)) -> (f32, f32) {
        let (mut right, mut down) = (0.0, 0.0);
        for (sway, amount) in &self.sways {
            if let Some(moved) = sway.displacement(at, self.seconds) {
                right += amount * moved.0;
                down += amount * moved.1;
            }
        }
        if right == 0.0 && down == 0.0 {
            return (0.0, 0.0);
        }
        let Scenery {
            size, unit, restraint, ..
        } = self.scenery;
        let from_edge = |distance: f32| smooth(distance / (EDGE * unit));
        (
            right * restraint * from_edge(at.0.min(size.0 - 1.0 - at.0)),
            down * restraint * from_edge(at.1.min(size.1 - 1.0 - at.1)),
        )
    }

    /// Lets lights shine in `frame`, which was drawn as `grid` says.
    pub(crate) fn shine(&self, grid: &Grid, frame: &mut Frame) {
        for (light, amount) in &self.lights {
            light.shine(*amount, self.seconds, grid, frame);
        }
    }

    /// Where what is at `at` comes from in both copies, if it flows.
    pub(crate) fn copies(&self, at: (f32, f32)) -> Option<Copies> {
        self.flows.iter().find_map(|(flow, moment)| flow.copies(moment, at))
    }
}

fn track(motion: &SceneryMotion, strength: f32) -> Track {
    Track {
        from: motion.from,
        to: motion.to,
        strength,
    }
}

/// Strengths that bend nothing too far.
fn tamed(strength: f32) -> f32 {
    let (kept, most) = STRENGTHS;
    if strength <= kept {
        return strength;
    }
    most - (most - kept) / (1.0 + (strength - kept) / (most - kept))
}
