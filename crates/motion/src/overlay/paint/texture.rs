//! Small pictures of flat things, sampled bilinearly at any size.

/// What a texture is at one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::overlay) struct Texel {
    /// 0 to 1.
    pub(in crate::overlay) alpha: f32,
    /// 1 is the colour as it is; 0 to 2.
    pub(in crate::overlay) light: f32,
    /// From a thing's first colour to its second: 0 to 1.
    pub(in crate::overlay) tone: f32,
}

/// A square picture and its halves.
#[derive(Debug, Clone)]
pub(in crate::overlay) struct Texture {
    pub(super) levels: Vec<Level>,
}

/// A side of `side` texels with one more, clear, on each side. A texel holds tone, light and alpha from its
/// lowest byte up; the fourth byte is 0.
#[derive(Debug, Clone)]
pub(super) struct Level {
    pub(super) side: usize,
    pub(super) texels: Vec<u32>,
}

const LARGEST: usize = 64;
const LEVELS: usize = 5;
const SAMPLES: usize = 4;

impl Texture {
    /// `texel` tells what is at a place: -1 to 1 from left to right and from top to bottom.
    pub(in crate::overlay) fn new(texel: impl Fn(f32, f32) -> Texel) -> Self {
        let mut mean = Vec::with_capacity(LARGEST * LARGEST);
        for y in 0..LARGEST {
            for x in 0..LARGEST {
                mean.push(average(&texel, x, y));
            }
        }
        let mut levels = Vec::with_capacity(LEVELS);
        let mut side = LARGEST;
        for _ in 0..LEVELS {
            levels.push(Level::new(side, &mean));
            side /= 2;
            mean = halved(side, &mean);
        }
        Self { levels }
    }

    /// The level whose texels are about as large as samples, where its side covers `size` samples.
    pub(super) fn level(&self, size: f32) -> Option<&Level> {
        let octave = (LARGEST as f32 / size.max(0.5)).log2().round().max(0.0) as usize;
        self.levels.get(octave.min(self.levels.len().saturating_sub(1)))
    }
}

fn average(texel: &impl Fn(f32, f32) -> Texel, x: usize, y: usize) -> Texel {
    let place = |cell: usize, sample: usize| {
        let at = cell as f32 + (sample as f32 + 0.5) / SAMPLES as f32;
        at / LARGEST as f32 * 2.0 - 1.0
    };
    let count = (SAMPLES * SAMPLES) as f32;
    let mut mean = Texel {
        alpha: 0.0,
        light: 0.0,
        tone: 0.0,
    };
    for row in 0..SAMPLES {
        for column in 0..SAMPLES {
            mean.add(&texel(place(x, column), place(y, row)), 1.0 / count);
        }
    }
    mean
}

/// Means of two by two; `side` is the new side.
fn halved(side: usize, fine: &[Texel]) -> Vec<Texel> {
    let mut coarse = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            let mut mean = Texel {
                alpha: 0.0,
                light: 0.0,
                tone: 0.0,
            };
            for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                mean.add(&fine[(2 * y + row) * 2 * side + 2 * x + column], 0.25);
            }
            coarse.push(mean);
        }
    }
    coarse
}

impl Texel {
    fn add(&mut self, other: &Self, share: f32) {
        self.alpha += other.alpha * share;
        self.light += other.light * share;
        self.tone += other.tone * share;
    }
}

impl Level {
    fn new(side: usize, mean: &[Texel]) -> Self {
        let stride = side + 2;
        let byte = |value: f32| (value.clamp(0.0, 1.0) * 255.0).round() as u32;
        let mut texels = Vec::with_capacity(stride * stride);
        for y in 0..stride {
            for x in 0..stride {
                let inside = (1..=side).contains(&x) && (1..=side).contains(&y);
                // Outside, the colour of the edge goes on, so that no other mixes in.
                let (column, row) = (x.clamp(1, side) - 1, y.clamp(1, side) - 1);
                let texel = mean[row * side + column];
                let alpha = if inside { byte(texel.alpha) } else { 0 };
                texels.push(alpha << 16 | byte(texel.light / 2.0) << 8 | byte(texel.tone));
            }
        }
        Self { side, texels }
    }

    /// Alpha, light and tone (0 to 255 each, light 128 as it is) at texel coordinates in 65536ths, of the padded
    /// level.
    pub(super) fn at(&self, x: i32, y: i32) -> (u32, u32, u32) {
        const EVEN: u32 = 0x00ff_00ff;
        let stride = self.side + 2;
        let (column, row) = ((x >> 16).max(0) as usize, (y >> 16).max(0) as usize);
        let start = row.min(self.side) * stride + column.min(self.side);
        let (Some([a, b]), Some([c, d])) = (
            self.texels.get(start..).and_then(<[u32]>::first_chunk),
            self.texels.get(start + stride..).and_then(<[u32]>::first_chunk),
        ) else {
            return (0, 0, 0);
        };
        let (right, below) = ((x >> 8 & 255) as u32, (y >> 8 & 255) as u32);
        // Two channels at once, in the even bytes of a word.
        let mix = |from: u32, to: u32, share: u32| ((from * (256 - share) + to * share) >> 8) & EVEN;
        let pair = |shift: u32| {
            let part = |texel: &u32| (texel >> shift) & EVEN;
            let upper = mix(part(a), part(b), right);
            let lower = mix(part(c), part(d), right);
            mix(upper, lower, below)
        };
        let (ends, light) = (pair(0), pair(8));
        (ends >> 16, light & 255, ends & 255)
    }
}
