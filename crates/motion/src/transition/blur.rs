//! The blur of a camera that moves while its shutter is open.

use domain::media::Frame;

/// Blurs along rows or, if `down`, along columns, by about `length` pixels: two box means, so that nothing
/// has a hard end. `scratch` has the frame's size.
pub(super) fn along(frame: &mut Frame, scratch: &mut Frame, length: f32, down: bool) {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    let planes = [
        (&mut frame.y, &mut scratch.y, width, height, 1.0),
        (&mut frame.u, &mut scratch.u, width / 2, height / 2, 0.5),
        (&mut frame.v, &mut scratch.v, width / 2, height / 2, 0.5),
    ];
    for (plane, other, width, height, scale) in planes {
        // Each of two boxes is half as long as both together.
        let radius = (length * scale / 4.0).round() as usize;
        let radius = radius.min(if down { height } else { width }.saturating_sub(1) / 2);
        if radius == 0 {
            continue;
        }
        if down {
            columns(plane, other, width, height, radius);
            columns(other, plane, width, height, radius);
        } else {
            rows(plane, other, width, radius);
            rows(other, plane, width, radius);
        }
    }
}

/// A factor for dividing by `2 * radius + 1` with a multiplication and a shift by 16.
fn reciprocal(radius: usize) -> u32 {
    (65536.0 / (2 * radius + 1) as f32).round() as u32
}

fn rows(from: &[u8], to: &mut [u8], width: usize, radius: usize) {
    let factor = reciprocal(radius);
    for (from, to) in from.chunks_exact(width).zip(to.chunks_exact_mut(width)) {
        let at = |x: isize| u32::from(from[x.clamp(0, width as isize - 1) as usize]);
        let reach = radius as isize;
        let mut sum: u32 = (-reach..=reach).map(at).sum();
        for (x, value) in (0_isize..).zip(to.iter_mut()) {
            *value = ((sum * factor + 0x8000) >> 16).min(255) as u8;
            sum = sum + at(x + reach + 1) - at(x - reach);
        }
    }
}

fn columns(from: &[u8], to: &mut [u8], width: usize, height: usize, radius: usize) {
    let factor = reciprocal(radius);
    let row = |y: isize| {
        let start = y.clamp(0, height as isize - 1) as usize * width;
        &from[start..start + width]
    };
    let reach = radius as isize;
    let mut sums = vec![0_u32; width];
    for y in -reach..=reach {
        sums.iter_mut()
            .zip(row(y))
            .for_each(|(sum, value)| *sum += u32::from(*value));
    }
    for (y, line) in (0_isize..).zip(to.chunks_exact_mut(width)) {
        let (coming, going) = (row(y + reach + 1), row(y - reach));
        for (((value, sum), coming), going) in line.iter_mut().zip(&mut sums).zip(coming).zip(going) {
            *value = ((*sum * factor + 0x8000) >> 16).min(255) as u8;
            *sum = *sum + u32::from(*coming) - u32::from(*going);
        }
    }
}

/// Passes of `towards`; each doubles the samples that a pixel is the mean of.
const PASSES: i32 = 3;

/// Blurs towards `centre` (in pixels): each pixel takes in what lies on the way to it, as far as the share
/// `amount` of its distance. `scratch` has the frame's size and holds anything afterwards.
pub(super) fn towards(frame: &mut Frame, scratch: &mut Frame, centre: (f32, f32), amount: f32) {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    for pass in 0..PASSES {
        // Steps of 1, 2 and 4 sevenths reach every sample from 0 to 7.
        let nearer = 1.0 - amount * 2.0_f32.powi(pass) / (2.0_f32.powi(PASSES) - 1.0);
        let half = (centre.0 / 2.0 - 0.25, centre.1 / 2.0 - 0.25);
        contracted(&frame.y, &mut scratch.y, (width, height), centre, nearer);
        contracted(&frame.u, &mut scratch.u, (width / 2, height / 2), half, nearer);
        contracted(&frame.v, &mut scratch.v, (width / 2, height / 2), half, nearer);
        std::mem::swap(frame, scratch);
    }
}

/// The mean of a plane and of itself seen nearer to `centre`.
fn contracted(from: &[u8], to: &mut [u8], (width, height): (usize, usize), centre: (f32, f32), nearer: f32) {
    let place = |at: usize, centre: f32, length: usize| {
        let at = (centre + (at as f32 - centre) * nearer).clamp(0.0, (length - 1) as f32);
        let first = (at as usize).min(length.saturating_sub(2));
        (first, ((at - first as f32) * 128.0) as u32)
    };
    let columns: Vec<(usize, u32)> = (0..width).map(|x| place(x, centre.0, width)).collect();
    let mut line = vec![0_u32; width];
    for (y, to) in to.chunks_exact_mut(width).enumerate() {
        let (row, lower) = place(y, centre.1, height);
        let next = (row + 1).min(height - 1);
        let (upper, under) = (&from[row * width..][..width], &from[next * width..][..width]);
        for ((value, upper), under) in line.iter_mut().zip(upper).zip(under) {
            *value = u32::from(*upper) * (128 - lower) + u32::from(*under) * lower;
        }
        let own = &from[y * width..][..width];
        for ((value, own), (column, right)) in to.iter_mut().zip(own).zip(&columns) {
            let next = (column + 1).min(width - 1);
            let near = (line[*column] * (128 - right) + line[next] * right + 0x2000) >> 14;
            *value = (u32::from(*own) + near).div_ceil(2) as u8;
        }
    }
}
