//! The pixel loops of a grade, on whole rows in fixed point, so that many pixels go at a time.

use domain::media::Frame;

use super::tables::{LUMA_FRACTION, TINT_FRACTION, Tables};
use crate::raster::Coarse;

/// What changes over the frame. Planes for luma have nodes or cells at its pixels, those for chroma at half of them.
pub(super) struct Shading {
    /// Factor of luma and chroma, times 256, below 512.
    pub(super) gain: Coarse,
    /// Luma codes that light adds, times [`GLOW`].
    pub(super) glow: Option<Coarse>,
    /// How much of the sky's tint each place takes, in codes, and the tint for each of them.
    pub(super) sky: Option<(Coarse, (f32, f32))>,
}

/// Ordered dither of four by four pixels (Bayer, 1973), 0 to 15, laid out for eight at a time: where colours pass slowly, no edges of one code are seen to wander.
const DITHER: [[i16; 8]; 8] = [
    [0, 8, 2, 10, 0, 8, 2, 10],
    [12, 4, 14, 6, 12, 4, 14, 6],
    [3, 11, 1, 9, 3, 11, 1, 9],
    [15, 7, 13, 5, 15, 7, 13, 5],
    [0, 8, 2, 10, 0, 8, 2, 10],
    [12, 4, 14, 6, 12, 4, 14, 6],
    [3, 11, 1, 9, 3, 11, 1, 9],
    [15, 7, 13, 5, 15, 7, 13, 5],
];

/// What light is multiplied by for the fixed point in which it is added.
pub(super) const GLOW: f32 = 256.0 / 219.0;

/// Rows that are used again and again.
struct Rows {
    gain: Vec<i16>,
    glow: Vec<i16>,
    sky: Vec<i16>,
    factor: Vec<i16>,
    takes: Vec<i16>,
    tint_u: Vec<i16>,
    tint_v: Vec<i16>,
    scratch: Vec<i16>,
}

/// Grades the frame in place.
pub(super) fn paint(tables: &Tables, shading: &Shading, frame: &mut Frame) {
    let width = frame.size.width as usize;
    let half = width / 2;
    let row = |length: usize| vec![0_i16; length];
    let mut rows = Rows {
        gain: row(width),
        glow: row(width),
        sky: row(half),
        factor: row(half),
        takes: row(half),
        tint_u: row(half),
        tint_v: row(half),
        scratch: Vec::new(),
    };
    let chroma = frame.u.chunks_exact_mut(half).zip(frame.v.chunks_exact_mut(half));
    for (y, (pair, (u, v))) in frame.y.chunks_exact_mut(2 * width).zip(chroma).enumerate() {
        shading.gain.row(2 * y, &mut rows.scratch, &mut rows.gain);
        look_up(tables, pair, &mut rows);
        if let Some((sky, tint)) = &shading.sky {
            sky.row(y, &mut rows.scratch, &mut rows.sky);
            add_sky(&rows.sky, &rows.takes, tint.0, &mut rows.tint_u);
            add_sky(&rows.sky, &rows.takes, tint.1, &mut rows.tint_v);
        }
        chroma_row(tables, &rows, y, u, v);
        for (number, line) in pair.chunks_exact_mut(width).enumerate() {
            let y = 2 * y + number;
            if let Some(glow) = &shading.glow {
                glow.row(y, &mut rows.scratch, &mut rows.glow);
                glowing_row(tables, &rows, y, line);
            } else {
                luma_row(tables, &rows.gain, y, line);
            }
        }
    }
}

/// The product's upper half, which is what the processor multiplies many of at a time.
#[inline(always)]
fn upper(left: i16, right: i16) -> i16 {
    ((i32::from(left) * i32::from(right)) >> 16) as i16
}

/// Chroma's factors and tints for the luma under it.
fn look_up(tables: &Tables, pair: &[u8], rows: &mut Rows) {
    let (first, second) = pair.split_at(pair.len() / 2);
    let luma = first.chunks_exact(2).zip(second.chunks_exact(2));
    let outputs = rows
        .factor
        .iter_mut()
        .zip(&mut rows.takes)
        .zip(&mut rows.tint_u)
        .zip(&mut rows.tint_v);
    for ((upper, lower), (((factor, takes), tint_u), tint_v)) in luma.zip(outputs) {
        // Two of the four pixels, across, are as good as their mean.
        let mean = (u16::from(upper[0]) + u16::from(lower[1])) >> 1;
        [*factor, *tint_u, *tint_v, *takes] = tables.chroma[usize::from(mean as u8)];
    }
}

fn add_sky(sky: &[i16], takes: &[i16], tint: f32, tints: &mut [i16]) {
    // Both rows have 14 bits below one.
    let tint = (tint * (1 << (TINT_FRACTION + 4)) as f32) as i16;
    for ((value, sky), takes) in tints.iter_mut().zip(sky).zip(takes) {
        *value += upper(upper(*sky, *takes), tint);
    }
}

fn chroma_row(tables: &Tables, rows: &Rows, y: usize, u: &mut [u8], v: &mut [u8]) {
    let [uu, uv, vu, vv] = tables.hue;
    let dither = &DITHER[y % 8];
    let inputs = rows
        .factor
        .iter()
        .zip(&rows.tint_u)
        .zip(&rows.tint_v)
        .zip(rows.gain.iter().step_by(2));
    for (x, ((u, v), (((factor, tint_u), tint_v), gain))) in u.iter_mut().zip(v.iter_mut()).zip(inputs).enumerate() {
        let (from_u, from_v) = ((i16::from(*u) - 128) << 6, (i16::from(*v) - 128) << 6);
        // 4 bits below one from here on.
        let turned_u = upper(from_u, uu) + upper(from_v, uv);
        let turned_v = upper(from_u, vu) + upper(from_v, vv);
        let coloured_u = upper(turned_u << 2, *factor) + tint_u;
        let coloured_v = upper(turned_v << 2, *factor) + tint_v;
        let dither = dither[x % 8];
        let shown = |value: i16| (((upper(value << 2, *gain) + dither) >> 4) + 128).clamp(16, 240) as u8;
        *u = shown(coloured_u);
        *v = shown(coloured_v);
    }
}

fn luma_row(tables: &Tables, gain: &[i16], y: usize, line: &mut [u8]) {
    let dither = &DITHER[y % 8];
    for (cells, gains) in line.chunks_mut(8).zip(gain.chunks(8)) {
        for ((value, gain), dither) in cells.iter_mut().zip(gains).zip(dither) {
            let lit = upper(tables.luma[usize::from(*value)], *gain);
            *value = (((lit + dither) >> 4) + 16).clamp(0, 255) as u8;
        }
    }
}

/// As `luma_row`, with light that adds the less the brighter it already is.
fn glowing_row(tables: &Tables, rows: &Rows, y: usize, line: &mut [u8]) {
    const WHITE: i16 = 219 << 4;
    // Shifted by two so that the product has four bits below one; `GLOW` makes up for 219 in place of 256.
    let dither = &DITHER[y % 8];
    let lights = rows.gain.chunks(8).zip(rows.glow.chunks(8));
    for (cells, (gains, glows)) in line.chunks_mut(8).zip(lights) {
        for (((value, gain), glow), dither) in cells.iter_mut().zip(gains).zip(glows).zip(dither) {
            let lit = upper(tables.luma[usize::from(*value)], *gain);
            let lit = lit + upper(*glow, (WHITE - lit).max(0) << 2);
            *value = (((lit + dither) >> 4) + 16).clamp(0, 255) as u8;
        }
    }
}

const _: () = assert!(LUMA_FRACTION == 6 && TINT_FRACTION == 4);
