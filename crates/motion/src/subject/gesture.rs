//! One moment of an action: what each height of the subject does. Gestures of several actions add up.

/// Heights above the base at which a profile is kept; between them it is interpolated.
pub(super) const RUNGS: usize = 14;
/// Distance of two rungs, in heights of the subject.
pub(super) const RUNG: f32 = 0.1;

/// One amount at each height, from the base up.
pub(super) type Profile = [f32; RUNGS];

/// Amounts at one moment; 0 is rest. Lengths are in heights of the subject, angles in radians.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Gesture {
    /// To the right. Where it changes with height the body bends: its cross-sections tilt with it.
    pub(super) side: Profile,
    /// Upwards. Where it changes with height the body stretches, and grows thinner by as much.
    pub(super) rise: Profile,
    /// Clockwise, on top of the bend.
    pub(super) tilt: Profile,
    /// Wider by this share, on top of what keeps the area.
    pub(super) swell: Profile,
    /// The middle against the outline, to the right: a slight turn. In half widths of a slender body.
    pub(super) turn: Profile,
    /// The middle against the outline, downwards, in the same unit.
    pub(super) nod: Profile,
    /// Upwards, by the distance from the middle line: a rung is a tenth of half the width, on both sides.
    pub(super) flap: Profile,
    /// Clockwise about the subject's centre.
    pub(super) bank: f32,
    /// The outer upper part on the left and on the right, outwards and down from the shoulder.
    pub(super) arms: [f32; 2],
}

impl Gesture {
    pub(super) fn add(&mut self, other: &Self, weight: f32) {
        let pairs = [
            (&mut self.side, &other.side),
            (&mut self.rise, &other.rise),
            (&mut self.tilt, &other.tilt),
            (&mut self.swell, &other.swell),
            (&mut self.turn, &other.turn),
            (&mut self.nod, &other.nod),
            (&mut self.flap, &other.flap),
        ];
        for (mine, theirs) in pairs {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine += weight * theirs;
            }
        }
        self.bank += weight * other.bank;
        for (mine, theirs) in self.arms.iter_mut().zip(&other.arms) {
            *mine += weight * theirs;
        }
    }
}

/// A profile from its value at each height, 0 at the base to 1 at the top and a little above.
pub(super) fn profile(value: impl Fn(f32) -> f32) -> Profile {
    std::array::from_fn(|rung| value(rung as f32 * RUNG))
}

/// 0 up to `low`, 1 from `high` on, smooth between.
pub(super) fn rising(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// 1 at `middle`, falling to 0 at the distance `width` from it.
pub(super) fn bell(middle: f32, width: f32, value: f32) -> f32 {
    let t = (1.0 - ((value - middle) / width).powi(2)).max(0.0);
    t * t
}
