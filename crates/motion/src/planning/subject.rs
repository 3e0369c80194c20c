//! What the subject does: what the prompt says, else what its picture can bear.

use domain::recipe::{SubjectAction, SubjectKind};

use super::{Brief, dice};
use crate::prompt::{SubjectWord, TimeWord, Wanted, What};

/// Below this confidence nothing moves that was not asked for.
const SURE_ENOUGH: f32 = 0.12;

pub(super) fn actions(brief: &Brief<'_>, dropped: &mut Vec<usize>) -> Vec<SubjectAction> {
    let mut asked: Vec<(SubjectKind, &Wanted, (u32, u32))> = Vec::new();
    let mut is_still = false;
    for wanted in &brief.wishes.wanted {
        match wanted.what {
            What::Subject(SubjectWord::Does(kind)) => match brief.part(wanted) {
                Some(part) if !asked.iter().any(|(other, _, at)| (*other, *at) == (kind, part)) => {
                    asked.push((kind, wanted, part));
                }
                Some(_) => {}
                None => dropped.push(wanted.said),
            },
            What::Subject(SubjectWord::Still) => is_still = true,
            _ => {}
        }
    }
    if asked.is_empty() {
        return if is_still { Vec::new() } else { own_choice(brief) };
    }
    let starts: Vec<u32> = asked.iter().map(|(_, _, (from, _))| *from).collect();
    let actions = asked.iter().map(|(kind, wanted, (from, to))| {
        // What has no end of its own lasts until the next action.
        let until = starts.iter().copied().filter(|start| start > from).min();
        let end = if goes_on(*kind) && wanted.times.is_none() {
            until.unwrap_or(brief.wish.frames)
        } else {
            *to
        };
        SubjectAction {
            times: wanted.times.map(|times| times.clamp(1, 100)),
            ..action(brief, *kind, (*from, end), brief.strength(wanted))
        }
    });
    actions.collect()
}

fn goes_on(kind: SubjectKind) -> bool {
    match kind {
        SubjectKind::Breathe
        | SubjectKind::Sway
        | SubjectKind::Bounce
        | SubjectKind::Dance
        | SubjectKind::Float
        | SubjectKind::Wiggle
        | SubjectKind::Shiver
        | SubjectKind::Walk
        | SubjectKind::Run
        | SubjectKind::Fly => true,
        SubjectKind::Nod
        | SubjectKind::ShakeHead
        | SubjectKind::Jump
        | SubjectKind::Spin
        | SubjectKind::Wave
        | SubjectKind::LookRound => false,
    }
}

/// Whether everybody looks at it, so that the camera had better keep quiet.
pub(super) fn performs(action: &SubjectAction) -> bool {
    !matches!(
        action.kind,
        SubjectKind::Breathe | SubjectKind::Sway | SubjectKind::Float | SubjectKind::LookRound
    )
}

fn own_choice(brief: &Brief<'_>) -> Vec<SubjectAction> {
    // Nobody breathes at four times the speed.
    if brief.confidence() < SURE_ENOUGH || brief.wishes.time == Some(TimeWord::Timelapse) {
        return Vec::new();
    }
    let whole = (0, brief.wish.frames);
    let gain = brief.gain();
    let mut actions = vec![action(brief, SubjectKind::Breathe, whole, 0.8 * gain)];
    if dice::pick(brief.wish.seed, 80, 2) == 0 {
        actions.push(action(brief, SubjectKind::Sway, whole, 0.32 * gain));
    }
    actions.retain(|action| !brief.is_unwanted(What::Subject(SubjectWord::Does(action.kind))));
    actions
}

fn action(brief: &Brief<'_>, kind: SubjectKind, (from, to): (u32, u32), strength: f32) -> SubjectAction {
    let chance = 1.0 + 0.08 * dice::spread(brief.wish.seed, 81);
    SubjectAction {
        kind,
        from,
        to,
        strength: (chance * strength).clamp(0.0, 3.0),
        times: None,
    }
}
