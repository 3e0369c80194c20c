//! When something that happens in a clip is there, and how much.

use domain::media::FRAME_RATE;

use crate::camera::ease::smooth;

/// Frames over which something comes or goes.
const EASE: f32 = 0.6 * FRAME_RATE as f32;

/// The clip's frames, as far as they bind what happens in it: the first frame is the given picture, and so is the
/// last one if there are several pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timing {
    pub(crate) frames: u32,
    pub(crate) ends_at_rest: bool,
}

impl Timing {
    /// How much of what lasts from frame `from` to `to` (the first frame after it) is there at `frame`: 0 to 1, eased,
    /// 0 wherever a given picture is shown.
    pub(crate) fn presence(self, from: u32, to: u32, frame: f32) -> f32 {
        self.presence_over(from, to, frame, (EASE, EASE))
    }

    /// As `presence`, with as many frames to come and to go as `ease` says.
    pub(crate) fn presence_over(self, from: u32, to: u32, frame: f32, ease: (f32, f32)) -> f32 {
        let last = self.frames.saturating_sub(1);
        let coming = smooth((frame - from as f32) / ease.0.max(1.0));
        // What lasts to the clip's end has no end of its own.
        let ends = if !self.rests_after(to) {
            return coming;
        } else {
            to.min(last) as f32
        };
        coming.min(smooth((ends - frame) / ease.1.max(1.0)))
    }

    /// What lasts to frame `to` comes to an end within the clip.
    pub(crate) fn rests_after(self, to: u32) -> bool {
        self.ends_at_rest || to < self.frames
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_pictures_are_shown_as_they_are() {
        let one = Timing {
            frames: 120,
            ends_at_rest: false,
        };
        let two = Timing {
            frames: 120,
            ends_at_rest: true,
        };
        assert_eq!(one.presence(0, 120, 0.0), 0.0);
        assert_eq!(one.presence(0, 120, 119.0), 1.0);
        assert_eq!(two.presence(0, 120, 119.0), 0.0);
        assert_eq!(two.presence(0, 120, 60.0), 1.0);
        assert_eq!(one.presence(40, 80, 39.0), 0.0);
        assert_eq!(one.presence(40, 80, 60.0), 1.0);
        assert_eq!(one.presence(40, 80, 80.0), 0.0);
    }
}
