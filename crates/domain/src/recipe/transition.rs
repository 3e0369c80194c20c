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
    /// One picture fades while the next appears.
    Dissolve,
}

impl TransitionKind {
    pub const ALL: [Self; 2] = [Self::Morph, Self::Dissolve];
}
