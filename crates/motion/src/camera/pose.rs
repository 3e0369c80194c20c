//! Where the camera is at one moment.

/// The camera at one moment, as a backward warp of the picture. Lengths are in pixels of the frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pose {
    /// The point about which zoom, dolly and roll turn.
    pub(crate) target: (f32, f32),
    /// At least 1 where nothing else keeps the view inside the picture.
    pub(crate) zoom: f32,
    /// Things at depth 1 grow by this share more than things at depth 0.
    pub(crate) dolly: f32,
    /// How far the view moves over the picture.
    pub(crate) shift: (f32, f32),
    /// How far things at depth 1 move against things at depth 0, opposite to the camera.
    pub(crate) parallax: (f32, f32),
    /// The depth that stays where it is while the camera moves sideways.
    pub(crate) pivot: f32,
    /// Radians, clockwise as the picture turns.
    pub(crate) roll: f32,
}

/// Steps of the fixed point `p = q + shift(depth(p))`. The depth's slope is bounded so that each step takes
/// away about half of the error or more.
const STEPS: usize = 8;
/// Pixels. A step that moves less than this is the last: the next would move less than half of it.
const CLOSE_ENOUGH: f32 = 0.004;

impl Pose {
    /// The picture as it is.
    pub(crate) fn rest(target: (f32, f32)) -> Self {
        Self {
            target,
            zoom: 1.0,
            dolly: 0.0,
            shift: (0.0, 0.0),
            parallax: (0.0, 0.0),
            pivot: 0.5,
            roll: 0.0,
        }
    }

    /// Everything grows `zoom` times, about `centre`.
    pub(crate) fn zoom_about(&mut self, centre: (f32, f32), zoom: f32) {
        let slack = (1.0 - 1.0 / zoom) / self.zoom;
        self.shift.0 += (centre.0 - self.target.0) * slack;
        self.shift.1 += (centre.1 - self.target.1) * slack;
        self.zoom *= zoom;
    }

    /// Things at depth 1 grow by the share `amount` more than things at depth 0, about `centre`.
    pub(crate) fn dolly_about(&mut self, centre: (f32, f32), amount: f32) {
        let way = ((centre.0 - self.target.0) * amount, (centre.1 - self.target.1) * amount);
        self.parallax.0 += way.0;
        self.parallax.1 += way.1;
        self.shift.0 += way.0 * self.pivot;
        self.shift.1 += way.1 * self.pivot;
        self.dolly += amount;
    }

    /// Whether the picture's depth matters.
    pub(crate) fn is_flat(&self) -> bool {
        self.dolly == 0.0 && self.parallax == (0.0, 0.0)
    }

    /// The picture position that frame position `at` shows, for a depth of `depth(position)`, 0 far to 1
    /// near.
    pub(crate) fn source(&self, at: (f32, f32), depth: impl Fn((f32, f32)) -> f32) -> (f32, f32) {
        let (x, y) = (at.0 - self.target.0, at.1 - self.target.1);
        let (x, y) = if self.roll == 0.0 {
            (x, y)
        } else {
            let (sine, cosine) = self.roll.sin_cos();
            (cosine * x + sine * y, cosine * y - sine * x)
        };
        let (x, y) = (x / self.zoom, y / self.zoom);
        let origin = (self.target.0 + self.shift.0, self.target.1 + self.shift.1);
        let mut position = (origin.0 + x, origin.1 + y);
        if self.is_flat() {
            return position;
        }
        for _ in 0..STEPS {
            let depth = depth(position);
            let scale = 1.0 / (1.0 + self.dolly * depth);
            let near = depth - self.pivot;
            let next = (
                origin.0 + x * scale + self.parallax.0 * near,
                origin.1 + y * scale + self.parallax.1 * near,
            );
            let moved = (next.0 - position.0).abs().max((next.1 - position.1).abs());
            position = next;
            if moved < CLOSE_ENOUGH {
                break;
            }
        }
        position
    }

    /// The largest change of position, in pixels along x and y, that a change of depth by 1 makes anywhere
    /// in a frame of this size.
    pub(crate) fn reach(&self, width: f32, height: f32) -> (f32, f32) {
        let far_x = self.target.0.max(width - self.target.0);
        let far_y = self.target.1.max(height - self.target.1);
        // Where the near shrinks, its scale changes the more with depth the nearer it is.
        let dolly = self.dolly.abs() / (1.0 + self.dolly.min(0.0)).max(0.2).powi(2);
        (
            self.parallax.0.abs() + dolly * far_x,
            self.parallax.1.abs() + dolly * far_y,
        )
    }
}
