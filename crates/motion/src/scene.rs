//! One picture of a clip with everything that moves it.

use domain::{
    media::{Frame, Picture},
    recipe::{CameraTrack, Recipe},
    request::Profile,
};

use crate::{
    analysis::{Analysis, Map, analyse, limited},
    camera::{Path, Pose, Role},
    error::MotionError,
    fit::fitted,
    raster::{Grid, Pyramid, Sampling, Warp, draw},
    subject::{Actor, Moment},
};

/// Above this share of a pixel per pixel, depth would fold the picture.
const STEEPEST: f32 = 0.5;
/// The most that upright lines may lean in sideways moves, as a slope.
const LEAN: f32 = 0.06;

/// A picture, sampled, with its depth, its subject and its camera.
#[derive(Debug)]
pub(crate) struct Scene {
    pyramid: Pyramid,
    depth: Map,
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
    pub(crate) fn new(
        picture: &Picture,
        recipe: &Recipe,
        sampling: Sampling,
        showing: &Showing<'_>,
    ) -> Result<Self, MotionError> {
        let (whole, analysis) = rayon::join(
            || fitted(picture, recipe.size, recipe.size).map(|fitted| Pyramid::new(&fitted, sampling)),
            || analyse(picture, recipe.size),
        );
        let (pyramid, analysis) = (whole?, analysis?);
        let size = (recipe.size.width as f32, recipe.size.height as f32);
        let centre = analysis.subject.centre;
        let pivot = |map: &Map| map.at_frame((centre.0 * size.0, centre.1 * size.1), size);
        let build = |depth: &Map| -> Vec<Path> {
            let stretches = showing.stretches.iter();
            stretches
                .map(|(role, tracks)| {
                    let tracks: Vec<CameraTrack> = tracks.iter().map(|track| **track).collect();
                    Path::new(&tracks, *role, recipe.size, pivot(depth), |at| depth.at_frame(at, size))
                })
                .collect()
        };
        // How far depth carries things decides how steep it may be, and the paths are laid on the result.
        let flat = analysis.depth.map(|_| 0.5);
        let depth = bounded(&analysis, &build(&flat), size);
        let paths = build(&depth);
        let actor = Actor::new(&analysis, recipe, showing.rests_at, showing.ends_at_rest);
        Ok(Self {
            pyramid,
            depth,
            actor,
            paths,
            size,
        })
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

    pub(crate) fn draw(&self, stretch: usize, index: u32, frame: &mut Frame) {
        let grid = Grid::new(frame.size, &self.warp(stretch, index as f32));
        draw(&self.pyramid, &grid, frame);
    }

    pub(crate) fn sampling_of(profile: Profile, pictures: usize) -> Sampling {
        // Forty pictures enlarged twice would not fit into the memory that a clip may take.
        if pictures > 6 {
            Sampling::of(Profile::Fast)
        } else {
            Sampling::of(profile)
        }
    }
}

/// The analysis' depth with slopes bounded so that no path folds or visibly leans.
fn bounded(analysis: &Analysis, paths: &[Path], size: (f32, f32)) -> Map {
    let depth = &analysis.depth;
    let (mut across, mut down, mut sideways) = (0.0_f32, 0.0_f32, 0.0_f32);
    for path in paths {
        let reach = path.reach();
        across = across.max(reach.all.0);
        down = down.max(reach.all.1);
        sideways = sideways.max(reach.sideways);
    }
    let cell = (size.0 / depth.width as f32, size.1 / depth.height as f32);
    let most_across = STEEPEST * cell.0 / across.max(1e-3);
    let most_down = (STEEPEST * cell.1 / down.max(1e-3)).min(LEAN * cell.1 / sideways.max(1e-3));
    limited(depth, most_across, most_down).blurred(1.0)
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
        let position = self.pose.source(at, |place| scene.depth.at_frame(place, scene.size));
        scene.actor.source(&self.moment, position)
    }
}
