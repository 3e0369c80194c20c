//! A task's life. The diagram is `docs/states.md`.

use serde::{Deserialize, Serialize};

use crate::{artifact::ArtifactKind, failure::Failure, media::Size, recipe::Recipe, time::Timestamp};

/// Frames done of frames to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    pub done: u32,
    pub total: u32,
}

impl Progress {
    /// 0 to 100, rounded down.
    pub fn percent(self) -> u32 {
        if self.total == 0 {
            0
        } else {
            (u64::from(self.done.min(self.total)) * 100 / u64::from(self.total)) as u32
        }
    }
}

/// What a finished task has to show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// The attempt that made it; part of every artifact's name.
    pub attempt: u32,
    pub size: Size,
    pub frames: u32,
    /// Length of `video.mp4`.
    pub bytes: u64,
    pub artifacts: Vec<ArtifactKind>,
    /// Wall time that fetching the pictures took.
    pub fetch_ms: u64,
    /// Wall time that rendering and encoding took.
    pub render_ms: u64,
    pub recipe: Option<Recipe>,
}

/// Where a task stands. A video exists only in `Succeeded`, a failure only in `Failed`; the last three are
/// final.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a task that succeeded carries its recipe, and few tasks are held at once"
)]
pub enum TaskState {
    Queued {
        /// Not claimed before: the back-off after a failed attempt.
        not_before: Timestamp,
    },
    Running {
        attempt: u32,
        started_at: Timestamp,
        progress: Progress,
    },
    Succeeded {
        finished_at: Timestamp,
        output: Output,
        /// Its files are gone; the task still succeeded.
        artifacts_expired: bool,
    },
    Failed {
        finished_at: Timestamp,
        failure: Failure,
    },
    Cancelled {
        finished_at: Timestamp,
    },
}

/// The states without their data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

impl StateName {
    pub const ALL: [Self; 5] = [
        Self::Queued,
        Self::Running,
        Self::Succeeded,
        Self::Failed,
        Self::Cancelled,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    pub fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }

    /// Every step that a task may take. Running to queued is a retry, a lost lease or a shutdown.
    pub fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Queued, Self::Running | Self::Failed | Self::Cancelled)
                | (
                    Self::Running,
                    Self::Queued | Self::Succeeded | Self::Failed | Self::Cancelled
                )
        )
    }
}

impl TaskState {
    pub fn name(&self) -> StateName {
        match self {
            Self::Queued { .. } => StateName::Queued,
            Self::Running { .. } => StateName::Running,
            Self::Succeeded { .. } => StateName::Succeeded,
            Self::Failed { .. } => StateName::Failed,
            Self::Cancelled { .. } => StateName::Cancelled,
        }
    }

    pub fn finished_at(&self) -> Option<Timestamp> {
        match self {
            Self::Queued { .. } | Self::Running { .. } => None,
            Self::Succeeded { finished_at, .. }
            | Self::Failed { finished_at, .. }
            | Self::Cancelled { finished_at } => Some(*finished_at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::StateName::{self, Cancelled, Failed, Queued, Running, Succeeded};

    #[test]
    fn every_pair_of_states_is_decided() {
        let allowed = [
            (Queued, Running),
            (Queued, Failed),
            (Queued, Cancelled),
            (Running, Queued),
            (Running, Succeeded),
            (Running, Failed),
            (Running, Cancelled),
        ];
        for from in StateName::ALL {
            for to in StateName::ALL {
                assert_eq!(from.may_become(to), allowed.contains(&(from, to)), "{from:?} to {to:?}");
                assert!(!(from.is_final() && from.may_become(to)), "{from:?} is final");
            }
        }
    }
}
