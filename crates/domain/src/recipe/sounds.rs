use serde::{Deserialize, Serialize};

/// Something that is heard because the clip shows it or the prompt names it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoundSource {
    pub kind: SoundKind,
    /// Frame with which it begins; of a stroke, the frame of the stroke itself.
    pub from: u32,
    pub to: u32,
    /// 1 is a natural medium; 0 to 3.
    pub level: f32,
    /// Where it is in the frame: share of the width, 0 left to 1 right.
    pub place: f32,
    /// How wide it is: share of the width, 0 a point to 1 all round.
    pub width: f32,
    /// Frames from one stroke to the next, at least 1, for what strikes again and again until `to`: footsteps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<f32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SoundKind {
    Rain,
    Wind,
    /// Surf.
    Sea,
    /// Running water.
    Stream,
    Birds,
    /// Insects of the night.
    Insects,
    Fire,
    /// Traffic far and near.
    City,
    /// Many voices.
    Crowd,
    /// A single clap that rolls away.
    Thunder,
    Footsteps,
    /// Something that flies past: the view itself, mostly. It is loudest in the middle of its stretch.
    Whoosh,
    /// Air in a quiet room.
    RoomTone,
}

impl SoundKind {
    pub const ALL: [Self; 13] = [
        Self::Rain,
        Self::Wind,
        Self::Sea,
        Self::Stream,
        Self::Birds,
        Self::Insects,
        Self::Fire,
        Self::City,
        Self::Crowd,
        Self::Thunder,
        Self::Footsteps,
        Self::Whoosh,
        Self::RoomTone,
    ];
}
