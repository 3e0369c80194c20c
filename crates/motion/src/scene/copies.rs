//! What a frame is laid together from.

use domain::media::{Frame, Size};

use super::SceneWarp;
use crate::{
    layer::{Layer, Shadow},
    raster::{Grid, Over, Part, Pyramid, Warp, draw, draw_over, draw_part},
};

/// The picture, a second copy of it where something flows, and the subject over both if it is a layer of its own.
pub(super) struct Copies<'s> {
    picture: &'s Pyramid,
    pub(super) grid: Grid,
    over: Option<Over>,
    pub(super) subject: Option<Subject<'s>>,
}

/// The subject's layer and its own grid.
pub(super) struct Subject<'s> {
    layer: &'s Layer,
    pub(super) grid: Grid,
    shadow: Option<Shadow>,
}

impl<'s> Copies<'s> {
    pub(super) fn new(warp: &SceneWarp<'s>, size: Size) -> Self {
        let subject = warp.layer().zip(warp.subject_grid(size));
        let shadow = warp.moment.shadow();
        let subject = subject.map(|(layer, grid)| Subject { layer, grid, shadow });
        let whole = warp.scene.study.pyramid();
        let picture = subject.as_ref().map_or(whole, |subject| &subject.layer.background);
        let (grid, over) = grids(warp, size);
        Self {
            picture,
            grid,
            over,
            subject,
        }
    }

    pub(super) fn draw(&self, frame: &mut Frame) {
        draw(self.picture, &self.grid, frame);
        if let Some(over) = &self.over {
            draw_over(self.picture, over, frame);
        }
        if let Some(Subject { layer, grid, shadow }) = &self.subject {
            if let Some(shadow) = shadow {
                shadow.cast(&self.grid, frame);
            }
            let part = Part {
                colours: &layer.subject,
                opacity: &layer.opacity,
            };
            draw_part(part, grid, |corners| layer.shows(corners), frame);
        }
    }
}

/// Where the picture comes from, and its second copy, if there is one.
fn grids(warp: &SceneWarp<'_>, size: Size) -> (Grid, Option<Over>) {
    if !warp.scenery.flows() {
        return (Grid::new(size, |at| warp.source(at)), None);
    }
    let (mut nodes, mut mixtures) = (Vec::new(), Vec::new());
    let grid = Grid::new(size, |at| {
        let (first, second, mixture) = warp.sources(at);
        nodes.push(second);
        mixtures.push(mixture);
        first
    });
    let over = Over {
        grid: Grid { nodes, ..grid },
        mixtures,
    };
    (grid, Some(over))
}
