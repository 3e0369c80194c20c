//! Text as coverage: glyphs of the embedded font side by side.

use swash::{
    FontRef,
    scale::{Render, ScaleContext, Source, image::Image},
};

/// See `fonts/README.md` for what it holds and how it was made.
const FONT: &[u8] = include_bytes!("../../fonts/label.otf");

/// Longer labels are cut: they would not be readable any more.
const MOST_GLYPHS: usize = 64;

/// Coverage of pixels, 0 to 1, row by row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Mask {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<f32>,
}

/// `text` in one line, `pixels` to the em, with room for a rim round it. Characters that the font lacks are left
/// out.
pub(super) fn text_mask(text: &str, pixels: f32) -> Mask {
    let Some(font) = FontRef::from_index(FONT, 0) else {
        return Mask::default();
    };
    let metrics = font.metrics(&[]).scale(pixels);
    let widths = font.glyph_metrics(&[]).scale(pixels);
    let charmap = font.charmap();
    let glyphs = text.chars().map(|character| charmap.map(character));
    let glyphs: Vec<u16> = glyphs.filter(|glyph| *glyph != 0).take(MOST_GLYPHS).collect();
    let width: f32 = glyphs.iter().map(|glyph| widths.advance_width(*glyph)).sum();
    let height = metrics.ascent + metrics.descent;
    if glyphs.is_empty() || !width.is_finite() || !height.is_finite() {
        return Mask::default();
    }
    let room = (pixels * 0.2).ceil() as usize;
    let (width, height) = (width.ceil() as usize + 2 * room, height.ceil() as usize + 2 * room);
    let mut mask = Mask {
        width,
        height,
        values: vec![0.0; width * height],
    };
    let mut context = ScaleContext::new();
    let mut scaler = context.builder(font).size(pixels).hint(false).build();
    let mut pen = room as f32;
    for glyph in glyphs {
        let image = Render::new(&[Source::Outline])
            .offset(swash::zeno::Vector::new(f32::fract(pen), 0.0))
            .embolden(pixels * 0.02)
            .render(&mut scaler, glyph);
        if let Some(image) = image {
            mask.stamp(&image, pen as i32, (metrics.ascent.round() as usize + room) as i32);
        }
        pen += widths.advance_width(glyph);
    }
    mask
}

impl Mask {
    fn stamp(&mut self, image: &Image, pen: i32, baseline: i32) {
        let columns = (image.placement.width as usize).max(1);
        for (row, line) in image.data.chunks_exact(columns).enumerate() {
            for (column, coverage) in line.iter().enumerate() {
                let x = pen + image.placement.left + column as i32;
                let y = baseline - image.placement.top + row as i32;
                let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
                    continue;
                };
                if x < self.width
                    && let Some(value) = self.values.get_mut(y * self.width + x)
                {
                    *value = value.max(f32::from(*coverage) / 255.0);
                }
            }
        }
    }

    /// The mask grown by `reach` pixels all round and softened, of the same size.
    pub(super) fn spread(&self, reach: usize) -> Self {
        let reach = reach as isize;
        let gather = |source: &Self, step: (isize, isize)| {
            let mut values = Vec::with_capacity(source.values.len());
            for y in 0..source.height as isize {
                for x in 0..source.width as isize {
                    let most = (-2 * reach..=2 * reach)
                        .map(|offset| {
                            let fade = 1.0 - (offset.abs() - reach).max(0) as f32 / (reach + 1) as f32;
                            fade * source.at((x + offset * step.0, y + offset * step.1))
                        })
                        .fold(0.0, f32::max);
                    values.push(most);
                }
            }
            Self { values, ..*source }
        };
        gather(&gather(self, (1, 0)), (0, 1))
    }
}
