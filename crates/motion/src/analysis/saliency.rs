//! What stands out: how much it differs from the picture's border. Minimum barrier distance to the border by
//! raster scans (Zhang et al., "Minimum Barrier Salient Object Detection at 80 FPS", ICCV 2015), joined
//! with contrast to the border's colours and with priors for the centre and for focus.

use super::{map::Map, working::Working};

/// 0 to 1.
pub(super) fn saliency(working: &Working, sharpness: &Map, sky: &Map) -> Map {
    let luma = &working.luma;
    let barrier = working
        .channels()
        .into_iter()
        .map(barrier_distance)
        .reduce(|sum, next| sum.zip(&next, |a, b| a + b))
        .map_or_else(|| luma.map(|_| 0.0), |sum| sum.normalised());
    let contrast = border_contrast(working).normalised();
    let (width, height) = (luma.width as f32, luma.height as f32);
    let joined = Map::new(luma.width, luma.height, |x, y| {
        let at = y * luma.width + x;
        let (across, down) = (x as f32 / width - 0.5, y as f32 / height - 0.52);
        let centre = (-(across * across + down * down) / (2.0 * 0.28 * 0.28)).exp();
        let stands_out = 0.6 * barrier.values[at] + 0.4 * contrast.values[at];
        let focus = 0.35 + 0.65 * sharpness.values[at];
        stands_out * (0.25 + 0.75 * centre) * focus * (1.0 - 0.7 * sky.values[at]) + 0.04 * centre
    });
    let soft = joined.blurred(width.max(height) * 0.008).normalised();
    let high = soft.quantile(0.985).max(0.05);
    soft.map(|value| (value / high).min(1.0))
}

/// For every cell the smallest difference between the brightest and the darkest cell on any way to the
/// border, by three raster scans in alternating directions.
fn barrier_distance(channel: &Map) -> Map {
    let (width, height) = (channel.width, channel.height);
    let on_border = |x: usize, y: usize| x == 0 || y == 0 || x + 1 == width || y + 1 == height;
    let mut distance = Map::new(width, height, |x, y| if on_border(x, y) { 0.0 } else { f32::INFINITY });
    let (mut highest, mut lowest) = (channel.values.clone(), channel.values.clone());
    let mut relax = |at: usize, from: usize| {
        let value = channel.values[at];
        let (high, low) = (highest[from].max(value), lowest[from].min(value));
        if distance.values[from].is_finite() && high - low < distance.values[at] {
            distance.values[at] = high - low;
            (highest[at], lowest[at]) = (high, low);
        }
    };
    for pass in 0..4 {
        if pass % 2 == 0 {
            for y in 1..height {
                for x in 1..width {
                    let at = y * width + x;
                    relax(at, at - width);
                    relax(at, at - 1);
                }
            }
        } else {
            for y in (0..height - 1).rev() {
                for x in (0..width - 1).rev() {
                    let at = y * width + x;
                    relax(at, at + width);
                    relax(at, at + 1);
                }
            }
        }
    }
    distance.map(|value| if value.is_finite() { value } else { 0.0 })
}

/// How far each cell's colour is from the mean colours of the four sides: the second smallest of the four
/// distances, so that a subject that touches one side does not vanish.
fn border_contrast(working: &Working) -> Map {
    let channels = working.channels();
    let (width, height) = (working.luma.width, working.luma.height);
    let band = (width.max(height) / 25).max(1);
    let inside: [&dyn Fn(usize, usize) -> bool; 4] = [
        &|x, _| x < band,
        &|x, _| x + band >= width,
        &|_, y| y < band,
        &|_, y| y + band >= height,
    ];
    let means = inside.map(|belongs| channels.map(|channel| mean_where(channel, belongs)));
    Map::new(width, height, |x, y| {
        let at = y * width + x;
        let mut distances = means.map(|mean| {
            let square: f32 = (0..3)
                .map(|index| (channels[index].values[at] - mean[index]).powi(2))
                .sum();
            square.sqrt()
        });
        distances.sort_by(f32::total_cmp);
        (distances[1] + distances[2]) / 2.0
    })
}

fn mean_where(channel: &Map, belongs: &dyn Fn(usize, usize) -> bool) -> f32 {
    let (mut sum, mut count) = (0.0, 0);
    for (index, value) in channel.values.iter().enumerate() {
        if belongs(index % channel.width, index / channel.width) {
            sum += value;
            count += 1;
        }
    }
    sum / count.max(1) as f32
}
