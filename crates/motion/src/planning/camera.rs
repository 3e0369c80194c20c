//! Which way the camera goes: what the prompt says, else what suits the picture.

use std::f32::consts::{FRAC_PI_2, PI};

use domain::recipe::{CameraMove, CameraTrack};

use super::{
    Brief, dice,
    moves::{Move, moves, natural},
};
use crate::prompt::{CameraWord, TimeWord, Wanted, What};

/// Words of the camera that may hold at once.
const MOST_AT_ONCE: usize = 2;

/// What else happens in the clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Busy {
    /// Somebody performs.
    pub(super) performing: bool,
    /// There is much to see.
    pub(super) lively: bool,
}

/// One word of the prompt with its moves and the frames that it has.
struct Asked<'w> {
    wanted: &'w Wanted,
    moves: Vec<Move>,
    part: (u32, u32),
}

pub(super) fn tracks(brief: &Brief<'_>, busy: Busy, dropped: &mut Vec<usize>) -> Vec<CameraTrack> {
    let asked = asked(brief, dropped);
    if brief.times.len() > 1 {
        return between_keyframes(brief, &asked);
    }
    if asked.is_empty() {
        return own_choice(brief, busy);
    }
    let mut parts: Vec<(u32, u32)> = asked.iter().map(|asked| asked.part).collect();
    parts.sort_unstable();
    parts.dedup();
    let mut tracks = Vec::new();
    for part in parts {
        let together: Vec<&Asked<'_>> = asked.iter().filter(|asked| asked.part == part).collect();
        let length = (part.1 - part.0) as f32 / brief.wish.frames.max(1) as f32;
        let share = if together.len() > 1 { 0.75 } else { 1.0 } * length.sqrt();
        for asked in together {
            let own = brief.strength(asked.wanted) * pace(brief.speed(asked.wanted));
            let moves = asked.moves.iter();
            tracks.extend(moves.map(|chosen| track(brief, *chosen, part, share * own)));
        }
    }
    tracks
}

/// The moves that the prompt asks for, each kind once per part; a static camera rules out all others of its part.
fn asked<'b>(brief: &'b Brief<'_>, dropped: &mut Vec<usize>) -> Vec<Asked<'b>> {
    let mut all: Vec<Asked<'b>> = Vec::new();
    for wanted in &brief.wishes.wanted {
        let What::Camera(word) = wanted.what else { continue };
        let moves = moves(word, wanted.heading, brief.wish.seed);
        if moves.is_empty() {
            continue;
        }
        match brief.part(wanted) {
            Some(part) => all.push(Asked { wanted, moves, part }),
            None => dropped.push(wanted.said),
        }
    }
    let stays = |asked: &Asked<'_>| asked.wanted.what == What::Camera(CameraWord::Static);
    let still: Vec<(u32, u32)> = all
        .iter()
        .filter(|asked| stays(asked))
        .map(|asked| asked.part)
        .collect();
    let mut kept: Vec<Asked<'b>> = Vec::new();
    for asked in all {
        let others: Vec<&Asked<'_>> = kept.iter().filter(|other| other.part == asked.part).collect();
        let movement = |asked: &Asked<'_>| asked.moves.first().map(|chosen| chosen.movement);
        if others.iter().any(|other| movement(other) == movement(&asked)) {
            continue;
        }
        if others.len() >= MOST_AT_ONCE || (!stays(&asked) && still.contains(&asked.part)) {
            dropped.push(asked.wanted.said);
        } else {
            kept.push(asked);
        }
    }
    kept
}

/// No word about the camera: a gentle move that suits the picture, another one for another seed.
fn own_choice(brief: &Brief<'_>, busy: Busy) -> Vec<CameraTrack> {
    let seed = brief.wish.seed;
    let size = brief.wish.size;
    let ratio = size.width as f32 / size.height as f32;
    let side = if dice::pick(seed, 50, 2) == 0 { 0.0 } else { PI };
    let push = Move::new(CameraMove::PushIn, 0.0);
    let arc = Move::new(CameraMove::Arc, side);
    let mut choices = if busy.performing {
        // Somebody performs: the camera keeps nearly still and looks.
        vec![push, push, arc]
    } else {
        let truck = Move::new(CameraMove::Truck, side);
        vec![push, push, arc, arc, truck, Move::new(CameraMove::PullOut, 0.0)]
    };
    if !busy.performing {
        if ratio > 2.0 {
            choices.extend([Move::new(CameraMove::Pan, side); 4]);
        } else if ratio < 0.5 {
            choices.extend([Move::new(CameraMove::Tilt, -FRAC_PI_2); 4]);
        } else {
            choices.push(Move::new(CameraMove::Pedestal, -FRAC_PI_2));
        }
    }
    choices.retain(|chosen| !is_unwanted(brief, chosen.movement));
    let index = dice::pick(seed, 51, choices.len() as u32) as usize;
    let chosen = choices.get(index).copied().unwrap_or(Move::STATIC);
    let share = match (busy.performing, busy.lively) {
        (true, _) => 0.3,
        (false, true) => 0.65,
        (false, false) => 0.9,
    };
    let calm = if brief.wishes.time == Some(TimeWord::Timelapse) {
        0.7
    } else {
        1.0
    };
    let speed = brief.wishes.camera.or(brief.wishes.all).speed;
    let whole = (0, brief.wish.frames);
    vec![track(brief, chosen, whole, share * calm * brief.gain() * pace(speed))]
}

fn is_unwanted(brief: &Brief<'_>, movement: CameraMove) -> bool {
    let nearing = [
        CameraMove::PushIn,
        CameraMove::PullOut,
        CameraMove::ZoomIn,
        CameraMove::ZoomOut,
        CameraMove::Arc,
    ];
    let unwanted = brief.wishes.unwanted.iter().filter_map(|what| match what {
        What::Camera(word) => moves(*word, None, 0).first().map(|chosen| chosen.movement),
        _ => None,
    });
    unwanted
        .into_iter()
        .any(|unwanted| unwanted == movement || (nearing.contains(&unwanted) && nearing.contains(&movement)))
}

/// A track for each stretch, with moves that carry on from one picture to the next.
fn between_keyframes(brief: &Brief<'_>, asked: &[Asked<'_>]) -> Vec<CameraTrack> {
    let mut tracks = Vec::new();
    for (number, pair) in (0_u32..).zip(brief.times.windows(2)) {
        let &[from, to] = pair else { continue };
        let side = if dice::pick(brief.wish.seed, 60 + number, 2) == 0 {
            0.0
        } else {
            PI
        };
        let choices = [
            Move::new(CameraMove::PushIn, 0.0),
            Move::new(CameraMove::Pan, side),
            Move::new(CameraMove::PushIn, 0.0),
            Move::new(CameraMove::Arc, side),
        ];
        let start = dice::pick(brief.wish.seed, 59, choices.len() as u32);
        let own = choices
            .get(((start + number) % 4) as usize)
            .copied()
            .unwrap_or(Move::STATIC);
        let (chosen, strength) = asked_of(brief, asked, number as usize, (from, to)).unwrap_or((own, brief.gain()));
        // Half of each picture's way lies under the other one, and is to be seen all the same.
        let length = (to - from) as f32 / brief.wish.frames.max(1) as f32;
        let mut track = track(brief, chosen, (from, to + 1), length.sqrt() * strength);
        track.target = (0.5, 0.5);
        tracks.push(track);
    }
    tracks
}

/// The move that the prompt asks for in a stretch, and how strongly. Where pictures are evenly spaced, one move after the
/// other has a stretch of its own, and the last goes on; else those of a stretch that are said of its time.
fn asked_of(brief: &Brief<'_>, asked: &[Asked<'_>], number: usize, (from, to): (u32, u32)) -> Option<(Move, f32)> {
    let middle = from.midpoint(to);
    let asked = if brief.wish.spans.is_empty() {
        asked.get(number.min(asked.len().saturating_sub(1)))
    } else {
        asked
            .iter()
            .rfind(|asked| (asked.part.0..asked.part.1).contains(&middle))
    }?;
    let strength = brief.strength(asked.wanted) * pace(brief.speed(asked.wanted));
    asked.moves.first().map(|chosen| (*chosen, strength))
}

/// How much further a faster move goes.
fn pace(speed: i32) -> f32 {
    match speed {
        ..0 => 0.8,
        0 => 1.0,
        1.. => 1.25,
    }
}

fn track(brief: &Brief<'_>, chosen: Move, (from, to): (u32, u32), strength: f32) -> CameraTrack {
    let length = (brief.seconds() / 5.0).powf(0.7).clamp(0.35, 1.5);
    let chance = 1.0 + 0.1 * dice::spread(brief.wish.seed, 70);
    let travel = natural(chosen.movement) * length * chance * chosen.share * strength;
    // Above the middle of the subject: there is its face.
    let aim = brief.analysis.as_ref().map_or((0.5, 0.5), |analysis| {
        let subject = &analysis.subject;
        (subject.centre.0, 0.65 * subject.centre.1 + 0.35 * subject.top)
    });
    CameraTrack {
        movement: chosen.movement,
        from,
        to,
        travel: travel.clamp(0.0, 0.6),
        heading: chosen.heading,
        target: (aim.0.clamp(0.25, 0.75), aim.1.clamp(0.25, 0.75)),
    }
}
