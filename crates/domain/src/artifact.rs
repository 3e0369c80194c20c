//! Stored results and where they lie.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::TaskId;

/// What a finished task can hand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArtifactKind {
    /// What the client gets.
    Video,
    /// The same without its watermark, for dialects that hand out both.
    Clean,
    Cover,
    LastFrame,
    /// Small, for lists.
    Thumbnail,
    /// Small frames of the whole clip in rows.
    Spritesheet,
}

impl ArtifactKind {
    pub const ALL: [Self; 6] = [
        Self::Video,
        Self::Clean,
        Self::Cover,
        Self::LastFrame,
        Self::Thumbnail,
        Self::Spritesheet,
    ];

    /// What every task makes.
    pub const USUAL: [Self; 3] = [Self::Video, Self::Cover, Self::LastFrame];

    pub fn file_name(self) -> &'static str {
        match self {
            Self::Video => "video.mp4",
            Self::Clean => "clean.mp4",
            Self::Thumbnail => "thumbnail.webp",
            Self::Spritesheet => "spritesheet.jpg",
            Self::Cover => "cover.jpg",
            Self::LastFrame => "last_frame.png",
        }
    }

    pub fn from_file_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.file_name() == name)
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Video | Self::Clean => "video/mp4",
            Self::Cover | Self::Spritesheet => "image/jpeg",
            Self::Thumbnail => "image/webp",
            Self::LastFrame => "image/png",
        }
    }
}

/// One stored result. The attempt is part of the name, so that a worker that lost its lease cannot
/// overwrite what the winner stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ArtifactRef {
    pub task: TaskId,
    pub attempt: u32,
    pub kind: ArtifactKind,
}

impl fmt::Display for ArtifactRef {
    /// `<task>/<attempt>/<file name>`: the tail of its link and of its object key.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}/{}", self.task, self.attempt, self.kind.file_name())
    }
}
