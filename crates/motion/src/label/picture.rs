//! A picture as the label: small, in its corner, with its alpha.

use domain::{
    media::{Overlay, Size},
    request::Corner,
};
use fast_image_resize::{
    FilterType, ResizeAlg, ResizeOptions, Resizer,
    images::{TypedImage, TypedImageRef},
    pixels::U8x4,
};

use super::{Mark, Planes, em, place};
use crate::error::MotionError;

/// At most this share of the frame's width.
const WIDEST: f64 = 0.2;
/// At most this share of the frame's short side.
const HIGHEST: f64 = 0.125;
/// From the frame's edge: as far as the text's strokes stand from it.
const MARGIN: f32 = 0.6;

/// The marks of `picture` for a frame of this size. It is made smaller until it fits its corner, and never larger.
///
/// # Errors
/// When its bytes do not match its size.
pub(super) fn marks(frame: Size, picture: &Overlay, corner: Corner) -> Result<Planes, MotionError> {
    let small = shrunk(picture, fitted(frame, picture.size))?;
    let (width, height) = (small.size.width as usize, small.size.height as usize);
    let margin = (em(frame) * MARGIN) as usize;
    let room = (frame.width as usize, frame.height as usize);
    let Some((left, top)) = place(room, (width, height), margin, corner) else {
        return Ok(Planes::default());
    };
    // Colour has a pixel for every four.
    let (left, top) = (left / 2 * 2, top / 2 * 2);
    let pixel = |x: usize, y: usize| {
        let at = (y * width + x) * 4;
        let inside = x < width && y < height;
        let found = small.rgba.get(at..at + 4).filter(|_| inside);
        found.map_or([0.0; 4], yuva)
    };
    let mut planes = Planes::default();
    for y in 0..height {
        for x in 0..width {
            let [luma, _, _, alpha] = pixel(x, y);
            planes.y.extend(mark((top + y) * room.0 + left + x, luma, alpha));
        }
    }
    for y in (0..height).step_by(2) {
        for x in (0..width).step_by(2) {
            let four = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(right, down)| pixel(x + right, y + down));
            let alpha: f32 = four.iter().map(|[.., alpha]| alpha / 4.0).sum();
            let mean = |of: [f32; 4]| {
                if alpha > 0.0 {
                    of.iter().sum::<f32>() / 4.0 / alpha
                } else {
                    0.0
                }
            };
            let at = (top + y) / 2 * (room.0 / 2) + (left + x) / 2;
            planes
                .u
                .extend(mark(at, mean(four.map(|[_, u, _, alpha]| u * alpha)), alpha));
            planes
                .v
                .extend(mark(at, mean(four.map(|[_, _, v, alpha]| v * alpha)), alpha));
        }
    }
    Ok(planes)
}

fn mark(at: usize, value: f32, alpha: f32) -> Option<Mark> {
    (alpha > 0.0).then_some(Mark {
        at,
        keep: 1.0 - alpha,
        add: value * alpha,
    })
}

/// The size at which a picture is drawn.
fn fitted(frame: Size, picture: Size) -> Size {
    let (width, height) = (f64::from(picture.width), f64::from(picture.height));
    let short = f64::from(frame.width.min(frame.height));
    let scale = (f64::from(frame.width) * WIDEST / width)
        .min(short * HIGHEST / height)
        .min(1.0);
    let side = |pixels: f64| ((pixels * scale).round() as u32).max(1);
    Size {
        width: side(width),
        height: side(height),
    }
}

/// By Lanczos, on colours weighted by their alpha.
fn shrunk(picture: &Overlay, size: Size) -> Result<Overlay, MotionError> {
    if picture.size == size {
        return Ok(picture.clone());
    }
    let failed = |reason: &dyn std::fmt::Display| MotionError::Resize(reason.to_string());
    let source = TypedImageRef::<U8x4>::from_buffer(picture.size.width, picture.size.height, &picture.rgba)
        .map_err(|error| failed(&error))?;
    let mut rgba = vec![0; size.width as usize * size.height as usize * 4];
    let mut target =
        TypedImage::<U8x4>::from_buffer(size.width, size.height, &mut rgba).map_err(|error| failed(&error))?;
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(true);
    Resizer::new()
        .resize_typed(&source, &mut target, &options)
        .map_err(|error| failed(&error))?;
    Ok(Overlay { size, rgba })
}

/// BT.709, limited range, and alpha from 0 to 1.
fn yuva(pixel: &[u8]) -> [f32; 4] {
    let &[red, green, blue, alpha] = pixel else {
        return [0.0; 4];
    };
    let [red, green, blue, alpha] = [red, green, blue, alpha].map(|sample| f32::from(sample) / 255.0);
    let luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    [
        16.0 + 219.0 * luma,
        128.0 + 224.0 * (blue - luma) / 1.8556,
        128.0 + 224.0 * (red - luma) / 1.5748,
        alpha,
    ]
}
