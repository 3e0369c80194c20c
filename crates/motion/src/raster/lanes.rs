//! Sixteen samples at a time, as two runs of eight: the arithmetic of the inner loop. With AVX2 or without, it gives
//! the same bytes.

use super::sheet::{Fixed, Sheet};

/// Pixels of a run.
pub(super) const RUN: usize = 8;

/// How a line may go for runs to follow it, in 16.16: forward, over at most 31 columns, and through at most two
/// rows.
const STEEPEST: i32 = 0x1_0000 / RUN as i32;
const LONGEST: i32 = 0x4_4000;

/// Up to this step a run stays within sixteen columns.
const SHORT: i32 = 0x2_0000;

/// Both runs of a pair go in the same steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stride {
    /// In 5.11.
    x: u16,
    /// In 2.14, signed.
    y: i16,
}

impl Stride {
    #[inline(always)]
    pub(super) fn of(step: Fixed) -> Self {
        Self {
            x: ((step.x + 16) >> 5) as u16,
            y: (step.y >> 2) as i16,
        }
    }
}

/// Which lines runs can follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Sixteen columns are enough.
    Short,
    Long,
    /// It has to be walked pixel by pixel.
    Beyond,
}

impl Reach {
    /// Of all lines whose steps lie between these two.
    pub(super) fn of(first: Fixed, last: Fixed) -> Self {
        let (least, most) = (first.x.min(last.x), first.x.max(last.x));
        let steep = first.y.abs().max(last.y.abs());
        if least < 0 || most > LONGEST || steep > STEEPEST {
            Self::Beyond
        } else if most > SHORT {
            Self::Long
        } else {
            Self::Short
        }
    }
}

/// Eight pixels along a line: where the samples are that they lie between, and where the first one lies among
/// those.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Of the sample at the left of the upper row.
    pub(super) index: usize,
    /// In 5.11, to the nearest 64th.
    x: u16,
    /// In 2.14.
    y: u16,
}

impl Run {
    #[inline(always)]
    pub(super) fn new(sheet: &Sheet, start: Fixed, stride: Stride, channel: usize) -> Self {
        let x = start.x + 0x1_0000 / 128;
        let y = start.y >> 2;
        let last = y + i32::from(stride.y) * (RUN as i32 - 1);
        let row = y.min(last) >> 14;
        Self {
            index: sheet.index((x >> 16) as usize, row as usize, channel),
            x: ((x & 0xffff) >> 5) as u16,
            y: (y - (row << 14)) as u16,
        }
    }
}

/// Sixteen values, without special instructions.
#[inline(always)]
pub(super) fn blend(sheet: &Sheet, runs: [Run; 2], stride: Stride, _: Reach) -> [u8; 2 * RUN] {
    let mut output = [0; 2 * RUN];
    for (run, output) in runs.into_iter().zip(output.chunks_exact_mut(RUN)) {
        let rows: [&[u8]; 3] = std::array::from_fn(|row| {
            let from = run.index + row * sheet.stride();
            sheet.samples().get(from..from + 32).unwrap_or(&[0; 32])
        });
        let (mut x, mut y) = (run.x, run.y);
        for value in output {
            let (column, right) = (usize::from(x >> 11), i32::from(x >> 5) & 63);
            let across = |row: &[u8]| i32::from(row[column]) * (64 - right) + i32::from(row[column + 1]) * right;
            let [upper, middle, lower] = rows.map(across);
            let toward = |other: i32, share: u16| (2 * (other - middle) * i32::from(share) + 0x4000) >> 15;
            let up = toward(upper, 0x4000_u16.saturating_sub(y));
            let down = toward(lower, y.saturating_sub(0x4000));
            *value = ((middle + up + down + 32) >> 6) as u8;
            (x, y) = (x.wrapping_add(stride.x), y.wrapping_add_signed(stride.y));
        }
    }
    output
}

/// As [`blend()`], all at once.
#[cfg(target_arch = "x86_64")]
pub(super) mod wide {
    use std::arch::x86_64::{
        __m128i, __m256i, _mm_loadu_si128, _mm_set1_epi16, _mm_storeu_si128, _mm256_add_epi8, _mm256_add_epi16,
        _mm256_and_si256, _mm256_castsi256_si128, _mm256_maddubs_epi16, _mm256_mulhrs_epi16, _mm256_mullo_epi16,
        _mm256_or_si256, _mm256_packus_epi16, _mm256_permute4x64_epi64, _mm256_set_m128i, _mm256_set1_epi8,
        _mm256_set1_epi16, _mm256_setr_epi16, _mm256_shuffle_epi8, _mm256_slli_epi16, _mm256_srai_epi16,
        _mm256_srli_epi16, _mm256_sub_epi16, _mm256_subs_epu16,
    };

    use super::{RUN, Reach, Run, Sheet, Stride};

    #[inline]
    #[target_feature(enable = "avx2")]
    pub(in super::super) fn blend(sheet: &Sheet, runs: [Run; 2], stride: Stride, reach: Reach) -> [u8; 2 * RUN] {
        let numbers = _mm256_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7);
        let along = |starts: [u16; 2], step: i16| {
            let starts = _mm256_set_m128i(_mm_set1_epi16(starts[1] as i16), _mm_set1_epi16(starts[0] as i16));
            _mm256_add_epi16(starts, _mm256_mullo_epi16(numbers, _mm256_set1_epi16(step)))
        };
        let x = along(runs.map(|run| run.x), stride.x as i16);
        let y = along(runs.map(|run| run.y), stride.y);
        // The left and the right sample of each pixel next to each other, and their weights, which add up to 64.
        let columns = _mm256_mullo_epi16(_mm256_srli_epi16::<11>(x), _mm256_set1_epi16(0x0101));
        let columns = _mm256_add_epi16(columns, _mm256_set1_epi16(0x0100));
        let right = _mm256_and_si256(_mm256_srli_epi16::<5>(x), _mm256_set1_epi16(63));
        let weights = _mm256_add_epi16(
            _mm256_sub_epi16(_mm256_slli_epi16::<8>(right), right),
            _mm256_set1_epi16(64),
        );
        let row = |row: usize| {
            let [first, second] = runs.map(|run| run.index + row * sheet.stride());
            let pairs = match reach {
                Reach::Short => _mm256_shuffle_epi8(load(sheet, first, second), columns),
                Reach::Long | Reach::Beyond => far_pairs(sheet, first, second, columns),
            };
            _mm256_maddubs_epi16(pairs, weights)
        };
        let [upper, middle, lower] = [row(0), row(1), row(2)];
        let toward = |other: __m256i, share: __m256i| {
            let difference = _mm256_sub_epi16(other, middle);
            _mm256_mulhrs_epi16(_mm256_add_epi16(difference, difference), share)
        };
        let one = _mm256_set1_epi16(0x4000);
        let up = toward(upper, _mm256_subs_epu16(one, y));
        let down = toward(lower, _mm256_subs_epu16(y, one));
        let sum = _mm256_add_epi16(
            _mm256_add_epi16(middle, _mm256_set1_epi16(32)),
            _mm256_add_epi16(up, down),
        );
        let values = _mm256_srai_epi16::<6>(sum);
        let bytes = _mm256_permute4x64_epi64::<0b10_00>(_mm256_packus_epi16(values, values));
        let mut output = [0; 2 * RUN];
        store(_mm256_castsi256_si128(bytes), &mut output);
        output
    }

    /// From up to 32 columns: a shuffle gives zero where its number has the highest bit set.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn far_pairs(sheet: &Sheet, first: usize, second: usize, columns: __m256i) -> __m256i {
        let near = _mm256_add_epi8(columns, _mm256_set1_epi8(0x70));
        let far = _mm256_add_epi8(columns, _mm256_set1_epi8(-16));
        _mm256_or_si256(
            _mm256_shuffle_epi8(load(sheet, first, second), near),
            _mm256_shuffle_epi8(load(sheet, first + 16, second + 16), far),
        )
    }

    /// Sixteen samples from each of two places.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(sheet: &Sheet, first: usize, second: usize) -> __m256i {
        _mm256_set_m128i(sixteen(sheet, second), sixteen(sheet, first))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    #[expect(unsafe_code, reason = "checked indexing costs a tenth of the drawing time")]
    fn sixteen(sheet: &Sheet, index: usize) -> __m128i {
        let samples = sheet.samples();
        debug_assert!(index + 16 <= samples.len());
        // SAFETY: a run's positions lie within the sheet's bounds, and its samples go on beyond those for as many columns
        // and rows as a run reaches.
        unsafe { _mm_loadu_si128(samples.as_ptr().add(index).cast()) }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    #[expect(unsafe_code, reason = "there is no other store of a whole register")]
    fn store(bytes: __m128i, output: &mut [u8; 2 * RUN]) {
        // SAFETY: sixteen bytes go where there is room for sixteen.
        unsafe { _mm_storeu_si128(output.as_mut_ptr().cast(), bytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::enlarge::Plane;

    fn noise(width: usize, height: usize) -> Sheet {
        let value = |index: usize| ((index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8;
        let plane = Plane {
            width,
            height,
            samples: (0..width * height).map(value).collect(),
        };
        Sheet::new(&[plane], 1.0, 0.0)
    }

    /// Lines of every kind that runs can follow, through the middle of a sheet.
    fn lines() -> impl Iterator<Item = (Fixed, Fixed, Reach)> {
        (0..4000).map(|number| {
            let start = Fixed {
                x: 0x28_0000 + number * 7919 % 0x10_0000,
                y: 0x18_0000 + number * 10_473 % 0x8_0000,
            };
            let step = Fixed {
                x: number * 1543 % (LONGEST + 1),
                y: number * 97 % (2 * STEEPEST + 1) - STEEPEST,
            };
            (start, step, Reach::of(step, step))
        })
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn special_instructions_give_the_same_bytes() {
        #[target_feature(enable = "avx2")]
        fn wide(sheet: &Sheet, runs: [Run; 2], stride: Stride, reach: Reach) -> [u8; 2 * RUN] {
            wide::blend(sheet, runs, stride, reach)
        }
        if !is_x86_feature_detected!("avx2") {
            return;
        }
        let sheet = noise(200, 60);
        for (start, step, reach) in lines() {
            let stride = Stride::of(step);
            let runs = [start, start.plus(step.times(RUN as i32))].map(|start| Run::new(&sheet, start, stride, 0));
            #[expect(unsafe_code, reason = "found above that the processor can do it")]
            // SAFETY: see the line above.
            let values = unsafe { wide(&sheet, runs, stride, reach) };
            assert_eq!(values, blend(&sheet, runs, stride, reach), "{start:?} {step:?}");
        }
    }

    #[test]
    fn runs_are_near_to_the_exact_values() {
        let sheet = noise(200, 60);
        for (start, step, reach) in lines() {
            assert_ne!(reach, Reach::Beyond);
            let stride = Stride::of(step);
            let runs = [start, start.plus(step.times(RUN as i32))].map(|start| Run::new(&sheet, start, stride, 0));
            let mut at = start;
            for value in blend(&sheet, runs, stride, reach) {
                let difference = i32::from(value) - i32::from(sheet.value(at, 0));
                // Noise is the worst case: 255 from one sample to the next, at positions to a 64th.
                assert!(difference.abs() <= 4, "{start:?} {step:?}: {difference}");
                at = at.plus(step);
            }
        }
    }
}
