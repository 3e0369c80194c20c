//! A push into the subject of one picture that comes out in the next one, which settles from a slight
//! over-zoom.

use domain::media::{Frame, Size};

use super::{blur, dissolve::lay, framing::Framing};
use crate::camera::ease::smooth;

/// How far the push goes by the time of the change, and from where the next picture settles, as logarithms of the zoom.
const PUSH: f32 = 0.85;
const SETTLE: f32 = 0.42;
/// The change lies about the middle and takes this share of the time.
const CHANGE: f32 = 0.18;
/// For how much of a frame's time the shutter is open.
const SHUTTER: f32 = 0.9;

/// The subjects' middles, in pixels of the frame.
#[derive(Debug)]
pub(super) struct ZoomThrough {
    pub(super) centres: [(f32, f32); 2],
    /// Frames that it takes.
    pub(super) frames: f32,
}

impl ZoomThrough {
    /// `centres`: shares of width and height.
    pub(super) fn new(centres: [(f32, f32); 2], size: Size, frames: f32) -> Self {
        let inside = |at: f32| at.clamp(0.25, 0.75);
        Self {
            centres: centres.map(|(x, y)| (inside(x) * size.width as f32, inside(y) * size.height as f32)),
            frames,
        }
    }

    fn closer(time: f32) -> [f32; 2] {
        let going = (time / 0.5).min(1.2);
        let coming = ((1.0 - time) / 0.5).min(1.2);
        [PUSH * going.powi(3), SETTLE * coming.powi(3)]
    }

    /// How the two pictures are seen at `time`, 0 to 1.
    pub(super) fn framings(&self, time: f32) -> [Framing; 2] {
        let [going, coming] = Self::closer(time);
        [
            Framing {
                zoom: going.exp(),
                centre: self.centres[0],
            },
            Framing {
                zoom: coming.exp(),
                centre: self.centres[1],
            },
        ]
    }

    /// The later picture's share.
    pub(super) fn share(time: f32) -> f32 {
        smooth((time - 0.5) / CHANGE + 0.5)
    }

    /// `frame` holds the earlier picture and `over` the later one, as far as each is seen at all.
    pub(super) fn lay(&self, time: f32, over: &mut Frame, frame: &mut Frame) {
        let share = Self::share(time);
        if share >= 1.0 {
            std::mem::swap(frame, over);
        } else if share > 0.0 {
            lay(over, share, frame);
        }
        let step = 0.5 / self.frames;
        let (before, after) = (Self::closer(time - step), Self::closer(time + step));
        let speed = [(after[0] - before[0]).abs(), (after[1] - before[1]).abs()];
        let speed = speed[0] + (speed[1] - speed[0]) * share;
        let centre = |pick: fn(&(f32, f32)) -> f32| {
            pick(&self.centres[0]) + (pick(&self.centres[1]) - pick(&self.centres[0])) * share
        };
        let amount = 1.0 - (-speed * SHUTTER).exp();
        if amount > 0.004 {
            blur::towards(frame, over, (centre(|at| at.0), centre(|at| at.1)), amount);
        }
    }
}
