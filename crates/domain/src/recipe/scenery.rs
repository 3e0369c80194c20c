use serde::{Deserialize, Serialize};

/// Something in the picture itself, but not its subject, that moves or flickers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceneryMotion {
    pub kind: SceneryKind,
    pub from: u32,
    pub to: u32,
    /// 1 is a natural medium; 0 to 3.
    pub strength: f32,
    /// Where it goes or where the wind blows, in radians: 0 to the right, a quarter turn down.
    pub heading: f32,
    /// Whether the prompt named it: then the likeliest place is taken, else only a sure one.
    pub named: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SceneryKind {
    /// Waves and ripples.
    Water,
    /// Water that goes somewhere.
    Stream,
    Clouds,
    Smoke,
    Fire,
    /// Leaves and grass.
    Foliage,
    Hair,
    Cloth,
    /// Reflections on water.
    Shimmer,
    Stars,
    /// Lamps and windows.
    Lights,
}

impl SceneryKind {
    pub const ALL: [Self; 11] = [
        Self::Water,
        Self::Stream,
        Self::Clouds,
        Self::Smoke,
        Self::Fire,
        Self::Foliage,
        Self::Hair,
        Self::Cloth,
        Self::Shimmer,
        Self::Stars,
        Self::Lights,
    ];
}
