//! What is drawn over the picture, as the prompt asks for it.

use domain::recipe::{Overlay, OverlayKind, SceneryKind};

use super::{Brief, dice, scenery};
use crate::prompt::What;

/// More at once would hide the picture.
const MOST_AT_ONCE: usize = 3;

pub(super) fn overlays(brief: &Brief<'_>, dropped: &mut Vec<usize>) -> Vec<Overlay> {
    let mut overlays: Vec<Overlay> = Vec::new();
    for wanted in &brief.wishes.wanted {
        let kind = match wanted.what {
            What::Overlay(kind) => kind,
            What::Scenery(SceneryKind::Smoke) if !scenery::shows(brief, SceneryKind::Smoke) => OverlayKind::Steam,
            _ => continue,
        };
        if overlays.iter().any(|other| other.kind == kind) {
            continue;
        }
        let together = |part: (u32, u32)| overlays.iter().filter(|other| other.from == part.0).count();
        let Some(part) = brief.part(wanted).filter(|part| together(*part) < MOST_AT_ONCE) else {
            dropped.push(wanted.said);
            continue;
        };
        let chance = 1.0 + 0.12 * dice::spread(brief.wish.seed, 110);
        let share = if wanted.mentioned { 0.6 } else { 1.0 };
        // A larger amplitude brings more, but not twice as much.
        let amount = brief.strength(wanted).powf(0.6) * share * chance;
        overlays.push(Overlay {
            kind,
            from: part.0,
            to: until(brief, kind, part),
            amount: amount.clamp(0.0, 3.0),
            wind: wanted.heading.unwrap_or(brief.wind),
        });
    }
    overlays
}

/// Weather ends when other weather begins; all else stays once it is there, but for a flash.
fn until(brief: &Brief<'_>, kind: OverlayKind, (from, to): (u32, u32)) -> u32 {
    if kind == OverlayKind::Lightning {
        return to;
    }
    let others = brief.wishes.wanted.iter().filter(|wanted| match wanted.what {
        What::Overlay(other) => other != kind,
        _ => false,
    });
    let starts = others.filter_map(|wanted| brief.part(wanted)).map(|(start, _)| start);
    starts.filter(|start| *start > from).min().unwrap_or(brief.wish.frames)
}
