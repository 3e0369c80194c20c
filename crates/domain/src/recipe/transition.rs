use serde::{Deserialize, Serialize};

/// How one picture passes into the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    pub kind: TransitionKind,
    /// The frame that shows the earlier picture whole.
    pub from: u32,
    /// The frame that shows the later picture whole.
    pub to: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransitionKind {
    /// Each place moves to where it is in the next picture.
    Morph,
    /// A push into the subject comes out in the next picture.
    ZoomThrough,
    /// The view is flung over to the next picture.
    Whip,
    /// The brighter or the darker parts give way first.
    LumaReveal,
    /// What lies behind gives way first, the subject last.
    DepthReveal,
    /// Warm light sweeps over the frame and leaves the next picture behind.
    LightLeak,
    /// One picture fades while the next appears.
    Dissolve,
    /// From one frame to the next.
    Cut,
}

impl TransitionKind {
    pub const ALL: [Self; 8] = [
        Self::Morph,
        Self::ZoomThrough,
        Self::Whip,
        Self::LumaReveal,
        Self::DepthReveal,
        Self::LightLeak,
        Self::Dissolve,
        Self::Cut,
    ];
}
