//! The clip's mood and its beat, which movement and music share.

use domain::recipe::{Beat, Look, Mood, SubjectAction, SubjectKind};

use super::{Brief, dice};
use crate::prompt::What;

pub(super) fn mood(brief: &Brief<'_>, subject: &[SubjectAction]) -> Mood {
    let does = |kind: SubjectKind| subject.iter().any(|action| action.kind == kind);
    if let Some(mood) = brief.wishes.mood {
        return mood;
    }
    if does(SubjectKind::Dance) {
        return Mood::Lively;
    }
    if does(SubjectKind::Bounce) {
        return Mood::Bright;
    }
    if let Some(mood) = of_looks(brief) {
        return mood;
    }
    let Some(picture) = &brief.analysis else {
        return Mood::Calm;
    };
    match (picture.brightness, picture.colourfulness) {
        (..0.22, ..0.12) => Mood::Grand,
        (..0.16, _) => Mood::Dark,
        (0.5.., 0.2..) => Mood::Bright,
        _ => Mood::Calm,
    }
}

/// The mood of the first look that has one.
fn of_looks(brief: &Brief<'_>) -> Option<Mood> {
    brief.wishes.wanted.iter().find_map(|wanted| match wanted.what {
        What::Look(Look::Horror) => Some(Mood::Dark),
        What::Look(Look::Cinematic | Look::Sunrise) => Some(Mood::Grand),
        What::Look(Look::Dreamy | Look::Underwater | Look::Night | Look::Sunset) => Some(Mood::Calm),
        What::Look(Look::Cyberpunk) => Some(Mood::Lively),
        _ => None,
    })
}

pub(super) fn beat(brief: &Brief<'_>, subject: &[SubjectAction], mood: Mood) -> Beat {
    let dances = subject.iter().any(|action| action.kind == SubjectKind::Dance);
    let natural = match (dances, mood) {
        (true, _) => 112.0,
        (_, Mood::Calm) => 72.0,
        (_, Mood::Bright) => 104.0,
        (_, Mood::Lively) => 116.0,
        (_, Mood::Grand) => 80.0,
        (_, Mood::Dark) => 66.0,
    };
    let pace = match brief.speed_of_life() {
        ..0 => 0.86,
        0 => 1.0,
        1.. => 1.16,
    };
    let tempo: f32 = natural * pace + 4.0 * dice::spread(brief.wish.seed, 90);
    Beat {
        tempo: tempo.clamp(60.0, 180.0),
        bar: 4,
    }
}
