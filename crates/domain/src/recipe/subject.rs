use serde::{Deserialize, Serialize};

/// Something that the subject does.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectAction {
    pub kind: SubjectKind,
    pub from: u32,
    pub to: u32,
    /// 1 is a natural medium; 0 to 3.
    pub strength: f32,
    /// How often it is done within its stretch: "jumps twice", 1 to 100. The stretch is long enough for all of them
    /// at a natural speed or a little above it; none is left half done. Without a number the action goes on for the
    /// whole stretch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    Breathe,
    Sway,
    Bounce,
    Dance,
    Nod,
    ShakeHead,
    Jump,
    /// A turn about the upright axis and back, by as much as one picture can show.
    Spin,
    Float,
    Wiggle,
    Shiver,
    /// In place, with the world passing.
    Walk,
    Run,
    Fly,
    /// Waving to somebody.
    Wave,
    /// The head turns this way and that.
    LookRound,
}

impl SubjectKind {
    pub const ALL: [Self; 16] = [
        Self::Breathe,
        Self::Sway,
        Self::Bounce,
        Self::Dance,
        Self::Nod,
        Self::ShakeHead,
        Self::Jump,
        Self::Spin,
        Self::Float,
        Self::Wiggle,
        Self::Shiver,
        Self::Walk,
        Self::Run,
        Self::Fly,
        Self::Wave,
        Self::LookRound,
    ];
}
