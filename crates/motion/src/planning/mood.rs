//! The clip's mood: what the prompt says of it, what is done in it, and what its light and colours are like.

use domain::recipe::{Look, Mood, SubjectAction, SubjectKind};

use super::{Brief, tones::Tones};
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
    brief.analysis.map_or(Mood::Calm, |picture| {
        of_light(picture.brightness, &Tones::of(&picture.palette))
    })
}

/// Darkness is calm where it is warm, grand where it has no colour, and else dark; light is bright with colours in it.
fn of_light(brightness: f32, tones: &Tones) -> Mood {
    match brightness {
        ..0.2 if tones.warmth > 0.06 => Mood::Calm,
        ..0.22 if tones.saturation < 0.3 => Mood::Grand,
        ..0.16 => Mood::Dark,
        0.42.. if tones.saturation > 0.3 => Mood::Bright,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_and_colour_have_a_mood() {
        let tones = |warmth, saturation| Tones { warmth, saturation };
        assert_eq!(of_light(0.12, &tones(0.1, 0.8)), Mood::Calm, "candles");
        assert_eq!(of_light(0.12, &tones(-0.05, 0.1)), Mood::Grand, "stars");
        assert_eq!(of_light(0.12, &tones(-0.1, 0.7)), Mood::Dark, "a blue cellar");
        assert_eq!(of_light(0.6, &tones(0.1, 0.5)), Mood::Bright, "a meadow");
        assert_eq!(of_light(0.6, &tones(0.0, 0.1)), Mood::Calm, "fog");
    }
}
