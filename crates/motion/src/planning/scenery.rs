//! What moves in the picture round its subject: what the prompt names, what the wind moves, and what is surely there.

use std::f32::consts::FRAC_PI_2;

use domain::recipe::{SceneryKind, SceneryMotion};

use super::{Brief, dice};
use crate::prompt::{SubjectWord, What};

/// From this confidence on a region moves unasked, and in a wind that the prompt names.
const SURE: f32 = 0.55;
const SURE_IN_WIND: f32 = 0.3;
/// Kinds that move unasked, at most.
const MOST_UNASKED: usize = 2;

pub(super) fn motions(brief: &Brief<'_>, dropped: &mut Vec<usize>) -> Vec<SceneryMotion> {
    let mut motions: Vec<SceneryMotion> = Vec::new();
    for wanted in &brief.wishes.wanted {
        let What::Scenery(kind) = wanted.what else { continue };
        // Where there is none to move, it is drawn over the picture.
        if kind == SceneryKind::Smoke && !shows(brief, kind) {
            continue;
        }
        let Some((from, _)) = brief.part(wanted) else {
            dropped.push(wanted.said);
            continue;
        };
        // What is only named stirs a little: something better may still be said of it.
        let share = if wanted.mentioned { 0.65 } else { 1.0 };
        let motion = motion(brief, kind, share * brief.strength(wanted), wanted.heading);
        match motions.iter_mut().find(|other| other.kind == kind) {
            Some(other) => {
                other.strength = other.strength.max(motion.strength);
                other.from = other.from.min(from);
            }
            None => motions.push(SceneryMotion {
                from,
                named: true,
                ..motion
            }),
        }
    }
    motions.extend(moved_by_wind(brief, &motions));
    if motions.is_empty() {
        motions = own_choice(brief);
    }
    motions
}

/// Leaves, hair and cloth where there surely are some.
fn moved_by_wind(brief: &Brief<'_>, motions: &[SceneryMotion]) -> Vec<SceneryMotion> {
    let wind = brief.wishes.wanted.iter().find(|wanted| wanted.what == What::Wind);
    let Some((wind, (from, _))) = wind.and_then(|wind| Some((wind, brief.part(wind)?))) else {
        return Vec::new();
    };
    let kinds = [SceneryKind::Foliage, SceneryKind::Hair, SceneryKind::Cloth];
    let moved = kinds.into_iter().filter(|kind| {
        let is_new = !motions.iter().any(|motion| motion.kind == *kind);
        is_new && confidence(brief, *kind) >= SURE_IN_WIND && !brief.is_unwanted(What::Scenery(*kind))
    });
    moved
        .map(|kind| SceneryMotion {
            from,
            ..motion(brief, kind, 0.8 * brief.strength(wind), wind.heading)
        })
        .collect()
}

/// Nothing was said: what is surely there and moves by its nature.
fn own_choice(brief: &Brief<'_>) -> Vec<SceneryMotion> {
    let stays = |what: What| what == What::Subject(SubjectWord::Still);
    if brief.times.len() > 1 || brief.wishes.wanted.iter().any(|wanted| stays(wanted.what)) {
        return Vec::new();
    }
    let kinds = [
        SceneryKind::Water,
        SceneryKind::Fire,
        SceneryKind::Clouds,
        SceneryKind::Stars,
        SceneryKind::Lights,
        SceneryKind::Foliage,
    ];
    let sure = kinds
        .into_iter()
        .filter(|kind| confidence(brief, *kind) >= SURE && !brief.is_unwanted(What::Scenery(*kind)));
    sure.take(MOST_UNASKED)
        .map(|kind| motion(brief, kind, 0.7 * brief.gain(), None))
        .collect()
}

/// Whether the picture has what a prompt names.
pub(super) fn shows(brief: &Brief<'_>, kind: SceneryKind) -> bool {
    confidence(brief, kind) >= SURE_IN_WIND
}

/// How sure it is that the picture has such a thing.
fn confidence(brief: &Brief<'_>, kind: SceneryKind) -> f32 {
    let Some(analysis) = brief.analysis else { return 0.0 };
    let regions = &analysis.regions;
    match kind {
        SceneryKind::Water | SceneryKind::Stream | SceneryKind::Shimmer => regions.water.confidence,
        SceneryKind::Clouds | SceneryKind::Smoke => regions.smoke_cloud.confidence,
        SceneryKind::Fire => regions.fire.confidence,
        SceneryKind::Foliage => regions.foliage.confidence,
        SceneryKind::Hair => regions.hair.confidence,
        SceneryKind::Cloth => regions.cloth.confidence,
        SceneryKind::Stars => regions.stars.confidence,
        SceneryKind::Lights => regions.lights.confidence,
    }
}

fn motion(brief: &Brief<'_>, kind: SceneryKind, strength: f32, heading: Option<f32>) -> SceneryMotion {
    let chance = 1.0 + 0.1 * dice::spread(brief.wish.seed, 100);
    let own = match kind {
        SceneryKind::Smoke | SceneryKind::Fire => -FRAC_PI_2,
        SceneryKind::Stream => FRAC_PI_2,
        _ => brief.wind,
    };
    SceneryMotion {
        kind,
        from: 0,
        to: brief.wish.frames,
        strength: (chance * strength).clamp(0.0, 3.0),
        heading: heading.unwrap_or(own),
        named: false,
    }
}
