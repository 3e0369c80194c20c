//! Flat things that turn over in the air: how their two sides lie in the frame and how they catch the light.

/// Of length 1: from the upper left, somewhat in front.
const LIGHT: [f32; 3] = [-0.42, -0.66, 0.62];

/// A turned unit square as it is seen from the front.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turned {
    /// Where its own right and down point in the frame.
    pub(super) right: (f32, f32),
    pub(super) down: (f32, f32),
    /// 0 in shade to 1 facing the light, with either side.
    pub(super) lit: f32,
    /// Whether its front is seen.
    pub(super) front: bool,
}

impl Turned {
    /// `spin` in the frame's plane, after a `tilt` about its own horizontal and a `roll` about its own vertical
    /// axis; radians.
    pub(super) fn new(spin: f32, tilt: f32, roll: f32) -> Self {
        let ((s, c), (st, ct), (sr, cr)) = (spin.sin_cos(), tilt.sin_cos(), roll.sin_cos());
        // Right and down after roll and tilt, then the normal, each as x, y, z.
        let right = [cr, st * sr, -ct * sr];
        let down = [0.0, ct, st];
        let normal = [sr, -st * cr, ct * cr];
        let spun = |at: [f32; 3]| [c * at[0] - s * at[1], s * at[0] + c * at[1], at[2]];
        let (right, down, normal) = (spun(right), spun(down), spun(normal));
        let facing: f32 = normal.iter().zip(LIGHT).map(|(side, light)| side * light).sum();
        let towards_us = normal[2] >= 0.0;
        Self {
            right: (right[0], right[1]),
            down: (down[0], down[1]),
            lit: (0.5 + 0.5 * if towards_us { facing } else { -facing }).clamp(0.0, 1.0),
            front: towards_us,
        }
    }

    /// The two sides in pixels, `half` being half of width and height, drawn out by `blur` pixels of motion.
    pub(super) fn sides(&self, half: (f32, f32), blur: (f32, f32)) -> [(f32, f32); 2] {
        let length = blur.0.hypot(blur.1);
        let stretch = length / (2.0 * (half.0 + half.1)).max(1.0);
        let along = if length > 0.0 {
            (blur.0 / length, blur.1 / length)
        } else {
            (0.0, 0.0)
        };
        let drawn = |(x, y): (f32, f32), half: f32| {
            let reach = (x * along.0 + y * along.1) * stretch;
            (half * (x + along.0 * reach), half * (y + along.1 * reach))
        };
        [drawn(self.right, half.0), drawn(self.down, half.1)]
    }
}
