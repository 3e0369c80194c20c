//! Which camera move a word asks for, and how far each move goes.

use std::f32::consts::{FRAC_PI_2, PI};

use domain::recipe::CameraMove;

use super::dice;
use crate::prompt::CameraWord;

/// One move with the side to which it goes, in radians, and its share of the natural way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Move {
    pub(super) movement: CameraMove,
    pub(super) heading: f32,
    pub(super) share: f32,
}

impl Move {
    pub(super) const STATIC: Self = Self::new(CameraMove::Static, 0.0);

    pub(super) const fn new(movement: CameraMove, heading: f32) -> Self {
        Self {
            movement,
            heading,
            share: 1.0,
        }
    }
}

/// The moves of `word`; `heading`, if the prompt says where to, rules over its own. None for the camera as such.
pub(super) fn moves(word: CameraWord, heading: Option<f32>, seed: u32) -> Vec<Move> {
    if word == CameraWord::FlyThrough {
        let climb = Move {
            share: 0.35,
            ..Move::new(CameraMove::Pedestal, -FRAC_PI_2)
        };
        return vec![Move::new(CameraMove::PushIn, 0.0), climb];
    }
    let Some((movement, own)) = single(word, seed) else {
        // "the camera goes to the left"
        return heading
            .map(|heading| sideways(CameraMove::Truck, heading))
            .into_iter()
            .collect();
    };
    vec![sideways(movement, heading.unwrap_or(own))]
}

fn single(word: CameraWord, seed: u32) -> Option<(CameraMove, f32)> {
    let side = if dice::pick(seed, 40, 2) == 0 { 0.0 } else { PI };
    let up = if dice::pick(seed, 41, 2) == 0 {
        -FRAC_PI_2
    } else {
        FRAC_PI_2
    };
    Some(match word {
        CameraWord::PushIn | CameraWord::FlyThrough => (CameraMove::PushIn, 0.0),
        CameraWord::PullOut => (CameraMove::PullOut, 0.0),
        CameraWord::ZoomIn => (CameraMove::ZoomIn, 0.0),
        CameraWord::ZoomOut => (CameraMove::ZoomOut, 0.0),
        CameraWord::PanLeft => (CameraMove::Pan, PI),
        CameraWord::PanRight => (CameraMove::Pan, 0.0),
        CameraWord::Pan => (CameraMove::Pan, side),
        CameraWord::TiltUp => (CameraMove::Tilt, -FRAC_PI_2),
        CameraWord::TiltDown => (CameraMove::Tilt, FRAC_PI_2),
        CameraWord::Tilt => (CameraMove::Tilt, up),
        CameraWord::TruckLeft => (CameraMove::Truck, PI),
        CameraWord::TruckRight => (CameraMove::Truck, 0.0),
        CameraWord::Truck => (CameraMove::Truck, side),
        CameraWord::PedestalUp | CameraWord::Pedestal => (CameraMove::Pedestal, -FRAC_PI_2),
        CameraWord::PedestalDown => (CameraMove::Pedestal, FRAC_PI_2),
        CameraWord::ArcLeft => (CameraMove::Arc, PI),
        CameraWord::ArcRight => (CameraMove::Arc, 0.0),
        CameraWord::Arc => (CameraMove::Arc, side),
        CameraWord::RollLeft => (CameraMove::Roll, PI),
        CameraWord::RollRight => (CameraMove::Roll, 0.0),
        CameraWord::Roll => (CameraMove::Roll, side),
        CameraWord::DollyZoom => (CameraMove::DollyZoom, 0.0),
        CameraWord::Handheld => (CameraMove::Handheld, 0.0),
        CameraWord::WhipLeft => (CameraMove::Whip, PI),
        CameraWord::WhipRight => (CameraMove::Whip, 0.0),
        CameraWord::Whip => (CameraMove::Whip, side),
        CameraWord::Follow => (CameraMove::Follow, 0.0),
        CameraWord::FocusPull => (CameraMove::FocusPull, 0.0),
        CameraWord::Static => (CameraMove::Static, 0.0),
        CameraWord::Any => return None,
    })
}

/// A sideways move that is told to go up or down is its upright sister, and the other way round.
fn sideways(movement: CameraMove, heading: f32) -> Move {
    let is_upright = heading.sin().abs() > 0.7;
    let movement = match (movement, is_upright) {
        (CameraMove::Pan, true) => CameraMove::Tilt,
        (CameraMove::Tilt, false) => CameraMove::Pan,
        (CameraMove::Truck, true) => CameraMove::Pedestal,
        (CameraMove::Pedestal, false) => CameraMove::Truck,
        (movement, _) => movement,
    };
    Move::new(movement, heading)
}

/// The natural medium of each move over five seconds.
pub(super) fn natural(movement: CameraMove) -> f32 {
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
        CameraMove::Pedestal | CameraMove::Arc => 0.055,
        CameraMove::Roll => 0.09,
    }
}
