//! One picture of a clip with everything that moves it.

use domain::{
    media::{Frame, Size},
    recipe::{CameraTrack, Recipe},
    request::Amplitude,
};

use crate::{
    analysis::{Analysis, Field, Map, limited},
    camera::{Path, Pose, Role},
    planning::gain,
    raster::{Grid, Warp, draw, supersampled},
    study::Study,
    subject::{Actor, Moment},
    view::View,
};

/// Above this share of a pixel per pixel, depth would fold the picture.
const STEEPEST: f32 = 0.45;
/// The most that lines may lean in sideways moves, as a slope: where nothing stands upright, and where
/// something does.
const LEAN: (f32, f32) = (0.07, 0.02);

/// A picture, sampled, with its depth, its subject and its camera.
#[derive(Debug)]
pub(crate) struct Scene {
    study: Study,
    depth: Field,
    actor: Actor,
    paths: Vec<Path>,
    size: (f32, f32),
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
        let centre = analysis.subject.centre;
        let build = |depth: &Field| -> Vec<Path> {
            let pivot = depth.at((centre.0 * size.0, centre.1 * size.1));
            let stretches = showing.stretches.iter();
            stretches
                .map(|(role, tracks)| {
                    let tracks: Vec<CameraTrack> = tracks.iter().map(|track| **track).collect();
                    Path::new(&tracks, *role, recipe.size, pivot, |at| depth.at(at))
                })
                .collect()
        };
        // How far depth carries things decides how steep it may be, and the paths are laid on the result.
        let flat = Field::new(analysis.depth.map(|_| 0.5), size);
        let depth = Field::new(bounded(analysis, &build(&flat), recipe), size);
        let paths = build(&depth);
        let actor = Actor::new(analysis, recipe, showing.rests_at, showing.ends_at_rest);
        Self {
            study: study.clone(),
            depth,
            actor,
            paths,
            size,
        }
    }

    /// The warp of `frame` in its `stretch`-th stretch.
    pub(crate) fn warp(&self, stretch: usize, frame: f32) -> SceneWarp<'_> {
        SceneWarp {
            scene: self,
            pose: self
                .paths
                .get(stretch)
                .map_or_else(|| Pose::rest((0.0, 0.0)), |path| path.pose(frame)),
            moment: self.actor.moment(frame),
        }
    }

    /// Draws the picture, and says what now stands where.
    pub(crate) fn draw(&self, stretch: usize, index: u32, frame: &mut Frame) -> View<'_> {
        let grid = Grid::new(frame.size, &self.warp(stretch, index as f32));
        draw(self.study.pyramid(), &grid, frame);
        View {
            grid,
            depth: &self.depth,
            weight: self.actor.weight(),
        }
    }

    /// Luma of a frame of this scene alone, drawn the slow and best way.
    pub(crate) fn supersampled(&self, stretch: usize, index: u32, factor: u32) -> Vec<f32> {
        let size = Size {
            width: self.size.0 as u32,
            height: self.size.1 as u32,
        };
        supersampled(self.study.pyramid(), &self.warp(stretch, index as f32), size, factor)
    }
}

/// The analysis' depth with slopes bounded so that no path folds or visibly leans. The bound is that of the
/// largest amplitude, so that a larger amplitude is the same move, only further.
fn bounded(analysis: &Analysis, paths: &[Path], recipe: &Recipe) -> Map {
    let depth = &analysis.depth;
    let (mut across, mut down, mut sideways) = (0.0_f32, 0.0_f32, 0.0_f32);
    for path in paths {
        let reach = path.reach();
        across = across.max(reach.all.0);
        down = down.max(reach.all.1);
        sideways = sideways.max(reach.sideways);
    }
    let most = gain(Amplitude::Large) / gain(recipe.amplitude);
    let cell = (
        recipe.size.width as f32 / depth.width as f32,
        recipe.size.height as f32 / depth.height as f32,
    );
    let slope = |length: f32, reach: f32, bound: f32| bound * length / (most * reach).max(1e-3);
    let down = analysis.upright.map(|upright| {
        let lean = LEAN.0 + (LEAN.1 - LEAN.0) * upright;
        slope(cell.1, down, STEEPEST).min(slope(cell.1, sideways, lean))
    });
    limited(depth, slope(cell.0, across, STEEPEST), &down).blurred(1.0)
}

/// Where one frame's pixels come from.
pub(crate) struct SceneWarp<'s> {
    scene: &'s Scene,
    pose: Pose,
    moment: Moment,
}

impl Warp for SceneWarp<'_> {
    fn source(&self, at: (f32, f32)) -> (f32, f32) {
        let scene = self.scene;
        let position = self.pose.source(at, |place| scene.depth.at(place));
        scene.actor.source(&self.moment, position)
    }
}
