//! One picture of a clip with everything that moves it.

mod copies;
mod warp;

use domain::{
    media::{Frame, Size},
    recipe::{CameraTrack, Recipe},
};

use self::copies::Copies;
pub(crate) use self::warp::SceneWarp;
use crate::{
    analysis::Field,
    camera::{Course, Path, Pose, Role, defocus, exposed, moments},
    layer::Layer,
    light::Light,
    raster::{Grid, Warp},
    scenery::Scenery,
    study::Study,
    subject::Actor,
    timing::Timing,
    transition::Framing,
    view::View,
};

/// A picture, sampled, with its depth, its subject and its camera.
#[derive(Debug)]
pub(crate) struct Scene {
    study: Study,
    course: Course,
    actor: Actor,
    scenery: Scenery,
    sky: Field,
    size: (f32, f32),
    light: Light,
    /// Whether the subject is drawn as a layer of its own.
    layered: bool,
}

/// When a picture is shown, and by which tracks its camera moves.
pub(crate) struct Showing<'r> {
    /// The frame at which it is shown whole and at rest.
    pub(crate) rests_at: u32,
    pub(crate) ends_at_rest: Option<u32>,
    pub(crate) stretches: Vec<(Role, Vec<&'r CameraTrack>)>,
    /// Whether its subject is to be a layer of its own, if it can be.
    pub(crate) layered: bool,
}

impl Scene {
    pub(crate) fn new(study: &Study, recipe: &Recipe, showing: &Showing<'_>) -> Self {
        let analysis = study.analysis();
        let size = (recipe.size.width as f32, recipe.size.height as f32);
        let layer = if showing.layered { study.layer() } else { None };
        let actor = Actor::new(analysis, layer, recipe, (showing.rests_at, showing.ends_at_rest));
        let centre = (analysis.subject.centre.0 * size.0, analysis.subject.centre.1 * size.1);
        let subject_moved = |frame: f32| {
            let source = actor.source(&actor.moment(frame), centre);
            (centre.0 - source.0, centre.1 - source.1)
        };
        let sky = &analysis.regions.sky;
        let sure = ((sky.confidence - 0.35) / 0.3).clamp(0.0, 1.0);
        let sure_sky = sky.weight.map(|weight| weight * sure);
        let course = Course::new(analysis, recipe, &showing.stretches, subject_moved);
        let timing = Timing {
            frames: recipe.frames,
            ends_at_rest: showing.ends_at_rest.is_some(),
        };
        Self {
            study: study.clone(),
            course,
            actor,
            scenery: Scenery::new(study, recipe, timing),
            sky: Field::new(sure_sky, size),
            size,
            light: Light::of(analysis.light, study.planes()),
            layered: layer.is_some(),
        }
    }

    /// The fitted picture, as a frame shows it at rest.
    pub(crate) fn planes(&self) -> &Frame {
        self.study.planes()
    }

    fn layer(&self) -> Option<&Layer> {
        if self.layered { self.study.layer() } else { None }
    }

    /// The warp of `frame` in its `stretch`-th stretch.
    pub(crate) fn warp(&self, stretch: usize, frame: f32) -> SceneWarp<'_> {
        SceneWarp {
            scene: self,
            pose: self
                .path(stretch)
                .map_or_else(|| Pose::rest((0.0, 0.0)), |path| path.pose(frame)),
            moment: self.actor.moment(frame),
            scenery: self.scenery.moment(frame),
            framing: Framing::WHOLE,
        }
    }

    /// What a frame shows where, without drawing it.
    pub(crate) fn look(&self, stretch: usize, index: u32) -> View<'_> {
        let warp = self.warp(stretch, index as f32);
        let size = self.study.size();
        self.view(
            Grid::new(size, |at| warp.source(at)),
            warp.subject_grid(size),
            warp.pose,
        )
    }

    /// Draws the picture as `framing` shows it, and says what now stands where.
    pub(crate) fn draw(&self, stretch: usize, index: u32, framing: Framing, frame: &mut Frame) -> View<'_> {
        let size = frame.size;
        let warp = |frame: f32| SceneWarp {
            framing,
            ..self.warp(stretch, frame)
        };
        let now = index as f32;
        let shown = warp(now);
        let copies = Copies::new(&shown, size);
        match self.moments(stretch, now, size).as_slice() {
            [] | [_] => copies.draw(frame),
            moments => exposed(moments, frame, |moment, frame| {
                Copies::new(&warp(now + moment), size).draw(frame);
            }),
        }
        shown.scenery.shine(&copies.grid, frame);
        let view = self.view(copies.grid, copies.subject.map(|subject| subject.grid), shown.pose);
        if let Some(focus) = self.path(stretch).and_then(|path| path.focus(now)) {
            defocus(&focus, &view, frame);
        }
        view
    }

    fn view(&self, grid: Grid, subject: Option<Grid>, pose: Pose) -> View<'_> {
        View {
            grid,
            subject,
            pose,
            light: self.light,
            place: self.study.analysis().subject,
            depth: &self.course.depth,
            weight: self.actor.weight(),
            sky: &self.sky,
        }
    }

    /// The moments round `frame` whose mean it shows.
    fn moments(&self, stretch: usize, frame: f32, size: Size) -> Vec<f32> {
        let open = self.path(stretch).map_or(0.0, |path| path.shutter(frame));
        if open <= 0.0 {
            return vec![0.0];
        }
        moments(open, |moment| {
            let warp = self.warp(stretch, frame + moment);
            Grid::new(size, |at| warp.source(at))
        })
    }

    fn path(&self, stretch: usize) -> Option<&Path> {
        self.course.paths.get(stretch)
    }

    /// Luma of a frame of this scene alone, drawn the slow and best way.
    pub(crate) fn supersampled(&self, stretch: usize, index: u32, factor: u32) -> Vec<f32> {
        let size = Size {
            width: self.size.0 as u32,
            height: self.size.1 as u32,
        };
        let now = index as f32;
        let moments = self.moments(stretch, now, size);
        let mut luma = vec![0.0; size.width as usize * size.height as usize];
        for moment in &moments {
            let warp = self.warp(stretch, now + moment);
            for (sum, value) in luma.iter_mut().zip(warp.supersampled(size, factor)) {
                *sum += value / moments.len() as f32;
            }
        }
        if let Some(focus) = self.path(stretch).and_then(|path| path.focus(now)) {
            let mut frame = Frame::black(size);
            let view = self.draw(stretch, index, Framing::WHOLE, &mut frame);
            frame.y = luma.iter().map(|value| value.round().clamp(0.0, 255.0) as u8).collect();
            defocus(&focus, &view, &mut frame);
            luma = frame.y.iter().map(|value| f32::from(*value)).collect();
        }
        luma
    }
}
