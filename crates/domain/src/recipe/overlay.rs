use serde::{Deserialize, Serialize};

/// Something drawn that was not in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    pub kind: OverlayKind,
    pub from: u32,
    pub to: u32,
    /// 1 is a natural medium; 0 to 3.
    pub amount: f32,
    /// Where the wind blows, in radians: 0 to the right, a quarter turn down.
    pub wind: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverlayKind {
    Rain,
    Snow,
    Petals,
    Leaves,
    Dust,
    Fog,
    Fireflies,
    Sparkles,
    Bubbles,
    Embers,
    Confetti,
    LightRays,
    LensFlare,
    Bokeh,
    Lightning,
    FilmGrain,
    /// From the upper part of the subject.
    Steam,
}

impl OverlayKind {
    pub const ALL: [Self; 17] = [
        Self::Rain,
        Self::Snow,
        Self::Petals,
        Self::Leaves,
        Self::Dust,
        Self::Fog,
        Self::Fireflies,
        Self::Sparkles,
        Self::Bubbles,
        Self::Embers,
        Self::Confetti,
        Self::LightRays,
        Self::LensFlare,
        Self::Bokeh,
        Self::Lightning,
        Self::FilmGrain,
        Self::Steam,
    ];
}
