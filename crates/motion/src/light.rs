//! From where a picture is lit.

use domain::media::Frame;

/// The place from which the light comes, in shares of the frame's width and height; outside 0 to 1 it is outside
/// the frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Light {
    pub(crate) at: (f32, f32),
    /// Where a lens would flare: the most glaring place in the frame, be it a lamp, or else the place on its edge
    /// next to the light.
    pub(crate) glare: (f32, f32),
}

/// Luma above which a small bright place glares, when it outshines what is round it by as much again.
const GLARING: f32 = 205.0;
/// Blocks in which a lamp is looked for, and how much brighter it is than what is round it.
const FINE: (usize, usize) = (64, 36);
const LAMP: f32 = 45.0;

impl Light {
    /// Of a picture that is lit from `at`, with its planes.
    pub(crate) fn of(at: (f32, f32), planes: &Frame) -> Self {
        let glare = glare(&block_means(planes, FINE)).unwrap_or((at.0.clamp(0.06, 0.94), at.1.clamp(0.09, 0.91)));
        Self { at, glare }
    }
}

/// The middle of the small place that outshines its surroundings the most, if one glares.
fn glare(blocks: &[f32]) -> Option<(f32, f32)> {
    const REACH: isize = 5;
    let (columns, rows) = (FINE.0 as isize, FINE.1 as isize);
    let at = |x: isize, y: isize| {
        let index = y.clamp(0, rows - 1) * columns + x.clamp(0, columns - 1);
        blocks.get(index.unsigned_abs()).copied().unwrap_or(0.0)
    };
    let mut best = (LAMP, None);
    for y in 1..rows - 1 {
        for x in 1..columns - 1 {
            let near = at(x, y);
            let ring = (-REACH..=REACH).map(|step| {
                at(x + step, y - REACH) + at(x + step, y + REACH) + at(x - REACH, y + step) + at(x + REACH, y + step)
            });
            let round = ring.sum::<f32>() / (4 * (2 * REACH + 1)) as f32;
            // Blocks that a lamp only touches are less bright than its own.
            let outshines = near - round;
            if near + 0.5 * outshines > GLARING && outshines > best.0 {
                let place = ((x as f32 + 0.5) / columns as f32, (y as f32 + 0.5) / rows as f32);
                best = (outshines, Some(place));
            }
        }
    }
    best.1
}

/// Mean luma of so many blocks across and down, row by row; every fourth line and pixel is looked at.
fn block_means(planes: &Frame, (columns, rows): (usize, usize)) -> Vec<f32> {
    let (width, height) = (planes.size.width as usize, planes.size.height as usize);
    let mut sums = vec![(0_u32, 0_u32); columns * rows];
    let step = if width.min(height) < 400 { 1 } else { 4 };
    for (y, line) in planes.y.chunks_exact(width.max(1)).enumerate().step_by(step) {
        let row = y * rows / height;
        for (x, luma) in line.iter().enumerate().step_by(step) {
            if let Some(sum) = sums.get_mut(row * columns + x * columns / width) {
                sum.0 += u32::from(*luma);
                sum.1 += 1;
            }
        }
    }
    sums.iter()
        .map(|(sum, count)| *sum as f32 / (*count).max(1) as f32)
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::media::Size;

    use super::*;

    fn frame(luma: impl Fn(f32, f32) -> u8) -> Frame {
        let mut frame = Frame::black(Size {
            width: 320,
            height: 180,
        });
        for (index, value) in frame.y.iter_mut().enumerate() {
            *value = luma((index % 320) as f32 / 320.0, (index / 320) as f32 / 180.0);
        }
        frame
    }

    #[test]
    fn a_lens_flares_at_a_lamp_or_else_at_the_edge_next_to_the_light() {
        let lamp = Light::of(
            (1.2, -0.2),
            &frame(|x, y| if (x - 0.7).hypot(y - 0.8) < 0.03 { 235 } else { 60 }),
        );
        assert!(
            (lamp.glare.0 - 0.7).abs() < 0.03 && (lamp.glare.1 - 0.8).abs() < 0.04,
            "{lamp:?}"
        );
        let even = Light::of((1.2, -0.2), &frame(|_, _| 235));
        assert_eq!(even.glare, (0.94, 0.09));
    }
}
