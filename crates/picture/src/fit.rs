//! From a picture's shape to the video's, and from the picture to its first frame.

use domain::{
    media::{Picture, Size},
    request::Resolution,
};
use fast_image_resize::{
    FilterType, ResizeAlg, ResizeOptions, Resizer,
    images::{TypedImage, TypedImageRef},
    pixels::U8x3,
};

/// How far a picture's ratio may be from a usual one to take that one's size.
const TOLERANCE: f64 = 0.01;

/// Ratios with a size of their own in each tier, as a reseller of Vidu prints them: the ratio, then the sizes at
/// 540p, 720p and 1080p. Portraits take the same, turned.
const USUAL: [(f64, [(u32, u32); 3]); 3] = [
    (16.0 / 9.0, [(960, 528), (1280, 720), (1920, 1080)]),
    (4.0 / 3.0, [(816, 608), (1104, 816), (1674, 1238)]),
    (1.0, [(720, 720), (960, 960), (1440, 1440)]),
];

/// Pixels of a tier.
fn area(tier: Resolution) -> f64 {
    match tier {
        Resolution::P360 => 230_400.0,
        Resolution::P540 => 518_400.0,
        Resolution::P720 => 921_600.0,
        Resolution::P1080 => 2_073_600.0,
    }
}

fn usual_size(ratio: f64, tier: Resolution) -> Option<(u32, u32)> {
    let column = match tier {
        Resolution::P360 => return None,
        Resolution::P540 => 0,
        Resolution::P720 => 1,
        Resolution::P1080 => 2,
    };
    let (_, sizes) = USUAL
        .iter()
        .find(|(usual, _)| (ratio / usual - 1.0).abs() <= TOLERANCE)?;
    sizes.get(column).copied()
}

/// The video's size for a picture in a tier: that of the usual ratio when the picture's is within 1 % of it,
/// else the tier's area at the picture's own ratio. Both sides are even. A picture without pixels counts as
/// square, a ratio beyond 1:4 or 4:1 as that.
pub fn output_size(picture: Size, tier: Resolution) -> Size {
    let (long, short) = (
        picture.width.max(picture.height).max(1),
        picture.width.min(picture.height).max(1),
    );
    let ratio = (f64::from(long) / f64::from(short)).min(4.0);
    let (long, short) = usual_size(ratio, tier).unwrap_or_else(|| {
        let side = |pixels: f64| (pixels.sqrt() / 2.0).round() as u32 * 2;
        (side(area(tier) * ratio), side(area(tier) / ratio))
    });
    if picture.width >= picture.height {
        Size {
            width: long,
            height: short,
        }
    } else {
        Size {
            width: short,
            height: long,
        }
    }
}

/// The picture at exactly `size`: scaled (Lanczos, three lobes, in the encoded values as common tools do it)
/// until it covers that, and cropped evenly by what the ratios leave. A picture without pixels, or whose
/// bytes do not match its size, gives a white one.
pub fn fitted(picture: &Picture, size: Size) -> Picture {
    if picture.size == size {
        return picture.clone();
    }
    let resized = resize(picture, size);
    let white = || vec![255; size.width as usize * size.height as usize * 3];
    Picture {
        size,
        rgb: resized.unwrap_or_else(white),
    }
}

fn resize(picture: &Picture, size: Size) -> Option<Vec<u8>> {
    let Size { width, height } = picture.size;
    if [width, height, size.width, size.height].contains(&0) {
        return None;
    }
    // Typed: the untyped call would compile the resizer for every kind of pixel.
    let source = TypedImageRef::<U8x3>::from_buffer(width, height, &picture.rgb).ok()?;
    let mut rgb = vec![0; size.width as usize * size.height as usize * 3];
    let mut target = TypedImage::<U8x3>::from_buffer(size.width, size.height, &mut rgb).ok()?;
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .fit_into_destination(Some((0.5, 0.5)));
    Resizer::new().resize_typed(&source, &mut target, &options).ok()?;
    Some(rgb)
}
