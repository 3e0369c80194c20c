//! Lines of a cell: straight runs of pixels through a sheet of samples, in 16.16 fixed point.

use super::{
    grid::CELL,
    lanes::{RUN, Reach, Run, Stride},
    sheet::{Fixed, Sheet},
};

/// How sixteen values at once are blended.
pub(super) trait Blend: Fn(&Sheet, [Run; 2], Stride, Reach) -> [u8; CELL] + Copy {}

impl<F: Fn(&Sheet, [Run; 2], Stride, Reach) -> [u8; CELL] + Copy> Blend for F {}

impl Sheet {
    /// Fills `output`, at most sixteen pixels, from a sheet of one channel.
    #[inline(always)]
    pub(super) fn luma_span(&self, reach: Reach, start: Fixed, step: Fixed, output: &mut [u8], blend: impl Blend) {
        if reach == Reach::Beyond {
            return self.walk(start, step, 0, output);
        }
        let stride = Stride::of(step);
        let middle = start.plus(step.times(RUN as i32));
        let runs = [start, middle].map(|start| Run::new(self, start, stride, 0));
        let values = blend(self, runs, stride, reach);
        if let Ok(output) = <&mut [u8; CELL]>::try_from(&mut *output) {
            *output = values;
        } else {
            output
                .iter_mut()
                .zip(values)
                .for_each(|(output, value)| *output = value);
        }
    }

    /// Fills `u` and `v`, of the same length of at most eight pixels, from a sheet of two channels.
    #[inline(always)]
    pub(super) fn chroma_span(
        &self,
        reach: Reach,
        start: Fixed,
        step: Fixed,
        (u, v): (&mut [u8], &mut [u8]),
        blend: impl Blend,
    ) {
        if reach == Reach::Beyond {
            self.walk(start, step, 0, u);
            return self.walk(start, step, 1, v);
        }
        let stride = Stride::of(step);
        let runs = [0, 1].map(|channel| Run::new(self, start, stride, channel));
        let values = blend(self, runs, stride, reach);
        let (first, second) = values.split_at(RUN);
        u.iter_mut().zip(first).for_each(|(output, value)| *output = *value);
        v.iter_mut().zip(second).for_each(|(output, value)| *output = *value);
    }

    /// Any line, pixel by pixel: what goes on beyond the picture shows its edge.
    #[cold]
    fn walk(&self, start: Fixed, step: Fixed, channel: usize, output: &mut [u8]) {
        let mut at = start;
        for value in output {
            *value = self.value(at, channel);
            at = at.plus(step);
        }
    }
}
