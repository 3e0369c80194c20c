//! Which way the camera goes: what the prompt says, else what suits the picture.

use std::f32::consts::{FRAC_PI_2, PI};

use domain::recipe::{CameraMove, CameraTrack, SubjectAction, SubjectKind};

use super::{Brief, dice};
use crate::prompt::CameraWord;

/// Moves that may run at once.
const MOST_AT_ONCE: usize = 2;
/// Parts of a timeline ("first ... then ...").
const MOST_PARTS: u32 = 4;

/// One move with the side to which it goes, in radians.
type Move = (CameraMove, f32);

pub(super) fn tracks(brief: &Brief<'_>, subject: &[SubjectAction]) -> Vec<CameraTrack> {
    let asked = asked(brief);
    if brief.times.len() > 1 {
        return between_keyframes(brief, &asked);
    }
    if asked.is_empty() {
        return own_choice(brief, subject);
    }
    let mut steps: Vec<u32> = asked.iter().map(|(_, step)| *step).collect();
    steps.dedup();
    steps.truncate(MOST_PARTS as usize);
    let count = steps.len() as u32;
    let mut tracks = Vec::new();
    for (part, step) in (0..).zip(&steps) {
        let (from, to) = brief.part(part, count);
        let together: Vec<Move> = asked
            .iter()
            .filter(|(_, at)| at == step)
            .map(|(chosen, _)| *chosen)
            .collect();
        let share = if together.len() > 1 { 0.75 } else { 1.0 } / (count as f32).sqrt();
        for chosen in together.into_iter().take(MOST_AT_ONCE) {
            tracks.push(track(brief, chosen, (from, to), share));
        }
    }
    tracks
}

/// The moves that the prompt asks for, each kind once per step; a static camera rules out all others.
fn asked(brief: &Brief<'_>) -> Vec<(Move, u32)> {
    let mut asked: Vec<(Move, u32)> = Vec::new();
    for (word, step) in &brief.wishes.camera {
        let chosen = meaning(*word, brief.wish.seed);
        if chosen.0 == CameraMove::Static {
            return vec![(chosen, 0)];
        }
        if !asked
            .iter()
            .any(|((movement, _), at)| *movement == chosen.0 && at == step)
        {
            asked.push((chosen, *step));
        }
    }
    asked
}

fn meaning(word: CameraWord, seed: u32) -> Move {
    let side = if dice::pick(seed, 40, 2) == 0 { 0.0 } else { PI };
    let up = if dice::pick(seed, 41, 2) == 0 {
        -FRAC_PI_2
    } else {
        FRAC_PI_2
    };
    match word {
        CameraWord::PushIn => (CameraMove::PushIn, 0.0),
        CameraWord::PullOut => (CameraMove::PullOut, 0.0),
        CameraWord::PanLeft => (CameraMove::Pan, PI),
        CameraWord::PanRight => (CameraMove::Pan, 0.0),
        CameraWord::Pan => (CameraMove::Pan, side),
        CameraWord::TiltUp => (CameraMove::Tilt, -FRAC_PI_2),
        CameraWord::TiltDown => (CameraMove::Tilt, FRAC_PI_2),
        CameraWord::Tilt => (CameraMove::Tilt, up),
        CameraWord::TruckLeft => (CameraMove::Truck, PI),
        CameraWord::TruckRight => (CameraMove::Truck, 0.0),
        CameraWord::Truck => (CameraMove::Truck, side),
        CameraWord::PedestalUp => (CameraMove::Pedestal, -FRAC_PI_2),
        CameraWord::PedestalDown => (CameraMove::Pedestal, FRAC_PI_2),
        CameraWord::Pedestal => (CameraMove::Pedestal, -FRAC_PI_2),
        CameraWord::ArcLeft => (CameraMove::Arc, PI),
        CameraWord::ArcRight => (CameraMove::Arc, 0.0),
        CameraWord::Arc => (CameraMove::Arc, side),
        CameraWord::RollLeft => (CameraMove::Roll, PI),
        CameraWord::RollRight => (CameraMove::Roll, 0.0),
        CameraWord::Roll => (CameraMove::Roll, side),
        CameraWord::Static | CameraWord::Any => (CameraMove::Static, 0.0),
    }
}

/// No word about the camera: a gentle move that suits the picture, another one for another seed.
fn own_choice(brief: &Brief<'_>, subject: &[SubjectAction]) -> Vec<CameraTrack> {
    let seed = brief.wish.seed;
    let size = brief.wish.size;
    let ratio = size.width as f32 / size.height as f32;
    let side = if dice::pick(seed, 50, 2) == 0 { 0.0 } else { PI };
    let mut choices: Vec<Move> = vec![
        (CameraMove::PushIn, 0.0),
        (CameraMove::PushIn, 0.0),
        (CameraMove::Arc, side),
        (CameraMove::Arc, side),
        (CameraMove::Truck, side),
        (CameraMove::PullOut, 0.0),
    ];
    if ratio > 2.0 {
        choices.extend([(CameraMove::Pan, side); 4]);
    } else if ratio < 0.5 {
        choices.extend([(CameraMove::Tilt, -FRAC_PI_2); 4]);
    } else {
        choices.push((CameraMove::Pedestal, -FRAC_PI_2));
    }
    let performs = |action: &SubjectAction| matches!(action.kind, SubjectKind::Dance | SubjectKind::Bounce);
    let performing = subject.iter().any(performs);
    if performing {
        // Somebody performs: the camera keeps nearly still and looks.
        choices = vec![
            (CameraMove::PushIn, 0.0),
            (CameraMove::PushIn, 0.0),
            (CameraMove::Arc, side),
        ];
    }
    choices.retain(|(movement, _)| !is_unwanted(brief, *movement));
    let index = dice::pick(seed, 51, choices.len() as u32) as usize;
    let chosen = choices.get(index).copied().unwrap_or((CameraMove::Static, 0.0));
    let share = if performing { 0.3 } else { 0.9 };
    vec![track(brief, chosen, (0, brief.wish.frames), share)]
}

fn is_unwanted(brief: &Brief<'_>, movement: CameraMove) -> bool {
    let zooms = [CameraMove::PushIn, CameraMove::PullOut, CameraMove::Arc];
    brief.wishes.camera_unwanted.iter().any(|word| {
        let (unwanted, _) = meaning(*word, 0);
        unwanted == movement || (zooms.contains(&unwanted) && zooms.contains(&movement))
    })
}

/// A track for each stretch, with moves that carry on from one picture to the next.
fn between_keyframes(brief: &Brief<'_>, asked: &[(Move, u32)]) -> Vec<CameraTrack> {
    let mut tracks = Vec::new();
    for (number, pair) in (0_u32..).zip(brief.times.windows(2)) {
        let &[from, to] = pair else { continue };
        let side = if dice::pick(brief.wish.seed, 60 + number, 2) == 0 {
            0.0
        } else {
            PI
        };
        let choices = [
            (CameraMove::PushIn, 0.0),
            (CameraMove::Pan, side),
            (CameraMove::PushIn, 0.0),
            (CameraMove::Arc, side),
        ];
        let start = dice::pick(brief.wish.seed, 59, choices.len() as u32);
        let own = choices.get(((start + number) % 4) as usize).copied();
        let at = (number as usize).min(asked.len().saturating_sub(1));
        let chosen = asked.get(at).map(|(chosen, _)| *chosen).or(own);
        // Half of each picture's way lies under the other one, and is to be seen all the same.
        let length = (to - from) as f32 / brief.wish.frames.max(1) as f32;
        let mut track = track(
            brief,
            chosen.unwrap_or((CameraMove::Static, 0.0)),
            (from, to + 1),
            length.sqrt(),
        );
        track.target = (0.5, 0.5);
        tracks.push(track);
    }
    tracks
}

/// The natural medium of each move over five seconds.
fn natural(movement: CameraMove) -> f32 {
    match movement {
        CameraMove::Static => 0.0,
        CameraMove::PushIn | CameraMove::ZoomIn | CameraMove::DollyZoom => 0.22,
        CameraMove::PullOut | CameraMove::ZoomOut => 0.28,
        CameraMove::Pan | CameraMove::Tilt => 0.11,
        CameraMove::Whip => 0.22,
        CameraMove::Handheld => 0.005,
        CameraMove::Follow => 0.05,
        CameraMove::FocusPull => 0.0075,
        CameraMove::Truck => 0.045,
        CameraMove::Pedestal => 0.055,
        CameraMove::Arc => 0.055,
        CameraMove::Roll => 0.09,
    }
}

fn track(brief: &Brief<'_>, (movement, heading): Move, (from, to): (u32, u32), share: f32) -> CameraTrack {
    let pace = match brief.wishes.speed {
        ..0 => 0.8,
        0 => 1.0,
        1.. => 1.25,
    };
    let length = (brief.seconds() / 5.0).powf(0.7).clamp(0.35, 1.5);
    let chance = 1.0 + 0.1 * dice::spread(brief.wish.seed, 70);
    let travel = natural(movement) * brief.gain() * pace * length * chance * share;
    // Above the middle of the subject: there is its face.
    let aim = brief.analysis.as_ref().map_or((0.5, 0.5), |analysis| {
        let subject = &analysis.subject;
        (subject.centre.0, 0.65 * subject.centre.1 + 0.35 * subject.top)
    });
    CameraTrack {
        movement,
        from,
        to,
        travel: travel.clamp(0.0, 0.6),
        heading,
        target: (aim.0.clamp(0.25, 0.75), aim.1.clamp(0.25, 0.75)),
    }
}
