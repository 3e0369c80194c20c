//! A recipe with its pictures, ready to be drawn frame by frame.

use domain::{
    media::{Frame, FrameSource, Size},
    recipe::{CameraTrack, Recipe, TransitionKind},
};

use rayon::prelude::*;

use crate::{
    camera::Role,
    check::check,
    error::MotionError,
    grade::Grader,
    keyframes::{frames_in, keyframes_that_fit},
    overlay::{Light, Overlays},
    raster::CELL,
    scene::{Scene, Showing},
    study::Study,
    timing::Timing,
    transition::{Framing, Passage, Sides, Views},
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
    grader: Grader,
    /// One for each stretch between two scenes.
    passages: Vec<Passage>,
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
    /// When there is no picture, a picture has another size than the recipe, or the recipe does not pass
    /// [`check()`].
    pub fn new(studies: &[Study], recipe: &Recipe) -> Result<Self, MotionError> {
        check(recipe, studies.len())?;
        if studies.iter().any(|study| study.size() != recipe.size) {
            return Err(MotionError::Size { size: recipe.size });
        }
        let used = keyframes_that_fit(studies.len(), recipe.frames);
        if used.is_empty() {
            return Err(MotionError::NoPicture);
        }
        let times = frames_in(recipe, used.len());
        let shown: Vec<&Study> = used.iter().filter_map(|at| studies.get(*at)).collect();
        let scenes = shown.iter().enumerate();
        let scenes = scenes
            .map(|(index, study)| Scene::new(study, recipe, &showing(index, &times, recipe)))
            .collect();
        let brightness = shown.iter().map(|study| study.analysis().brightness).sum::<f32>() / used.len() as f32;
        let timing = Timing {
            frames: recipe.frames,
            ends_at_rest: times.len() > 1,
        };
        Ok(Self {
            size: recipe.size,
            frames: recipe.frames,
            scenes,
            overlays: Overlays::new(recipe, timing),
            grader: Grader::new(recipe, timing, brightness),
            passages: passages(&shown, &times, recipe),
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
        for (scene, stretch) in self.shown(index) {
            let warp = scene.warp(stretch, index as f32);
            let mut look = |x: u32, y: u32| {
                let (x, y) = warp.seen((x as f32, y as f32));
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

    /// The picture positions, in pixels of the frame's size, whose contents stand at `places` in frame `index`; while
    /// two pictures show, of the upper one. For measuring movement where it is made.
    pub fn sources(&self, index: u32, places: &[(f32, f32)]) -> Vec<(f32, f32)> {
        let shown = self.shown(index);
        let Some((scene, stretch)) = shown.last() else {
            return places.to_vec();
        };
        let warp = scene.warp(*stretch, index as f32);
        places.iter().map(|at| warp.seen(*at)).collect()
    }

    /// As [`Self::sources`], of the subject where it is a layer of its own; nothing where it is not, or is not seen.
    pub fn layer_sources(&self, index: u32, places: &[(f32, f32)]) -> Vec<Option<(f32, f32)>> {
        let shown = self.shown(index);
        let Some((scene, stretch)) = shown.last() else {
            return vec![None; places.len()];
        };
        let warp = scene.warp(*stretch, index as f32);
        places.iter().map(|at| warp.layered(*at)).collect()
    }

    /// Frame `index` with its luma drawn the slow and best way: the mean of `factor` times `factor` samples per
    /// pixel, each interpolated by Lanczos at its exact place. What [`FrameSource::render`] is measured
    /// against.
    pub fn render_supersampled(&self, index: u32, factor: u32) -> Frame {
        let mut frame = Frame::black(self.size);
        let views = self.draw_pictures(index, &mut frame);
        // While one picture passes into another there is nothing better to compare with.
        let shown = self.shown(index);
        let &[(scene, stretch)] = shown.as_slice() else {
            self.finish(index, &views, &mut frame);
            return frame;
        };
        let luma = scene.supersampled(stretch, index, factor);
        frame.y = luma.iter().map(|value| value.round().clamp(0.0, 255.0) as u8).collect();
        self.finish(index, &views, &mut frame);
        frame
    }

    /// What is lit is graded with the picture; what shines of itself shines at night, too.
    fn finish(&self, index: u32, views: &[(View<'_>, f32)], frame: &mut Frame) {
        self.overlays.draw(Light::Lit, index, views, frame);
        self.grader.apply(index, views, frame);
        self.overlays.draw(Light::Shining, index, views, frame);
    }

    /// The scenes that a frame may show, each with the number of its stretch, and how one passes into the other.
    fn stretch(&self, index: u32) -> Option<(&Passage, Sides<'_>)> {
        let stretch = self.times.iter().skip(1).position(|end| index < *end);
        let stretch = stretch.unwrap_or_else(|| self.times.len().saturating_sub(2));
        let scenes = [self.scenes.get(stretch)?, self.scenes.get(stretch + 1)?];
        // A scene's stretches are: arriving (but for the first), then leaving (but for the last).
        let stretches = [usize::from(stretch > 0), 0];
        Some((self.passages.get(stretch)?, Sides { scenes, stretches }))
    }

    /// The scenes that frame `index` shows, each with the number of its stretch.
    fn shown(&self, index: u32) -> Vec<(&Scene, usize)> {
        let Some((passage, sides)) = self.stretch(index) else {
            return self.scenes.first().map(|scene| (scene, 0)).into_iter().collect();
        };
        let share = passage.share(index);
        let both = sides
            .scenes
            .into_iter()
            .zip(sides.stretches)
            .zip([share < 1.0, share > 0.0]);
        both.filter(|(_, seen)| *seen).map(|(scene, _)| scene).collect()
    }

    /// The picture that must stand at the first or the last frame of a clip of several: in stretches of a few frames,
    /// moves do not come wholly to rest by themselves.
    fn given(&self, index: u32) -> Option<&Scene> {
        match index {
            0 => self.scenes.first(),
            last if last + 1 == self.frames => self.scenes.last(),
            _ => None,
        }
    }

    /// Draws the pictures of a frame, and says what they now show, with their shares of the frame.
    fn draw_pictures(&self, index: u32, frame: &mut Frame) -> Views<'_> {
        if let Some((passage, sides)) = self.stretch(index) {
            let views = passage.draw(sides, index, frame);
            if let Some(given) = self.given(index) {
                frame.clone_from(given.planes());
            }
            return views;
        }
        let alone = self
            .scenes
            .first()
            .map(|scene| scene.draw(0, index, Framing::WHOLE, frame));
        alone.into_iter().map(|view| (view, 1.0)).collect()
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
        self.finish(index, &views, frame);
    }
}

/// How the pictures pass into each other; without a word in the recipe they dissolve.
fn passages(shown: &[&Study], times: &[u32], recipe: &Recipe) -> Vec<Passage> {
    let kind = |stretch: usize| {
        recipe
            .transitions
            .get(stretch)
            .map_or(TransitionKind::Dissolve, |way| way.kind)
    };
    let moves_on = |stretch: Option<usize>| {
        let inside = stretch.filter(|stretch| stretch + 1 < shown.len());
        inside.is_some_and(|stretch| kind(stretch) == TransitionKind::Morph)
    };
    let pairs: Vec<_> = shown.windows(2).zip(times.windows(2)).enumerate().collect();
    let passages = pairs.into_par_iter().filter_map(|(stretch, (pair, times))| {
        let (&[earlier, later], &[from, to]) = (pair, times) else {
            return None;
        };
        let rests = (!moves_on(stretch.checked_sub(1)), !moves_on(Some(stretch + 1)));
        let number = u32::try_from(stretch).unwrap_or(0);
        Some(Passage::new(
            kind(stretch),
            [earlier, later],
            recipe,
            (from, to),
            number,
            rests,
        ))
    });
    passages.collect()
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
            layered: recipe.cut_out && !recipe.subject.is_empty(),
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
        layered: false,
    }
}
