//! A closer look at what a scene's camera shows.

/// Enlarges a frame about a point within it, so that nothing new comes into view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Framing {
    /// At least 1.
    pub(crate) zoom: f32,
    /// In pixels.
    pub(crate) centre: (f32, f32),
}

impl Framing {
    pub(crate) const WHOLE: Self = Self {
        zoom: 1.0,
        centre: (0.0, 0.0),
    };

    /// The position in the whole frame that is seen at `at`.
    pub(crate) fn source(&self, at: (f32, f32)) -> (f32, f32) {
        if self.zoom == 1.0 {
            return at;
        }
        (
            self.centre.0 + (at.0 - self.centre.0) / self.zoom,
            self.centre.1 + (at.1 - self.centre.1) / self.zoom,
        )
    }
}
