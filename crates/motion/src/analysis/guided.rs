//! The guided filter (He, Sun and Tang, ECCV 2010) with a grey guide: smooths a map but keeps its edges where
//! the picture has edges.

use super::map::Map;

/// A picture that maps are filtered by, with what all of them share.
#[derive(Debug)]
pub(super) struct Guide<'a> {
    luma: &'a Map,
    mean: Map,
    /// With the smoothness added: variations well below its square root count as flat.
    variance: Map,
    radius: usize,
}

impl<'a> Guide<'a> {
    /// Over squares of `2 * radius + 1` cells.
    pub(super) fn new(luma: &'a Map, radius: usize, smoothness: f32) -> Self {
        let mean = luma.box_mean(radius);
        let squares = luma.map(|value| value * value).box_mean(radius);
        let variance = squares.zip(&mean, |square, mean| (square - mean * mean).max(0.0) + smoothness);
        Self {
            luma,
            mean,
            variance,
            radius,
        }
    }

    /// `input` as a locally linear function of the picture.
    pub(super) fn filtered(&self, input: &Map) -> Map {
        let input_mean = input.box_mean(self.radius);
        let product = self.luma.zip(input, |luma, input| luma * input).box_mean(self.radius);
        let expected = self.mean.zip(&input_mean, |luma, input| luma * input);
        let covariance = product.zip(&expected, |product, expected| product - expected);
        let slope = covariance.zip(&self.variance, |covariance, variance| covariance / variance);
        let offset = input_mean.zip(&slope.zip(&self.mean, |slope, mean| slope * mean), |a, b| a - b);
        slope
            .box_mean(self.radius)
            .zip(self.luma, |slope, luma| slope * luma)
            .zip(&offset.box_mean(self.radius), |a, b| a + b)
    }
}
