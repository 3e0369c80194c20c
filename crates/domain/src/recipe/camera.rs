use serde::{Deserialize, Serialize};

/// One camera move.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CameraTrack {
    pub movement: CameraMove,
    /// First frame of the stretch.
    pub from: u32,
    /// First frame after it.
    pub to: u32,
    /// How far it goes: a share of the frame, 0 to 1; for a roll radians. Its meaning is the move's own.
    pub travel: f32,
    /// Direction within the frame in radians, 0 to the right, a quarter turn down, where the move has one.
    pub heading: f32,
    /// Where it aims: share of width and height, 0 to 1.
    pub target: (f32, f32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraMove {
    Static,
    /// The camera goes closer: the near grows more than the far.
    PushIn,
    PullOut,
    /// The lens alone: everything grows alike.
    ZoomIn,
    ZoomOut,
    Pan,
    Tilt,
    /// Sideways, with parallax.
    Truck,
    /// Up or down (a crane), with parallax.
    Pedestal,
    /// Round the subject (an orbit).
    Arc,
    Roll,
    /// The camera goes while the lens takes back what that does to the subject, which keeps its size: what lies
    /// behind it looms up or, heading to the left, recedes.
    DollyZoom,
    /// The unsteadiness of a hand: its travel is how far the view wanders.
    Handheld,
    /// A pan so fast that it blurs.
    Whip,
    /// Keeps the subject where it is in the frame.
    Follow,
    /// The focus moves from the near to the far or, heading to the left, from the far to the near. Its travel is
    /// the standard deviation of the blur as a share of the width.
    FocusPull,
}

impl CameraMove {
    pub const ALL: [Self; 16] = [
        Self::Static,
        Self::PushIn,
        Self::PullOut,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::Pan,
        Self::Tilt,
        Self::Truck,
        Self::Pedestal,
        Self::Arc,
        Self::Roll,
        Self::DollyZoom,
        Self::Handheld,
        Self::Whip,
        Self::Follow,
        Self::FocusPull,
    ];
}
