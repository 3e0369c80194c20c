//! Any pixels that the decoders give to 8-bit sRGB.

use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Profiles of scanners and printers can be megabytes; larger ones are not worth the time.
const LARGEST_PROFILE: usize = 8 << 20;

pub(crate) fn opaque_srgb(pixels: DynamicImage, profile: Option<&[u8]>) -> RgbImage {
    let profile = readable(profile);
    let colour = pixels.color();
    if !colour.has_color() {
        if let Some(profile) = profile.filter(|profile| profile.color_space == DataColorSpace::Gray) {
            return from_gray(&pixels, &profile);
        }
        return flattened(pixels);
    }
    match profile.filter(|profile| profile.color_space == DataColorSpace::Rgb) {
        None => flattened(pixels),
        Some(profile) if colour.has_alpha() => {
            let mut pixels = pixels.into_rgba8();
            convert(&mut pixels, Layout::Rgba, &profile);
            over_white(&pixels)
        }
        Some(profile) => {
            let mut pixels = pixels.into_rgb8();
            convert(&mut pixels, Layout::Rgb, &profile);
            pixels
        }
    }
}

/// The same with its alpha. Gray values are taken as they are.
pub(crate) fn srgb_with_alpha(pixels: DynamicImage, profile: Option<&[u8]>) -> RgbaImage {
    let is_coloured = pixels.color().has_color();
    let profile = readable(profile).filter(|profile| is_coloured && profile.color_space == DataColorSpace::Rgb);
    let mut pixels = pixels.into_rgba8();
    if let Some(profile) = profile {
        convert(&mut pixels, Layout::Rgba, &profile);
    }
    pixels
}

fn readable(profile: Option<&[u8]>) -> Option<ColorProfile> {
    profile
        .filter(|bytes| bytes.len() <= LARGEST_PROFILE)
        .and_then(|bytes| ColorProfile::new_from_slice(bytes).ok())
}

fn flattened(pixels: DynamicImage) -> RgbImage {
    if pixels.color().has_alpha() {
        over_white(&pixels.into_rgba8())
    } else {
        pixels.into_rgb8()
    }
}

/// Row by row, so that a large picture is not held twice. A profile that has no way to sRGB leaves the
/// pixels as they are.
fn convert(
    pixels: &mut image::ImageBuffer<impl image::Pixel<Subpixel = u8>, Vec<u8>>,
    layout: Layout,
    profile: &ColorProfile,
) {
    let target = ColorProfile::new_srgb();
    let Ok(transform) = profile.create_transform_8bit(layout, &target, layout, TransformOptions::default()) else {
        return;
    };
    let channels = if layout == Layout::Rgba { 4 } else { 3 };
    let row_bytes = pixels.width() as usize * channels;
    let mut before = vec![0; row_bytes];
    for row in pixels.chunks_exact_mut(row_bytes.max(1)) {
        before.copy_from_slice(row);
        if transform.transform(&before, row).is_err() {
            row.copy_from_slice(&before);
        }
    }
}

/// Gray has but 256 values: they are converted, not the pixels.
fn from_gray(pixels: &DynamicImage, profile: &ColorProfile) -> RgbImage {
    let target = ColorProfile::new_srgb();
    let levels: Vec<u8> = (0..=255).collect();
    let mut table = vec![0; levels.len() * 3];
    let converted = profile
        .create_transform_8bit(Layout::Gray, &target, Layout::Rgb, TransformOptions::default())
        .and_then(|transform| transform.transform(&levels, &mut table));
    if converted.is_err() {
        table = levels.iter().flat_map(|level| [*level; 3]).collect();
    }
    let (colours, _) = table.as_chunks::<3>();
    let gray = pixels.to_luma_alpha8();
    let mut rgb = RgbImage::new(pixels.width(), pixels.height());
    for (target, source) in rgb.pixels_mut().zip(gray.pixels()) {
        let [level, alpha] = source.0;
        let colour = colours.get(usize::from(level)).copied().unwrap_or([level; 3]);
        target.0 = colour.map(|sample| blend(sample, alpha));
    }
    rgb
}

fn over_white(pixels: &RgbaImage) -> RgbImage {
    let mut rgb = RgbImage::new(pixels.width(), pixels.height());
    for (target, source) in rgb.pixels_mut().zip(pixels.pixels()) {
        let [red, green, blue, alpha] = source.0;
        target.0 = [red, green, blue].map(|sample| blend(sample, alpha));
    }
    rgb
}

/// The sample over white, in the encoded values, as browsers do it.
fn blend(sample: u8, alpha: u8) -> u8 {
    let (sample, alpha) = (u32::from(sample), u32::from(alpha));
    ((sample * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}
