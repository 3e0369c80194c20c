//! A picture brought to a clip's size, with what is known about it: made once, shared by planning and drawing.

use std::sync::{Arc, OnceLock};

use domain::media::{Frame, Picture, Size};

use crate::{
    analysis::{Analysis, Cut, analyse, cut},
    convert::{frame_to_picture, picture_to_frame},
    depth::Depth,
    error::MotionError,
    fit::fitted,
    layer::Layer,
    raster::{Detail, Pyramid},
    stages::{Silent, Stages, during},
};

/// Cheap to clone.
#[derive(Debug, Clone)]
pub struct Study(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    size: Size,
    analysis: Analysis,
    planes: Frame,
    pyramid: Pyramid,
    detail: Detail,
    cut: OnceLock<Option<Cut>>,
    layer: OnceLock<Option<Layer>>,
}

impl Study {
    /// Fits `picture` to `size` (both sides even, 2 to 8192) and looks at it, estimating its depth.
    ///
    /// # Errors
    /// When the picture's bytes do not match its size, or `size` is not one that a clip can have.
    pub fn new(picture: &Picture, size: Size, detail: Detail) -> Result<Self, MotionError> {
        Self::with_depth(picture, size, detail, &Depth::Estimate)
    }

    /// The same with what is known about the picture's depth.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_depth(picture: &Picture, size: Size, detail: Detail, depth: &Depth) -> Result<Self, MotionError> {
        Self::observed(picture, size, detail, depth, &Silent)
    }

    /// The same, telling `stages` of every step.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn observed(
        picture: &Picture,
        size: Size,
        detail: Detail,
        depth: &Depth,
        stages: &dyn Stages,
    ) -> Result<Self, MotionError> {
        let side = |length: u32| length.is_multiple_of(2) && (2..=8192).contains(&length);
        if !side(size.width) || !side(size.height) {
            return Err(MotionError::Size { size });
        }
        let pixels = u64::from(picture.size.width) * u64::from(picture.size.height);
        if pixels == 0 || u64::try_from(picture.rgb.len()) != Ok(pixels * 3) {
            return Err(MotionError::BrokenPicture);
        }
        let fitted = during(stages, "fit", || fitted(picture, size, size))?;
        let (analysis, (planes, pyramid)) = rayon::join(
            || analyse(&fitted, depth.over(picture.size, size).as_ref(), stages),
            || {
                let planes = during(stages, "planes", || picture_to_frame(&fitted));
                let pyramid = during(stages, "enlarge", || Pyramid::new(&planes, detail));
                (planes, pyramid)
            },
        );
        Ok(Self(Arc::new(Parts {
            size,
            analysis: analysis?,
            planes,
            pyramid,
            detail,
            cut: OnceLock::new(),
            layer: OnceLock::new(),
        })))
    }

    /// The same picture, seen otherwise.
    #[cfg(test)]
    pub(crate) fn seen(self, change: impl FnOnce(&mut Analysis)) -> Self {
        let mut parts = Arc::into_inner(self.0).expect("made by a test, and not shared yet");
        change(&mut parts.analysis);
        Self(Arc::new(parts))
    }

    /// Of the clip.
    pub fn size(&self) -> Size {
        self.0.size
    }

    pub(crate) fn analysis(&self) -> &Analysis {
        &self.0.analysis
    }

    /// The fitted picture, as a frame would show it at rest.
    pub(crate) fn planes(&self) -> &Frame {
        &self.0.planes
    }

    /// Whether the subject can be cut out with confidence. Found at the first call, in a tenth of a second or two.
    pub(crate) fn can_be_cut(&self) -> bool {
        self.cut().is_some()
    }

    fn cut(&self) -> Option<&Cut> {
        let parts = &self.0;
        let found = parts.cut.get_or_init(|| {
            let picture = frame_to_picture(&parts.planes);
            cut(&picture, &parts.analysis.saliency).unwrap_or_default()
        });
        found.as_ref()
    }

    /// The subject as a layer of its own, if it can be cut out. Made at the first call.
    pub(crate) fn layer(&self) -> Option<&Layer> {
        let parts = &self.0;
        let made = parts.layer.get_or_init(|| {
            let cut = self.cut()?;
            Some(Layer::new(&parts.planes, cut, parts.detail))
        });
        made.as_ref()
    }

    pub(crate) fn pyramid(&self) -> &Pyramid {
        &self.0.pyramid
    }
}
