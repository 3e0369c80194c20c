//! A recipe with its pictures, ready to be drawn frame by frame.

use domain::{
    media::{Frame, FrameSource, Size},
    recipe::{CameraTrack, Recipe},
};

use crate::{
    camera::Role,
    check::check,
    dissolve,
    error::MotionError,
    keyframes::{frame_of, keyframes_that_fit},
    overlay::Overlays,
    raster::{CELL, Warp},
    scene::{Scene, Showing},
    study::Study,
    timing::Timing,
    view::View,
};

/// Draws any frame at any time, from any thread. All work that frames share is done when it is made;
/// nothing is kept per frame.
#[derive(Debug)]
pub struct Clip {
    size: Size,
    frames: u32,
    scenes: Vec<Scene>,
    /// The frame at which each scene is shown whole.
    times: Vec<u32>,
    overlays: Overlays,
}

/// The outermost picture positions that a frame shows, in pixels of the frame's size; the picture itself
/// reaches from 0 to the size less one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SourceBounds {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Clip {
    /// `studies` are those that the recipe was planned for, in the same order; of more than fit, the same
    /// are left out.
    ///
    /// # Errors
    /// When there is no picture, a picture has another size than the recipe, or the recipe holds numbers out of
    /// range.
    pub fn new(studies: &[Study], recipe: &Recipe) -> Result<Self, MotionError> {
        check(recipe)?;
        if studies.iter().any(|study| study.size() != recipe.size) {
            return Err(MotionError::Size { size: recipe.size });
        }
        let used = keyframes_that_fit(studies.len(), recipe.frames);
        if used.is_empty() {
            return Err(MotionError::NoPicture);
        }
        let times: Vec<u32> = (0..used.len())
            .map(|index| frame_of(index, used.len(), recipe.frames))
            .collect();
        let shown = used.iter().filter_map(|at| studies.get(*at)).enumerate();
        let scenes = shown
            .map(|(index, study)| Scene::new(study, recipe, &showing(index, &times, recipe)))
            .collect();
        Ok(Self {
            size: recipe.size,
            frames: recipe.frames,
            scenes,
            overlays: Overlays::new(
                recipe,
                Timing {
                    frames: recipe.frames,
                    ends_at_rest: times.len() > 1,
                },
            ),
            times,
        })
    }

    /// Which picture positions frame `index` shows: proof that nothing outside the picture is seen.
    pub fn source_bounds(&self, index: u32) -> SourceBounds {
        let mut bounds = SourceBounds {
            left: f32::INFINITY,
            top: f32::INFINITY,
            right: f32::NEG_INFINITY,
            bottom: f32::NEG_INFINITY,
        };
        let (right, bottom) = (self.size.width - 1, self.size.height - 1);
        for (scene, stretch, _) in self.shown(index) {
            let warp = scene.warp(stretch, index as f32);
            let mut look = |x: u32, y: u32| {
                let (x, y) = warp.source((x as f32, y as f32));
                bounds.left = bounds.left.min(x);
                bounds.top = bounds.top.min(y);
                bounds.right = bounds.right.max(x);
                bounds.bottom = bounds.bottom.max(y);
            };
            for x in (0..=right).step_by(CELL / 4).chain([right]) {
                for y in (0..=bottom).step_by(CELL / 4).chain([bottom]) {
                    look(x, y);
                }
            }
        }
        bounds
    }

    /// Frame `index` with its luma drawn the slow and best way: the mean of `factor` times `factor` samples per
    /// pixel, each interpolated by Lanczos at its exact place. What [`FrameSource::render`] is measured
    /// against.
    pub fn render_supersampled(&self, index: u32, factor: u32) -> Frame {
        let mut frame = Frame::black(self.size);
        let views = self.draw_pictures(index, &mut frame);
        let mut luma = vec![0.0; frame.y.len()];
        for (scene, stretch, share) in self.shown(index) {
            for (under, over) in luma.iter_mut().zip(scene.supersampled(stretch, index, factor)) {
                *under += (over - *under) * share;
            }
        }
        frame.y = luma.iter().map(|value| value.round().clamp(0.0, 255.0) as u8).collect();
        self.overlays.draw(index, &views, &mut frame);
        frame
    }

    /// Draws the pictures of a frame, and says what they now show, with their shares of the frame.
    fn draw_pictures(&self, index: u32, frame: &mut Frame) -> Vec<(View<'_>, f32)> {
        let mut views: Vec<(View<'_>, f32)> = Vec::with_capacity(2);
        for (scene, stretch, share) in self.shown(index) {
            if views.is_empty() {
                views.push((scene.draw(stretch, index, frame), 1.0));
                continue;
            }
            let mut over = Frame::black(self.size);
            let view = scene.draw(stretch, index, &mut over);
            dissolve::lay(&over, share, frame);
            for (_, under) in &mut views {
                *under *= 1.0 - share;
            }
            views.push((view, share));
        }
        views
    }

    /// The scenes of a frame with their stretch and share; the second one lies over the first.
    fn shown(&self, index: u32) -> Vec<(&Scene, usize, f32)> {
        let index = index.min(self.frames.saturating_sub(1));
        let stretch = self
            .times
            .iter()
            .skip(1)
            .position(|end| index < *end)
            .unwrap_or_else(|| self.times.len().saturating_sub(2));
        let (Some(from), Some(to)) = (self.times.get(stretch), self.times.get(stretch + 1)) else {
            return self.scenes.first().map(|scene| (scene, 0, 1.0)).into_iter().collect();
        };
        let share = dissolve::share((index - from) as f32 / (to - from).max(1) as f32);
        let mut shown = Vec::with_capacity(2);
        // A scene's stretches are: arriving (but for the first), then leaving (but for the last).
        if let Some(scene) = self.scenes.get(stretch).filter(|_| share < 1.0) {
            shown.push((scene, usize::from(stretch > 0), 1.0));
        }
        if let Some(scene) = self.scenes.get(stretch + 1).filter(|_| share > 0.0) {
            shown.push((scene, 0, share));
        }
        shown
    }
}

impl FrameSource for Clip {
    fn size(&self) -> Size {
        self.size
    }

    fn frame_count(&self) -> u32 {
        self.frames
    }

    fn render(&self, index: u32, frame: &mut Frame) {
        if frame.size != self.size {
            *frame = Frame::black(self.size);
        }
        let views = self.draw_pictures(index, frame);
        self.overlays.draw(index, &views, frame);
    }
}

/// When picture `index` is shown and how its camera moves: arriving in the stretch before its time, leaving
/// in the one after it, or, if it is alone, all the time.
fn showing<'r>(index: usize, times: &[u32], recipe: &'r Recipe) -> Showing<'r> {
    let rests_at = times.get(index).copied().unwrap_or(0);
    let within = |from: u32, to: u32| -> Vec<&'r CameraTrack> {
        let tracks = recipe.camera.iter();
        tracks.filter(|track| track.from >= from && track.from < to).collect()
    };
    let mut stretches = Vec::new();
    if times.len() < 2 {
        stretches.push((Role::Whole, recipe.camera.iter().collect()));
        return Showing {
            rests_at,
            ends_at_rest: None,
            stretches,
        };
    }
    if let Some(before) = index.checked_sub(1).and_then(|before| times.get(before)) {
        stretches.push((Role::Arriving, within(*before, rests_at)));
    }
    if let Some(next) = times.get(index + 1) {
        stretches.push((Role::Leaving, within(rests_at, *next)));
    }
    let last = index + 1 == times.len();
    Showing {
        rests_at: 0,
        ends_at_rest: last.then_some(rests_at),
        stretches,
    }
}
