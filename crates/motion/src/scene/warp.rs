//! Where one frame's pixels come from: through the camera, then through what moves in the picture.

use domain::media::Size;

use super::Scene;
use crate::{
    camera::Pose,
    layer::Layer,
    raster::{Grid, Mixture, Warp, supersampled},
    scenery,
    subject::Moment,
    transition::Framing,
};

/// One frame of one picture. A subject that is a layer of its own comes from elsewhere than what is round it.
pub(crate) struct SceneWarp<'s> {
    pub(super) scene: &'s Scene,
    pub(super) pose: Pose,
    pub(super) moment: Moment,
    pub(super) scenery: scenery::Moment<'s>,
    pub(super) framing: Framing,
}

impl<'s> SceneWarp<'s> {
    /// The subject's layer, while it moves.
    pub(super) fn layer(&self) -> Option<&'s Layer> {
        self.scene.layer().filter(|_| !self.moment.is_rest())
    }

    /// The picture's place that the camera shows at `at`, and how far what stands there is swayed.
    fn place(&self, at: (f32, f32)) -> ((f32, f32), (f32, f32)) {
        let depth = &self.scene.course.depth;
        let place = self.pose.source(self.framing.source(at), |place| depth.at(place));
        (place, self.scenery.swayed(place))
    }

    /// Where the picture's content comes from, where that of its second copy does, and how they mix. The subject's
    /// motion is left out if it is a layer.
    pub(super) fn sources(&self, at: (f32, f32)) -> ((f32, f32), (f32, f32), Mixture) {
        let (place, swayed) = self.place(at);
        let layered = self.scene.layered;
        let source = |gone: (f32, f32)| {
            let position = (place.0 - swayed.0 - gone.0, place.1 - swayed.1 - gone.1);
            if layered {
                position
            } else {
                self.scene.actor.source(&self.moment, position)
            }
        };
        let Some(copies) = self.scenery.copies(place) else {
            let source = source((0.0, 0.0));
            return (source, source, Mixture::NONE);
        };
        (source(copies.first), source(copies.second), copies.mixture)
    }

    /// Where the content of the subject's layer comes from.
    pub(super) fn subject(&self, at: (f32, f32)) -> (f32, f32) {
        let (place, swayed) = self.place(at);
        let position = (place.0 - swayed.0, place.1 - swayed.1);
        self.scene.actor.source(&self.moment, position)
    }

    /// The grid of the subject's layer, while it moves.
    pub(super) fn subject_grid(&self, size: Size) -> Option<Grid> {
        self.layer().map(|_| Grid::new(size, |at| self.subject(at)))
    }

    /// Where what is seen at `at` comes from: the subject's layer where it is opaque, else the picture.
    pub(crate) fn seen(&self, at: (f32, f32)) -> (f32, f32) {
        self.layered(at).unwrap_or_else(|| self.source(at))
    }

    /// Where the subject's layer comes from at `at`, if it is opaque there.
    pub(crate) fn layered(&self, at: (f32, f32)) -> Option<(f32, f32)> {
        let subject = self.layer().map(|_| self.subject(at));
        subject.filter(|subject| self.scene.actor.weight().at(*subject) > 0.5)
    }

    /// Luma of the frame, with `factor` times `factor` samples in each pixel.
    pub(super) fn supersampled(&self, size: Size, factor: u32) -> Vec<f32> {
        let layer = self.layer();
        let pyramid = layer.map_or(self.scene.study.pyramid(), |layer| &layer.background);
        let mut luma = supersampled(pyramid, |at| self.source(at), size, factor);
        if self.scenery.flows() {
            let second = supersampled(pyramid, |at| self.sources(at).1, size, factor);
            let lines = luma
                .chunks_mut(size.width as usize)
                .zip(second.chunks(size.width as usize));
            for (y, (under, over)) in lines.enumerate() {
                for (x, (under, over)) in under.iter_mut().zip(over).enumerate() {
                    *under = self.sources((x as f32, y as f32)).2.of(*under, *over);
                }
            }
        }
        if let Some(layer) = layer {
            let sampled = |pyramid| supersampled(pyramid, |at| self.subject(at), size, factor);
            let over = sampled(&layer.subject).into_iter().zip(sampled(&layer.opacity));
            for (under, (over, opacity)) in luma.iter_mut().zip(over) {
                *under += (over - *under) * (opacity / 255.0);
            }
        }
        luma
    }
}

impl Warp for SceneWarp<'_> {
    fn source(&self, at: (f32, f32)) -> (f32, f32) {
        self.sources(at).0
    }
}
