//! The figures: what the body does on each beat of a bar.

/// Beats of a figure.
pub(super) const POSES: usize = 4;

/// A pose, in natural amounts: 1 is a full one. To the right where there are sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pose {
    /// The upper body, from the base.
    pub(super) lean: f32,
    /// The hips.
    pub(super) hip: f32,
    /// The whole, feet and all, as far as these may leave their place.
    pub(super) step: f32,
    /// The upper body turns, the hips turn against it.
    pub(super) twist: f32,
    /// The head leans.
    pub(super) head: f32,
    /// The arms go up.
    pub(super) left: f32,
    pub(super) right: f32,
    /// How low it goes on the beat, how far it springs up after it, and how low it stays all the time.
    pub(super) dip: f32,
    pub(super) spring: f32,
    pub(super) crouch: f32,
    /// How far the feet leave the ground.
    pub(super) hop: f32,
    /// How far the head nods on the beat.
    pub(super) nod: f32,
    /// 1: two bounces to the beat.
    pub(super) double: f32,
    /// How much later than usual the upper parts follow: a wave runs up the body.
    pub(super) snake: f32,
}

impl Pose {
    pub(super) const REST: Self = Self {
        lean: 0.0,
        hip: 0.0,
        step: 0.0,
        twist: 0.0,
        head: 0.0,
        left: 0.0,
        right: 0.0,
        dip: 1.0,
        spring: 1.0,
        crouch: 0.0,
        hop: 1.0,
        nod: 0.4,
        double: 0.0,
        snake: 0.0,
    };

    fn array(&self) -> [f32; 14] {
        [
            self.lean,
            self.hip,
            self.step,
            self.twist,
            self.head,
            self.left,
            self.right,
            self.dip,
            self.spring,
            self.crouch,
            self.hop,
            self.nod,
            self.double,
            self.snake,
        ]
    }

    fn of(values: [f32; 14]) -> Self {
        let [
            lean,
            hip,
            step,
            twist,
            head,
            left,
            right,
            dip,
            spring,
            crouch,
            hop,
            nod,
            double,
            snake,
        ] = values;
        Self {
            lean,
            hip,
            step,
            twist,
            head,
            left,
            right,
            dip,
            spring,
            crouch,
            hop,
            nod,
            double,
            snake,
        }
    }

    pub(super) fn mixed(&self, to: &Self, share: f32) -> Self {
        let (from, to) = (self.array(), to.array());
        Self::of(std::array::from_fn(|at| from[at] + (to[at] - from[at]) * share))
    }

    /// Further by `share` of the way from `from` to `to`.
    pub(super) fn pushed(&self, from: &Self, to: &Self, share: f32) -> Self {
        let (mine, from, to) = (self.array(), from.array(), to.array());
        let mut pushed = Self::of(std::array::from_fn(|at| mine[at] + (to[at] - from[at]) * share));
        // How it moves is no place that it could swing past.
        (pushed.double, pushed.snake) = (self.double, self.snake);
        pushed
    }

    /// `side`: 1 as it is, -1 with the sides exchanged.
    pub(super) fn mirrored(self, side: f32) -> Self {
        let (left, right) = if side < 0.0 {
            (self.right, self.left)
        } else {
            (self.left, self.right)
        };
        Self {
            lean: side * self.lean,
            hip: side * self.hip,
            step: side * self.step,
            twist: side * self.twist,
            head: side * self.head,
            left,
            right,
            ..self
        }
    }
}

const R: Pose = Pose::REST;

/// From side to side, one beat each way.
const ROCK: [Pose; POSES] = {
    let right = Pose {
        lean: 1.0,
        hip: -0.45,
        step: 0.3,
        head: 0.5,
        right: 0.3,
        ..R
    };
    let left = Pose {
        lean: -1.0,
        hip: 0.45,
        step: -0.3,
        head: -0.5,
        left: 0.3,
        ..R
    };
    [right, left, right, left]
};

/// Two beats on each side: step, and touch.
const SIDE_STEP: [Pose; POSES] = [
    Pose {
        step: 1.0,
        lean: 0.65,
        hip: 0.6,
        head: -0.3,
        ..R
    },
    Pose {
        step: 1.1,
        lean: 1.0,
        hip: 0.2,
        head: 0.8,
        right: 0.5,
        dip: 0.7,
        ..R
    },
    Pose {
        step: -1.0,
        lean: -0.65,
        hip: -0.6,
        head: 0.3,
        ..R
    },
    Pose {
        step: -1.1,
        lean: -1.0,
        hip: -0.2,
        head: -0.8,
        left: 0.5,
        dip: 0.7,
        ..R
    },
];

/// Shoulders one way, hips the other.
const TWIST: [Pose; POSES] = {
    let right = Pose {
        twist: 1.0,
        lean: 0.35,
        hip: -0.7,
        head: 0.3,
        left: 0.5,
        right: -0.3,
        dip: 0.8,
        ..R
    };
    let left = Pose {
        twist: -1.0,
        lean: -0.35,
        hip: 0.7,
        head: -0.3,
        left: -0.3,
        right: 0.5,
        dip: 0.8,
        ..R
    };
    [right, left, right, left]
};

/// Two bounces to the beat, leaning one way and then the other.
const DOUBLE_BOUNCE: [Pose; POSES] = {
    let bouncing = Pose {
        double: 1.0,
        nod: 0.8,
        dip: 1.0,
        left: 0.25,
        right: 0.25,
        ..R
    };
    [
        Pose {
            lean: 0.5,
            head: 0.5,
            ..bouncing
        },
        Pose {
            lean: 0.7,
            head: 0.8,
            ..bouncing
        },
        Pose {
            lean: -0.5,
            head: -0.5,
            ..bouncing
        },
        Pose {
            lean: -0.7,
            head: -0.8,
            ..bouncing
        },
    ]
};

/// The hips lead, and a wave runs up after them.
const HIP_ROLL: [Pose; POSES] = {
    let right = Pose {
        hip: 1.25,
        lean: -0.25,
        twist: 0.35,
        head: -0.4,
        snake: 1.2,
        dip: 0.7,
        ..R
    };
    let left = Pose {
        hip: -1.25,
        lean: 0.25,
        twist: -0.35,
        head: 0.4,
        snake: 1.2,
        dip: 0.7,
        ..R
    };
    [right, left, right, left]
};

/// Winds up, strikes a pose, holds it with a small pulse.
const POSE: [Pose; POSES] = {
    let struck = Pose {
        lean: 1.15,
        hip: -0.8,
        twist: 0.5,
        head: 1.1,
        right: 1.0,
        left: -0.3,
        dip: 0.45,
        spring: 0.35,
        hop: 0.0,
        ..R
    };
    [
        Pose {
            lean: -0.6,
            twist: -0.5,
            crouch: 1.0,
            dip: 0.8,
            spring: 0.5,
            ..R
        },
        struck,
        Pose {
            lean: 1.25,
            head: 1.25,
            ..struck
        },
        Pose {
            lean: 1.2,
            head: 0.9,
            ..struck
        },
    ]
};

/// Lower and lower, and up again with both arms.
const DROP: [Pose; POSES] = [
    Pose {
        lean: 0.5,
        hip: -0.4,
        crouch: 0.5,
        dip: 0.7,
        spring: 0.6,
        ..R
    },
    Pose {
        lean: -0.5,
        hip: 0.4,
        crouch: 1.0,
        dip: 0.6,
        spring: 0.5,
        ..R
    },
    Pose {
        lean: 0.4,
        hip: -0.3,
        crouch: 1.5,
        dip: 0.5,
        spring: 0.5,
        ..R
    },
    Pose {
        crouch: -1.2,
        left: 1.0,
        right: 1.0,
        dip: 0.3,
        spring: 1.2,
        nod: -0.6,
        ..R
    },
];

/// The head to the beat, the body under it.
const GROOVE: [Pose; POSES] = [
    Pose {
        nod: 1.3,
        lean: 0.35,
        head: 0.7,
        twist: 0.4,
        ..R
    },
    Pose {
        nod: 1.3,
        lean: 0.45,
        head: 0.4,
        twist: 0.5,
        hip: 0.4,
        ..R
    },
    Pose {
        nod: 1.3,
        lean: -0.35,
        head: -0.7,
        twist: -0.4,
        ..R
    },
    Pose {
        nod: 1.3,
        lean: -0.45,
        head: -0.4,
        twist: -0.5,
        hip: -0.4,
        ..R
    },
];

pub(super) const FIGURES: [[Pose; POSES]; 8] = [ROCK, SIDE_STEP, TWIST, DOUBLE_BOUNCE, HIP_ROLL, POSE, DROP, GROOVE];
