//! Colour and light over the whole frame, as the prompt asks for them.

use domain::recipe::{Grade, Look, Mood, Overlay, OverlayKind};

use super::{Brief, dice};
use crate::prompt::{Manners, What};

/// More at once would undo one another.
const MOST_AT_ONCE: usize = 2;
/// Below this brightness a picture is taken at night already.
const DARK: f32 = 0.22;

pub(super) fn grades(brief: &Brief<'_>, overlays: &[Overlay], dropped: &mut Vec<usize>) -> Vec<Grade> {
    let mut grades: Vec<Grade> = Vec::new();
    for wanted in &brief.wishes.wanted {
        let What::Look(look) = wanted.what else { continue };
        if grades.iter().any(|other| other.look == look) {
            continue;
        }
        let together = |part: (u32, u32)| grades.iter().filter(|other| other.from == part.0).count();
        let Some(part) = brief.part(wanted).filter(|part| together(*part) < MOST_AT_ONCE) else {
            dropped.push(wanted.said);
            continue;
        };
        grades.push(grade(brief, look, part, wanted.manners));
    }
    if grades.is_empty() {
        grades.extend(of_weather(brief, overlays));
    }
    grades
}

fn grade(brief: &Brief<'_>, look: Look, (from, _): (u32, u32), manners: Manners) -> Grade {
    let words = match manners.strength {
        ..0 => 0.55,
        0 => 1.0,
        1.. => 1.45,
    };
    let chance = 1.0 + 0.06 * dice::spread(brief.wish.seed, 120);
    // A night that the picture already shows is not made darker.
    let is_dark = brief.analysis.is_some_and(|analysis| analysis.brightness < DARK);
    let share = if look == Look::Night && is_dark { 0.35 } else { 1.0 };
    // A look stays until another one takes its place.
    let looks = brief
        .wishes
        .wanted
        .iter()
        .filter(|wanted| matches!(wanted.what, What::Look(_)));
    let later = looks.filter_map(|wanted| brief.part(wanted)).map(|(start, _)| start);
    Grade {
        look,
        from,
        to: later.filter(|start| *start > from).min().unwrap_or(brief.wish.frames),
        strength: (words * chance * share).clamp(0.0, 2.0),
    }
}

/// Dark weather in a dark mood brings a little of the night with it, soft weather in a calm one a little softness.
fn of_weather(brief: &Brief<'_>, overlays: &[Overlay]) -> Option<Grade> {
    let look = overlays
        .iter()
        .find_map(|overlay| match (overlay.kind, brief.wishes.mood?) {
            (OverlayKind::Rain | OverlayKind::Lightning | OverlayKind::Fog, Mood::Dark) => {
                Some((Look::Night, overlay.from))
            }
            (OverlayKind::Snow | OverlayKind::Petals | OverlayKind::Bokeh | OverlayKind::Sparkles, Mood::Calm) => {
                Some((Look::Dreamy, overlay.from))
            }
            _ => None,
        });
    look.map(|(look, from)| Grade {
        look,
        from,
        to: brief.wish.frames,
        strength: 0.4,
    })
}
