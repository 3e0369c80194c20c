//! One picture of a clip with everything that moves it.

use domain::{
    media::{Frame, Size},
    recipe::{CameraTrack, Recipe},
};

use crate::{
    camera::{Course, Path, Pose, Role, defocus, exposed, moments},
    light::Light,
    raster::{Grid, Warp, draw, supersampled},
    study::Study,
    subject::{Actor, Moment},
    transition::Framing,
    view::View,
};

/// A picture, sampled, with its depth, its subject and its camera.
#[derive(Debug)]
pub(crate) struct Scene {
    study: Study,
    course: Course,
    actor: Actor,
    size: (f32, f32),
    light: Light,
}

/// When a picture is shown, and by which tracks its camera moves.
pub(crate) struct Showing<'r> {
    /// The frame at which it is shown whole and at rest.
    pub(crate) rests_at: u32,
    pub(crate) ends_at_rest: Option<u32>,
    pub(crate) stretches: Vec<(Role, Vec<&'r CameraTrack>)>,
}

impl Scene {
    pub(crate) fn new(study: &Study, recipe: &Recipe, showing: &Showing<'_>) -> Self {
        let analysis = study.analysis();
        let size = (recipe.size.width as f32, recipe.size.height as f32);
        let actor = Actor::new(analysis, recipe, showing.rests_at, showing.ends_at_rest);
        let centre = (analysis.subject.centre.0 * size.0, analysis.subject.centre.1 * size.1);
        let subject_moved = |frame: f32| {
            let source = actor.source(&actor.moment(frame), centre);
            (centre.0 - source.0, centre.1 - source.1)
        };
        let course = Course::new(analysis, recipe, &showing.stretches, subject_moved);
        Self {
            study: study.clone(),
            course,
            actor,
            size,
            light: Light::of(analysis.light, study.planes()),
        }
    }

    /// The warp of `frame` in its `stretch`-th stretch.
    pub(crate) fn warp(&self, stretch: usize, frame: f32) -> SceneWarp<'_> {
        SceneWarp {
            scene: self,
            pose: self
                .path(stretch)
                .map_or_else(|| Pose::rest((0.0, 0.0)), |path| path.pose(frame)),
            moment: self.actor.moment(frame),
            framing: Framing::WHOLE,
        }
    }

    /// What a frame shows where, without drawing it.
    pub(crate) fn look(&self, stretch: usize, index: u32) -> View<'_> {
        let warp = self.warp(stretch, index as f32);
        self.view(Grid::new(self.study.size(), &warp), warp.pose)
    }

    /// Draws the picture as `framing` shows it, and says what now stands where.
    pub(crate) fn draw(&self, stretch: usize, index: u32, framing: Framing, frame: &mut Frame) -> View<'_> {
        let size = frame.size;
        let grid = |frame: f32| {
            let warp = self.warp(stretch, frame);
            Grid::new(size, &SceneWarp { framing, ..warp })
        };
        let now = index as f32;
        let view = self.view(grid(now), self.warp(stretch, now).pose);
        match self.moments(stretch, now, size).as_slice() {
            [] | [_] => draw(self.study.pyramid(), &view.grid, frame),
            moments => exposed(moments, frame, |moment, frame| {
                draw(self.study.pyramid(), &grid(now + moment), frame);
            }),
        }
        if let Some(focus) = self.path(stretch).and_then(|path| path.focus(now)) {
            defocus(&focus, &view, frame);
        }
        view
    }

    fn view(&self, grid: Grid, pose: Pose) -> View<'_> {
        View {
            grid,
            pose,
            light: self.light,
            depth: &self.course.depth,
            weight: self.actor.weight(),
        }
    }

    /// The moments round `frame` whose mean it shows.
    fn moments(&self, stretch: usize, frame: f32, size: Size) -> Vec<f32> {
        let open = self.path(stretch).map_or(0.0, |path| path.shutter(frame));
        if open <= 0.0 {
            return vec![0.0];
        }
        moments(open, |moment| Grid::new(size, &self.warp(stretch, frame + moment)))
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
            for (sum, value) in luma
                .iter_mut()
                .zip(supersampled(self.study.pyramid(), &warp, size, factor))
            {
                *sum += value / moments.len() as f32;
            }
        }
        luma
    }
}

/// Where one frame's pixels come from.
pub(crate) struct SceneWarp<'s> {
    scene: &'s Scene,
    pose: Pose,
    moment: Moment,
    framing: Framing,
}

impl Warp for SceneWarp<'_> {
    fn source(&self, at: (f32, f32)) -> (f32, f32) {
        let scene = self.scene;
        let position = self
            .pose
            .source(self.framing.source(at), |place| scene.course.depth.at(place));
        scene.actor.source(&self.moment, position)
    }
}
