//! How the pictures pass into each other: pictures of the same scene by moving, others by a change that suits
//! them.

use domain::recipe::{Transition, TransitionKind};

use super::{Brief, dice};
use crate::{
    flow::{Match, Sight},
    keyframes::keyframes_that_fit,
    study::Study,
};

/// Frames below which a change that takes its time has no room.
const SHORT: u32 = 20;

pub(super) fn transitions(brief: &Brief<'_>, studies: &[Study]) -> Vec<Transition> {
    let used = keyframes_that_fit(studies.len(), brief.wish.frames);
    let shown: Vec<&Study> = used.iter().filter_map(|at| studies.get(*at)).collect();
    if shown.len() < 2 {
        return Vec::new();
    }
    let sights: Vec<Sight> = shown.iter().map(|study| Sight::small(study.planes())).collect();
    let mut transitions: Vec<Transition> = Vec::new();
    let pairs = shown.windows(2).zip(sights.windows(2)).zip(brief.times.windows(2));
    for (number, ((pair, sights), times)) in (0_u32..).zip(pairs) {
        let (&[earlier, later], [one, other], &[from, to]) = (pair, sights, times) else {
            continue;
        };
        let kind = if Match::is_likely(one, other) {
            TransitionKind::Morph
        } else {
            let before = transitions.last().map(|transition| transition.kind);
            suited(brief, (earlier, later), to - from, number, before)
        };
        transitions.push(Transition { kind, from, to });
    }
    transitions
}

/// By chance, among what suits two pictures of different things; not twice the same in a row.
fn suited(
    brief: &Brief<'_>,
    (earlier, later): (&Study, &Study),
    frames: u32,
    number: u32,
    before: Option<TransitionKind>,
) -> TransitionKind {
    let (one, other) = (earlier.analysis(), later.analysis());
    let size = brief.wish.size;
    let ratio = size.width as f32 / size.height as f32;
    let sure = one.subject.confidence;
    let contrast = (one.brightness - other.brightness).abs();
    let brightest = one.brightness.max(other.brightness);
    let slow = |weight: f32| if frames < SHORT { 0.0 } else { weight };
    let mut weights = [
        (
            TransitionKind::ZoomThrough,
            0.6 + 1.2 * sure + 0.4 * other.subject.confidence,
        ),
        (
            TransitionKind::Whip,
            if !(0.8..=1.2).contains(&ratio) { 0.9 } else { 0.5 },
        ),
        (TransitionKind::LumaReveal, slow(0.6 + 1.2 * contrast)),
        (TransitionKind::DepthReveal, slow(0.5 + 1.4 * sure)),
        // Light that sweeps over a white page is hardly seen.
        (
            TransitionKind::LightLeak,
            slow(if brightest > 0.75 { 0.2 } else { 0.8 }),
        ),
    ];
    for (kind, weight) in &mut weights {
        if before == Some(*kind) {
            *weight = 0.0;
        }
    }
    let total: f32 = weights.iter().map(|(_, weight)| weight).sum();
    let mut left = total * (dice::spread(brief.wish.seed, 930 + number) + 1.0) / 2.0;
    for (kind, weight) in weights {
        if left < weight {
            return kind;
        }
        left -= weight;
    }
    TransitionKind::ZoomThrough
}
