//! The form of a piece: who plays from when on.

use super::{Grid, Part};

/// An introduction of accompaniment alone, then everybody, then the close on the last beat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Form {
    /// The beat with which everybody plays.
    pub(crate) theme: f64,
}

impl Form {
    /// The pick-up is the introduction, and a bar more where the clip is long; very short clips have none.
    pub(crate) fn of(grid: &Grid) -> Self {
        let (last, bar, pickup) = (grid.last_beat(), grid.bar(), grid.pickup());
        let theme = match last / bar {
            _ if last < 3 => 0,
            0 | 1 if pickup > 0 => pickup,
            0 | 1 => bar / 2,
            _ if pickup >= 2 => pickup,
            2 => pickup + bar / 2,
            _ => pickup + bar,
        };
        Self {
            theme: f64::from(theme),
        }
    }

    /// Whether a part plays on a beat. To a dance there are bass and drums at once.
    pub(crate) fn plays(&self, grid: &Grid, part: Part, beat: f64) -> bool {
        match part {
            Part::Pad | Part::Figure => true,
            Part::Lead => beat >= self.theme - 1e-6,
            Part::Bass | Part::Drums => beat >= self.theme - 1e-6 || grid.dances_on(beat),
        }
    }
}
