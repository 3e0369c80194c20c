//! The guided filter (He, Sun and Tang, ECCV 2010) with a grey guide: smooths a map but keeps its edges where
//! the picture has edges.

use super::map::Map;

/// `input` as a locally linear function of `guide`, over squares of `2 * radius + 1` cells. Variations of
/// the guide well below the square root of `smoothness` count as flat.
pub(super) fn guided(guide: &Map, input: &Map, radius: usize, smoothness: f32) -> Map {
    let guide_mean = guide.box_mean(radius);
    let input_mean = input.box_mean(radius);
    let product_mean = guide.zip(input, |a, b| a * b).box_mean(radius);
    let square_mean = guide.map(|a| a * a).box_mean(radius);
    let covariance = product_mean.zip(&guide_mean.zip(&input_mean, |a, b| a * b), |a, b| a - b);
    let variance = square_mean.zip(&guide_mean, |a, b| (a - b * b).max(0.0));
    let slope = covariance.zip(&variance, |a, b| a / (b + smoothness));
    let offset = input_mean.zip(&slope.zip(&guide_mean, |a, b| a * b), |a, b| a - b);
    slope
        .box_mean(radius)
        .zip(guide, |a, b| a * b)
        .zip(&offset.box_mean(radius), |a, b| a + b)
}
