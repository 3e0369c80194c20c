//! How opaque the subject is, and its own colours where it is mixed with what is behind it.
//!
//! A strict cut leaves a faint rim of the subject outside. This goes with it, thinly, and does not stay behind as an
//! outline. What is seen is then a mixture of both sides by opacity; as what is behind was filled in, the subject's part
//! follows from it exactly, and at rest the layer over its background is the picture again.

/// The opacity of the rim.
const RIM: u8 = 64;

/// Opacities, 0 to 255, with a thin rim of `radius` pixels.
pub(super) fn rimmed(alpha: &[u8], width: usize, radius: usize) -> Vec<u8> {
    let across = along_rows(alpha, width, radius);
    let height = alpha.len() / width;
    let near = transposed(&along_rows(&transposed(&across, width), height, radius), height);
    let pixels = alpha.iter().zip(near);
    pixels
        .map(|(alpha, near)| if near > 0 { (*alpha).max(RIM) } else { 0 })
        .collect()
}

/// The largest value within `radius` pixels in the row.
fn along_rows(plane: &[u8], width: usize, radius: usize) -> Vec<u8> {
    let mut output = plane.to_vec();
    for (line, output) in plane.chunks_exact(width).zip(output.chunks_exact_mut(width)) {
        for (x, value) in line.iter().enumerate().filter(|(_, value)| **value > 0) {
            for near in &mut output[x.saturating_sub(radius)..(x + radius + 1).min(width)] {
                *near = (*near).max(*value);
            }
        }
    }
    output
}

fn transposed(plane: &[u8], width: usize) -> Vec<u8> {
    let height = plane.len() / width;
    let mut output = vec![0; plane.len()];
    for (y, line) in plane.chunks_exact(width).enumerate() {
        for (x, value) in line.iter().enumerate() {
            output[x * height + y] = *value;
        }
    }
    output
}

/// Means of two by two; sides are even.
pub(super) fn halved(plane: &[u8], width: usize) -> Vec<u8> {
    let mut output = Vec::with_capacity(plane.len() / 4);
    for rows in plane.chunks_exact(2 * width) {
        let (upper, lower) = rows.split_at(width);
        for (upper, lower) in upper.chunks_exact(2).zip(lower.chunks_exact(2)) {
            let sum: u32 = upper.iter().chain(lower).map(|value| u32::from(*value)).sum();
            output.push(sum.div_ceil(4) as u8);
        }
    }
    output
}

/// Raises opacities of one plane to where the subject's own colour is one that can be.
pub(super) fn raise(alpha: &mut [u8], seen: &[u8], behind: &[u8]) {
    for ((alpha, seen), behind) in alpha.iter_mut().zip(seen).zip(behind) {
        if (1..255).contains(alpha) {
            let (seen, behind) = (f32::from(*seen), f32::from(*behind));
            let room = if seen > behind { 255.0 - behind } else { behind };
            let least = (seen - behind).abs() / room.max(1.0);
            *alpha = (*alpha).max((255.0 * least).ceil() as u8);
        }
    }
}

/// Turns the colours of one plane into the subject's own, and carries them `rings` pixels beyond it.
pub(super) fn part(seen: &mut [u8], behind: &[u8], alpha: &[u8], width: usize, rings: usize) {
    for ((seen, behind), alpha) in seen.iter_mut().zip(behind).zip(alpha) {
        if (1..255).contains(alpha) {
            let (mixed, other) = (f32::from(*seen), f32::from(*behind));
            let own = other + (mixed - other) * 255.0 / f32::from(*alpha);
            *seen = own.round().clamp(0.0, 255.0) as u8;
        }
    }
    grow(seen, alpha, width, rings);
}

/// Carries the values of all that is not clear outwards, ring by ring.
fn grow(plane: &mut [u8], alpha: &[u8], width: usize, rings: usize) {
    let height = plane.len() / width;
    let mut known: Vec<bool> = alpha.iter().map(|alpha| *alpha > 0).collect();
    let around = |at: usize| {
        let (x, y) = (at % width, at / width);
        let (left, right) = (x.saturating_sub(1), (x + 1).min(width - 1));
        (y.saturating_sub(1)..=(y + 1).min(height - 1)).flat_map(move |y| (left..=right).map(move |x| y * width + x))
    };
    let mut front: Vec<usize> = (0..plane.len()).filter(|at| known[*at]).collect();
    for _ in 0..rings {
        front = front
            .iter()
            .flat_map(|at| around(*at))
            .filter(|at| !known[*at])
            .collect();
        front.sort_unstable();
        front.dedup();
        let mean = |at: &usize| {
            let (mut sum, mut count) = (0_u32, 0_u32);
            for other in around(*at).filter(|other| known[*other]) {
                sum += u32::from(plane[other]);
                count += 1;
            }
            (sum / count.max(1)) as u8
        };
        let values: Vec<u8> = front.iter().map(mean).collect();
        for (at, value) in front.iter().zip(values) {
            plane[*at] = value;
            known[*at] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rim_is_thin_and_what_is_inside_stays() {
        let alpha: Vec<u8> = (0..400)
            .map(|at| match at % 20 {
                6 => 90,
                7..14 => 255,
                _ => 0,
            })
            .collect();
        let rimmed = rimmed(&alpha, 20, 2);
        let line = [
            0, 0, 0, 0, 64, 64, 90, 255, 255, 255, 255, 255, 255, 255, 64, 64, 0, 0, 0, 0,
        ];
        assert_eq!(&rimmed[200..220], &line);
    }

    #[test]
    fn both_sides_together_are_what_was_seen() {
        let behind: Vec<u8> = (0..=255).collect();
        for seen in [0_u8, 16, 90, 200, 255] {
            for opacity in [1_u8, 64, 128, 250] {
                let mut alpha = vec![opacity; 256];
                raise(&mut alpha, &[seen; 256], &behind);
                let mut own = [seen; 256];
                part(&mut own, &behind, &alpha, 256, 0);
                for at in 0..256 {
                    let share = f32::from(alpha[at]) / 255.0;
                    let mixed = f32::from(own[at]) * share + f32::from(behind[at]) * (1.0 - share);
                    assert!((mixed - f32::from(seen)).abs() < 1.5, "{seen} {opacity} {at}: {mixed}");
                }
            }
        }
    }
}
