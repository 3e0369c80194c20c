//! Scenery that goes somewhere: streams, clouds, smoke, flames. The picture is moved along a still velocity field, for
//! a period at a time; a second copy runs half a period later, and one fades into the other while it starts anew
//! (Max and Becker, "Flow visualization using moving textures", 1995; Holynski et al., "Animating pictures with Eulerian
//! motion fields", 2021, use two such warps as well). In the middle of its period a copy stands where the picture
//! does, and the clip starts there: frame 0 is the picture itself.

use domain::{
    media::FRAME_RATE,
    recipe::{Recipe, SceneryKind, SceneryMotion},
};

use super::{
    chart::Chart,
    contrast::Contrast,
    places::{beneath, rounded},
    swell::Swell,
};
use crate::{
    analysis::{Analysis, Field, Map},
    raster::Mixture,
    timing::Timing,
};

/// How a kind flows.
struct Manner {
    /// Units per second at natural strength.
    speed: f32,
    /// Seconds, the longest.
    period: f32,
    /// How far the direction wanders to both sides, in radians.
    wandering: f32,
    /// Speed at the horizon, or at the far end, against that at the near end.
    far: f32,
}

fn manner(kind: SceneryKind) -> Option<Manner> {
    let (speed, period, wandering, far) = match kind {
        SceneryKind::Clouds => (0.0085, 4.2, 0.22, 0.4),
        SceneryKind::Stream => (0.034, 1.2, 0.25, 0.5),
        SceneryKind::Smoke => (0.019, 1.9, 0.5, 1.0),
        SceneryKind::Fire => (0.050, 0.7, 0.4, 1.0),
        _ => return None,
    };
    Some(Manner {
        speed,
        period,
        wandering,
        far,
    })
}

/// The farthest that a copy goes in a period, as a share of the frame's width.
const FARTHEST: f32 = 0.028;
/// Slope of the displacement at the rim of a region, and the shortest way from an edge of the frame, in units, over which
/// the flow gathers speed.
const SLOPE: f32 = 0.15;
const EDGE: f32 = 0.06;
/// Places are up to this share of a period ahead or behind, so that they do not fade all at once.
const AHEAD: f32 = 0.14;

/// Cells of the analysis for one place whose contrast is looked at, each way.
const COARSE: usize = 4;

/// One flow.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    /// Way of one period right and down in pixels, how far the place is ahead in periods, the picture's mean luma there, and
    /// how alike it is to itself half a period away.
    chart: Chart<5>,
    /// Periods that have passed at each frame, and how present the flow is.
    turns: Vec<(f32, f32)>,
}

/// A flow at one moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct FlowMoment {
    turns: f32,
    presence: f32,
}

/// Where a place comes from, in both copies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Copies {
    /// How far each has gone, in pixels.
    pub(crate) first: (f32, f32),
    pub(crate) second: (f32, f32),
    /// How they mix so that the contrast stays that of either.
    pub(crate) mixture: Mixture,
}

/// What all flows of a picture are made from.
pub(super) struct Ground<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) recipe: &'a Recipe,
    pub(super) timing: Timing,
    pub(super) contrast: &'a Contrast<'a>,
    pub(super) size: (f32, f32),
    pub(super) unit: f32,
}

impl Copies {
    /// How far a copy is when it stands farthest from the picture.
    pub(super) fn farthest(&self) -> (f32, f32) {
        // Half a period lies between the copies.
        (self.second.0 - self.first.0, self.second.1 - self.first.1)
    }
}

impl Flow {
    /// `place` is where it flows. Nothing for kinds that do not flow.
    pub(super) fn new(motion: &SceneryMotion, strength: f32, place: &Map, ground: &Ground<'_>) -> Option<Self> {
        let manner = manner(motion.kind)?;
        let Ground { size, unit, .. } = *ground;
        let speed = manner.speed * unit * strength;
        let farthest = FARTHEST * size.0;
        let seconds = elapsed(motion, ground);
        let total = seconds.last().map_or(0.0, |last| last.0);
        let mut period = manner.period.min(farthest / speed.max(1e-3)).max(0.1);
        if ground.timing.rests_after(motion.to) && total > 0.0 {
            // Whole periods, so that it comes to rest where the picture is.
            period = total / (total / period).ceil().max(1.0);
        }
        let way = (speed * period).min(farthest);
        let turns = seconds
            .iter()
            .map(|(seconds, presence)| (seconds / period, *presence))
            .collect();
        let chart = chart(motion, &manner, place, way, ground);
        Some(Self { chart, turns })
    }

    pub(super) fn moment(&self, frame: f32) -> FlowMoment {
        let last = self.turns.len().saturating_sub(1);
        let index = (frame.max(0.0) as usize).min(last);
        let here = self.turns.get(index).copied().unwrap_or_default();
        let next = self.turns.get((index + 1).min(last)).copied().unwrap_or_default();
        let share = (frame - index as f32).clamp(0.0, 1.0);
        FlowMoment {
            turns: here.0 + (next.0 - here.0) * share,
            presence: here.1 + (next.1 - here.1) * share,
        }
    }

    pub(super) fn copies(&self, moment: &FlowMoment, at: (f32, f32)) -> Option<Copies> {
        let [right, down, ahead, mean, alike] = self.chart.at(at);
        if right * right + down * down < 1e-4 {
            return None;
        }
        let turns = 0.5 + moment.turns + ahead * moment.presence;
        let first = turns - turns.floor();
        let second = if first < 0.5 { first + 0.5 } else { first - 0.5 };
        let sine = super::swell::sine(0.5 * second);
        let share = sine * sine;
        let rest = 1.0 - share;
        let contrast = (rest * rest + share * share + 2.0 * rest * share * alike).sqrt();
        let gone = |time: f32| ((time - 0.5) * right, (time - 0.5) * down);
        Some(Copies {
            first: gone(first),
            second: gone(second),
            mixture: Mixture {
                share,
                gain: 1.0 / contrast.max(0.75),
                mean,
            },
        })
    }
}

/// Seconds of the scenery's own time that have passed at each frame of the clip, and how present the flow is.
fn elapsed(motion: &SceneryMotion, ground: &Ground<'_>) -> Vec<(f32, f32)> {
    let mut seconds = 0.0;
    let mut before = 0.0;
    (0..ground.timing.frames)
        .map(|frame| {
            let presence = ground.timing.presence(motion.from, motion.to, frame as f32);
            seconds += 0.5 * (before + presence) * ground.recipe.pace / FRAME_RATE as f32;
            before = presence;
            (seconds, presence)
        })
        .collect()
}

fn chart(motion: &SceneryMotion, manner: &Manner, place: &Map, way: f32, ground: &Ground<'_>) -> Chart<5> {
    let Ground { size, unit, .. } = *ground;
    let cell = size.0 / place.width as f32;
    let calm = rounded(&beneath(place, SLOPE * 2.0 * cell / way.max(1.0)), 2.0);
    let seed = ground.recipe.seed;
    let wandering = Swell::noise(seed, 2800, 4, 0.36, 0.0);
    let ahead = Swell::noise(seed, 2850, 3, 0.55, 0.0);
    let horizon = ground.analysis.horizon.unwrap_or(0.5) * size.1;
    let edge = (EDGE * unit).max(2.0 * way);
    let from_edge = |distance: f32| {
        let share = (distance / edge).clamp(0.0, 1.0);
        share * (2.0 - share)
    };
    let velocity = |calm: f32, at: (f32, f32)| {
        let spot = (at.0 / unit, at.1 / unit);
        let near = match motion.kind {
            SceneryKind::Clouds => (1.0 - at.1 / horizon.max(1.0)).clamp(0.0, 1.0),
            _ => ((at.1 - horizon) / (size.1 - horizon).max(1.0)).clamp(0.0, 1.0),
        };
        let length = way * calm * (manner.far + (1.0 - manner.far) * near);
        let (sine, cosine) = (motion.heading + manner.wandering * wandering.at(spot, 0.0)).sin_cos();
        // Nothing comes in from beyond the frame.
        let right = length * cosine * from_edge(at.0.min(size.0 - 1.0 - at.0));
        let down = length * sine * from_edge(at.1.min(size.1 - 1.0 - at.1));
        [right, down, AHEAD * ahead.at(spot, 0.0)]
    };
    let soft = Field::new(calm.clone(), size);
    let coarse = (place.width.div_ceil(COARSE), place.height.div_ceil(COARSE));
    let looks = Chart::new(coarse.0, coarse.1, size, |_, _, at| {
        let calm = soft.at(at);
        let [right, down, _] = velocity(calm, at);
        let [mean, alike] = ground.contrast.look(at, (0.5 * right, 0.5 * down));
        // At the rim what does not flow is looked at as well, and tells nothing.
        [mean, 1.0 - (1.0 - alike) * calm]
    });
    Chart::new(place.width, place.height, size, |x, y, at| {
        // Beyond the rim nothing flows, but between there and here the contrast is that of the picture as well.
        let calm = calm.values[y * place.width + x];
        let ([right, down, ahead], [mean, alike]) = (velocity(calm, at), looks.at(at));
        [right, down, ahead, mean, alike]
    })
}
