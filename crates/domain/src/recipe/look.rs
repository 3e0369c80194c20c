use serde::{Deserialize, Serialize};

/// A change of colour and light over the whole frame.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    pub look: Look,
    pub from: u32,
    pub to: u32,
    /// 1 is a natural medium; 0 to 2.
    pub strength: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    Sunset,
    Sunrise,
    GoldenHour,
    Night,
    Dreamy,
    Vintage,
    BlackAndWhite,
    Cinematic,
    Horror,
    Underwater,
    Cyberpunk,
}

impl Look {
    pub const ALL: [Self; 11] = [
        Self::Sunset,
        Self::Sunrise,
        Self::GoldenHour,
        Self::Night,
        Self::Dreamy,
        Self::Vintage,
        Self::BlackAndWhite,
        Self::Cinematic,
        Self::Horror,
        Self::Underwater,
        Self::Cyberpunk,
    ];
}
