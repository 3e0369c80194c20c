//! A picture's depth, made gentle enough for its camera, and the camera's paths on it.

use domain::{
    recipe::{CameraMove, CameraTrack, Recipe},
    request::Amplitude,
};

use super::{
    follow::steadied,
    leg::Role,
    path::{Path, Setting},
};
use crate::{
    analysis::{Analysis, Field, Map, limited},
    planning::gain,
};

/// Above this share of a pixel per pixel, depth would fold the picture.
const STEEPEST: f32 = 0.45;
/// The most that lines may lean in sideways moves, as a slope: where nothing stands upright, and where
/// something does.
const LEAN: (f32, f32) = (0.07, 0.02);

#[derive(Debug)]
pub(crate) struct Course {
    pub(crate) depth: Field,
    /// One for each stretch in which the picture is shown.
    pub(crate) paths: Vec<Path>,
}

impl Course {
    /// `stretches` says when the picture is shown and by which tracks its camera moves; `subject_moved`, how far the
    /// subject's centre has moved at a frame, in pixels.
    pub(crate) fn new(
        analysis: &Analysis,
        recipe: &Recipe,
        stretches: &[(Role, Vec<&CameraTrack>)],
        subject_moved: impl Fn(f32) -> (f32, f32),
    ) -> Self {
        let size = (recipe.size.width as f32, recipe.size.height as f32);
        let holds = |kinds: &[CameraMove]| {
            let mut tracks = stretches.iter().flat_map(|(_, tracks)| tracks);
            tracks.any(|track| kinds.contains(&track.movement))
        };
        let moved = if holds(&[CameraMove::Follow]) {
            steadied(recipe.frames, subject_moved)
        } else {
            Vec::new()
        };
        let (centre_x, centre_y) = analysis.subject.centre;
        let centre = (centre_x * size.0, centre_y * size.1);
        let pinned = holds(&[CameraMove::DollyZoom, CameraMove::Follow, CameraMove::FocusPull]);
        let depth = if pinned {
            subject_as_one(analysis)
        } else {
            analysis.depth.clone()
        };
        let far = depth.quantile(0.1);
        let lay = |depth: &Field, further: f32| -> Vec<Path> {
            let path = |(role, tracks): &(Role, Vec<&CameraTrack>)| {
                let far_gone = |track: &&CameraTrack| CameraTrack {
                    travel: track.travel * further,
                    ..**track
                };
                let tracks: Vec<CameraTrack> = tracks.iter().map(far_gone).collect();
                let setting = Setting {
                    role: *role,
                    size,
                    frames: recipe.frames,
                    seed: recipe.seed,
                    pivot: depth.at(centre),
                    far,
                    subject_moved: &moved,
                };
                Path::new(&tracks, &setting, |at| depth.at(at))
            };
            stretches.iter().map(path).collect()
        };
        // How far depth carries things at the largest amplitude decides how steep it may be, so that a larger amplitude
        // is the same move, only further; and the paths are laid on the result.
        let flat = Field::new(depth.map(|_| 0.5), size);
        let widest = lay(&flat, gain(Amplitude::Large) / gain(recipe.amplitude));
        let depth = Field::new(bounded(&depth, &analysis.upright, &widest, size), size);
        let paths = lay(&depth, 1.0);
        Self { depth, paths }
    }
}

/// The depth with all of the subject at one distance, and nothing nearer: what keeps its size is then the whole subject.
fn subject_as_one(analysis: &Analysis) -> Map {
    let depth = &analysis.depth;
    let (x, y) = analysis.subject.centre;
    let subject = depth.sample(x * depth.width as f32, y * depth.height as f32);
    depth.zip(&analysis.weight, |depth, weight| {
        let depth = depth.min(subject);
        let share = (1.6 * weight).min(1.0);
        depth + (subject - depth) * share * share * (3.0 - 2.0 * share)
    })
}

/// `depth` with slopes bounded so that none of the paths folds or visibly leans.
fn bounded(depth: &Map, upright: &Map, paths: &[Path], size: (f32, f32)) -> Map {
    let (mut across, mut down, mut sideways) = (0.0_f32, 0.0_f32, 0.0_f32);
    for path in paths {
        let reach = path.reach();
        across = across.max(reach.all.0);
        down = down.max(reach.all.1);
        sideways = sideways.max(reach.sideways);
    }
    let cell = (size.0 / depth.width as f32, size.1 / depth.height as f32);
    let slope = |length: f32, reach: f32, bound: f32| bound * length / reach.max(1e-3);
    let down = upright.map(|upright| {
        let lean = LEAN.0 + (LEAN.1 - LEAN.0) * upright;
        slope(cell.1, down, STEEPEST).min(slope(cell.1, sideways, lean))
    });
    limited(depth, slope(cell.0, across, STEEPEST), &down).blurred(1.0)
}
