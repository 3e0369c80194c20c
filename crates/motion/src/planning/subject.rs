//! What the subject does: what the prompt says, else what its picture can bear.

use domain::recipe::{SubjectAction, SubjectKind};

use super::{Brief, dice};
use crate::prompt::SubjectWord;

/// Below this confidence nothing moves that was not asked for.
const SURE_ENOUGH: f32 = 0.12;

pub(super) fn actions(brief: &Brief<'_>) -> Vec<SubjectAction> {
    let asked = &brief.wishes.subject;
    if asked.iter().any(|(word, _)| *word == SubjectWord::Still) {
        return Vec::new();
    }
    let mut kinds: Vec<(SubjectKind, u32)> = Vec::new();
    for (word, step) in asked {
        let kind = match word {
            SubjectWord::Dance => SubjectKind::Dance,
            SubjectWord::Sway => SubjectKind::Sway,
            SubjectWord::Bounce => SubjectKind::Bounce,
            SubjectWord::Breathe => SubjectKind::Breathe,
            SubjectWord::Any | SubjectWord::Still => continue,
        };
        if !kinds.contains(&(kind, *step)) {
            kinds.push((kind, *step));
        }
    }
    if kinds.is_empty() {
        return own_choice(brief);
    }
    let mut steps: Vec<u32> = kinds.iter().map(|(_, step)| *step).collect();
    steps.dedup();
    let mut actions = Vec::new();
    for (part, step) in (0..).zip(&steps) {
        let (from, to) = brief.part(part, steps.len() as u32);
        for (kind, _) in kinds.iter().filter(|(_, at)| at == step) {
            actions.push(action(brief, *kind, (from, to), 1.0));
        }
    }
    actions
}

fn own_choice(brief: &Brief<'_>) -> Vec<SubjectAction> {
    if brief.confidence() < SURE_ENOUGH {
        return Vec::new();
    }
    let whole = (0, brief.wish.frames);
    let mut actions = vec![action(brief, SubjectKind::Breathe, whole, 0.8)];
    if dice::pick(brief.wish.seed, 80, 2) == 0 {
        actions.push(action(brief, SubjectKind::Sway, whole, 0.32));
    }
    let is_unwanted = |kind: SubjectKind| {
        brief.wishes.subject_unwanted.iter().any(|word| {
            matches!(
                (word, kind),
                (SubjectWord::Sway, SubjectKind::Sway) | (SubjectWord::Breathe, SubjectKind::Breathe)
            )
        })
    };
    actions.retain(|action| !is_unwanted(action.kind));
    actions
}

fn action(brief: &Brief<'_>, kind: SubjectKind, (from, to): (u32, u32), share: f32) -> SubjectAction {
    let chance = 1.0 + 0.08 * dice::spread(brief.wish.seed, 81);
    SubjectAction {
        kind,
        from,
        to,
        strength: (brief.gain() * chance * share).clamp(0.0, 3.0),
        times: None,
    }
}
