//! The view is flung over to the next picture, so fast that it blurs: the next one slides in over the earlier one,
//! which gives way a little more slowly.

use domain::media::Frame;

use super::blur;
use crate::camera::ease::smooth;

/// How far the earlier picture goes against the later one.
const LAG: f32 = 0.8;
/// Width of the later picture's soft edge, as a share of the frame.
const EDGE: f32 = 0.08;
const SHUTTER: f32 = 0.75;

#[derive(Debug, Clone, Copy)]
pub(super) struct Whip {
    /// Up and down instead of sideways.
    pub(super) down: bool,
    /// The pictures go to the right or downward, else to the left or upward.
    pub(super) forward: bool,
    /// Frames that it takes.
    pub(super) frames: f32,
}

impl Whip {
    /// `frame` holds the earlier picture and `over` the later one.
    pub(super) fn lay(&self, time: f32, over: &mut Frame, frame: &mut Frame) {
        let (width, height) = (frame.size.width as usize, frame.size.height as usize);
        let way = smooth(time);
        self.plane(way, &over.y, &mut frame.y, width, height);
        self.plane(way, &over.u, &mut frame.u, width / 2, height / 2);
        self.plane(way, &over.v, &mut frame.v, width / 2, height / 2);
        let step = 0.5 / self.frames;
        let speed = smooth(time + step) - smooth(time - step);
        let length = speed * if self.down { height } else { width } as f32 * SHUTTER;
        blur::along(frame, over, length, self.down);
    }

    fn plane(&self, way: f32, over: &[u8], frame: &mut [u8], width: usize, height: usize) {
        let length = if self.down { height } else { width };
        let slots = slots(way, length, self.forward);
        if !self.down {
            let mut line = vec![0; width];
            for (frame, over) in frame.chunks_exact_mut(width).zip(over.chunks_exact(width)) {
                line.copy_from_slice(frame);
                for (value, slot) in frame.iter_mut().zip(&slots) {
                    *value = slot.mix(line[slot.under], over[slot.over]);
                }
            }
            return;
        }
        // In the order in which no row is overwritten before it has been moved.
        let order: Vec<usize> = if self.forward {
            (0..height).rev().collect()
        } else {
            (0..height).collect()
        };
        for y in order {
            let Some(slot) = slots.get(y) else { continue };
            frame.copy_within(slot.under * width..(slot.under + 1) * width, y * width);
            let over = &over[slot.over * width..][..width];
            for (value, over) in frame[y * width..][..width].iter_mut().zip(over) {
                *value = slot.mix(*value, *over);
            }
        }
    }
}

/// Where a row or column of the frame comes from.
struct Slot {
    under: usize,
    over: usize,
    /// The later picture's, in 256ths.
    share: u32,
}

impl Slot {
    fn mix(&self, under: u8, over: u8) -> u8 {
        ((u32::from(under) * (256 - self.share) + u32::from(over) * self.share + 128) >> 8) as u8
    }
}

fn slots(way: f32, length: usize, forward: bool) -> Vec<Slot> {
    let whole = length as f32;
    // No wider than the earlier picture reaches beneath it.
    let edge = (EDGE.min((1.0 - LAG) * way / (1.0 - way).max(1e-3)) * whole).max(1.0);
    let gone = (way * LAG * whole).round() as usize;
    let left = ((1.0 - way) * whole).round() as usize;
    let slot = |place: usize| {
        let over = place.saturating_sub(left);
        let inside = (place as f32 - (1.0 - way) * (whole + edge) + edge) / edge;
        let share = if place < left { 0.0 } else { smooth(inside) };
        Slot {
            under: (place + gone).min(length - 1),
            over,
            share: (share * 256.0).round() as u32,
        }
    };
    let mut slots: Vec<Slot> = (0..length).map(slot).collect();
    if forward {
        slots.reverse();
        for slot in &mut slots {
            (slot.under, slot.over) = (length - 1 - slot.under, length - 1 - slot.over);
        }
    }
    slots
}
