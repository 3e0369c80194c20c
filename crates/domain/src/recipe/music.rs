use serde::{Deserialize, Serialize};

use crate::media::FRAME_RATE;

/// Seconds that the closing chord gets at least, or half of a clip that is shorter than twice as long.
const RING: f64 = 0.5;

/// The grid that movement and music share: beat 0 is the clip's first frame, and the tempo does not change.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beat {
    /// Beats per minute, 60 to 180.
    pub tempo: f32,
    /// Beats to a bar.
    pub bar: u32,
}

impl Beat {
    /// Seconds from one beat to the next. A tempo that is no number counts as 96, others are brought into 60 to 180.
    pub fn seconds(self) -> f64 {
        let tempo = if self.tempo.is_finite() { self.tempo } else { 96.0 };
        60.0 / f64::from(tempo.clamp(60.0, 180.0))
    }

    /// The last beat of a clip of so many frames: the last that leaves half a second to what sounds on it. The music
    /// closes there.
    pub fn last(self, frames: u32) -> u32 {
        let seconds = f64::from(frames) / f64::from(FRAME_RATE);
        let ring = RING.min(seconds / 2.0);
        ((seconds - ring) / self.seconds() + 1e-6).floor().max(0.0) as u32
    }
}

/// What the soundtrack should feel like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    Calm,
    Bright,
    Lively,
    Grand,
    Dark,
}

impl Mood {
    pub const ALL: [Self; 5] = [Self::Calm, Self::Bright, Self::Lively, Self::Grand, Self::Dark];
}

/// How the music is arranged: who plays, in which modes, with which groove and in which room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MusicStyle {
    /// A calm piano. Recipes from before there were styles have this one.
    #[default]
    Piano,
    /// Slow pads and bells.
    Ambient,
    /// Electric piano and a dusty, swinging beat.
    LoFi,
    /// Plucked guitars.
    Acoustic,
    /// Cinematic strings and large drums.
    Strings,
    /// Electronic, four on the floor.
    Dance,
    /// Syncopated bass, muted guitar and brass.
    Funk,
    /// Drones, a clock and dissonance.
    Tense,
}

impl MusicStyle {
    pub const ALL: [Self; 8] = [
        Self::Piano,
        Self::Ambient,
        Self::LoFi,
        Self::Acoustic,
        Self::Strings,
        Self::Dance,
        Self::Funk,
        Self::Tense,
    ];

    /// Beats a minute between which the style is itself.
    pub fn tempi(self) -> (f32, f32) {
        match self {
            Self::Piano => (66.0, 80.0),
            Self::Ambient => (60.0, 68.0),
            Self::LoFi => (78.0, 90.0),
            Self::Acoustic => (96.0, 110.0),
            Self::Strings => (82.0, 98.0),
            Self::Dance => (116.0, 132.0),
            Self::Funk => (100.0, 116.0),
            Self::Tense => (84.0, 108.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_beat_leaves_half_a_second() {
        let at = |tempo, frames| Beat { tempo, bar: 4 }.last(frames);
        assert_eq!(at(120.0, 120), 9);
        assert_eq!(at(60.0, 120), 4);
        assert_eq!(at(60.0, 24), 0);
        assert_eq!(at(120.0, 24), 1);
        assert_eq!(at(f32::NAN, 120), at(96.0, 120));
        assert_eq!(at(1e9, 120), at(180.0, 120));
        assert_eq!(at(120.0, 0), 0);
    }
}
