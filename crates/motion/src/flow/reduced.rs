//! A frame's luma at the size at which flow is searched.

use domain::media::Frame;

use crate::analysis::Map;

/// Luma, 0 to 255, brought down to `long_side` cells on the long side: each cell is the mean of what it covers. A
/// smaller frame stays as it is.
pub(super) fn reduced(frame: &Frame, long_side: f32) -> Map {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    let scale = (long_side / width.max(height) as f32).min(1.0);
    let side = |length: usize| ((length as f32 * scale).round() as usize).clamp(1, length);
    let (across, down) = (shares(width, side(width)), shares(height, side(height)));
    let mut values = vec![0.0; side(width) * side(height)];
    for (row, shares) in frame.y.chunks_exact(width).zip(&down) {
        let mut line = vec![0.0_f32; side(width)];
        for (value, shares) in row.iter().zip(&across) {
            for (cell, share) in shares {
                if let Some(sum) = line.get_mut(*cell) {
                    *sum += f32::from(*value) * share;
                }
            }
        }
        for (cell, share) in shares {
            let start = cell * line.len();
            if let Some(sums) = values.get_mut(start..start + line.len()) {
                sums.iter_mut()
                    .zip(&line)
                    .for_each(|(sum, value)| *sum += value * share);
            }
        }
    }
    Map {
        width: side(width),
        height: side(height),
        values,
    }
}

/// For each of `from` samples the one or two of `to` cells that it lies in, with its share of each.
fn shares(from: usize, to: usize) -> Vec<[(usize, f32); 2]> {
    let scale = to as f32 / from as f32;
    let share_of = |index: usize| {
        let (start, end) = (index as f32 * scale, (index + 1) as f32 * scale);
        let first = (start as usize).min(to - 1);
        let border = (first + 1) as f32;
        let over = (end - border).max(0.0);
        // What rounding leaves beyond the last cell belongs to it.
        let second = if first + 1 < to { first + 1 } else { first };
        [(first, end - start - over), (second, over)]
    };
    (0..from).map(share_of).collect()
}

#[cfg(test)]
mod tests {
    use domain::media::Size;

    use super::*;

    #[test]
    fn a_ramp_stays_a_ramp() {
        let mut frame = Frame::black(Size {
            width: 1280,
            height: 720,
        });
        for (index, value) in frame.y.iter_mut().enumerate() {
            *value = (index % 1280 / 8) as u8;
        }
        let small = reduced(&frame, 480.0);
        assert_eq!((small.width, small.height), (480, 270));
        for x in 8..470 {
            let expected = ((x as f32 + 0.5) * 1280.0 / 480.0 - 4.0) / 8.0;
            assert!((small.at(x, 100) - expected).abs() < 0.6, "{x}");
        }
    }

    #[test]
    fn a_small_frame_stays_as_it_is() {
        let mut frame = Frame::black(Size { width: 34, height: 18 });
        frame
            .y
            .iter_mut()
            .enumerate()
            .for_each(|(index, value)| *value = (index % 251) as u8);
        let same = reduced(&frame, 480.0);
        assert!(
            same.values
                .iter()
                .zip(&frame.y)
                .all(|(cell, value)| (cell - f32::from(*value)).abs() < 1e-3)
        );
    }
}
