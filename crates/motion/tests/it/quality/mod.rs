//! What is promised of every clip, measured: a file per promise. The program `quality` prints the lines; the tests
//! hold them to their bounds.

pub(crate) mod amplitudes;
pub(crate) mod beginning;
pub(crate) mod dance;
pub(crate) mod jumps;
pub(crate) mod sharpness;
pub(crate) mod steadiness;

use std::fmt;

use domain::media::{Picture, Size};

/// What a value must keep to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bound {
    AtLeast(f64),
    AtMost(f64),
    Within(f64, f64),
}

/// One measured value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) what: String,
    /// What it was made from, for people.
    pub(crate) detail: String,
    pub(crate) value: f64,
    /// None for somebody else's value, shown beside ours.
    pub(crate) bound: Option<Bound>,
}

impl Line {
    pub(crate) fn new(what: impl Into<String>, value: f64, bound: impl Into<Option<Bound>>) -> Self {
        Self {
            what: what.into(),
            detail: String::new(),
            value,
            bound: bound.into(),
        }
    }

    pub(crate) fn detail(self, detail: impl Into<String>) -> Self {
        Self {
            detail: detail.into(),
            ..self
        }
    }

    /// What is not a number keeps to nothing.
    pub(crate) fn holds(&self) -> bool {
        match self.bound {
            Some(Bound::AtLeast(least)) => self.value >= least,
            Some(Bound::AtMost(most)) => self.value <= most,
            Some(Bound::Within(least, most)) => self.value >= least && self.value <= most,
            None => true,
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = match self.bound {
            Some(Bound::AtLeast(least)) => format!(">= {least}"),
            Some(Bound::AtMost(most)) => format!("<= {most}"),
            Some(Bound::Within(least, most)) => format!("{least} to {most}"),
            None => String::new(),
        };
        let verdict = if self.holds() { "" } else { "FAILS" };
        write!(
            out,
            "{:<46} {:>9.3}  {bound:<12} {verdict:<5} {}",
            self.what, self.value, self.detail
        )
    }
}

/// Every camera move whose way is its own.
pub(crate) const MOVES: [&str; 12] = [
    "push in",
    "pull out",
    "zoom in",
    "zoom out",
    "pan right",
    "tilt down",
    "truck left",
    "crane up",
    "roll clockwise",
    "orbit",
    "dolly zoom",
    "follow the subject while it jumps",
];

/// Everything that a subject can do.
pub(crate) const ACTIONS: [&str; 16] = [
    "dances",
    "bounces",
    "sways",
    "breathes",
    "nods",
    "shakes its head",
    "jumps",
    "spins",
    "floats",
    "wiggles",
    "shivers",
    "walks",
    "runs",
    "flies",
    "waves",
    "looks around",
];

/// The size with the shape of `picture` and about `area` pixels, both sides even.
pub(crate) fn shaped(picture: &Picture, area: f64) -> Size {
    let ratio = f64::from(picture.size.width) / f64::from(picture.size.height);
    let even = |side: f64| (side / 2.0).round() as u32 * 2;
    Size {
        width: even((area * ratio).sqrt()),
        height: even((area / ratio).sqrt()),
    }
}
