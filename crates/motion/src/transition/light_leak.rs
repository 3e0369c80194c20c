//! Warm light, as if it fell into the camera, sweeps over the frame; the next picture is left behind it.

use domain::media::Frame;

use super::lattice::Lattice;
use crate::{camera::ease::smooth, planning::dice};

/// Pixels between the points at which the light is computed.
const STEP: usize = 16;
/// Widths of the light and of the change beneath it, as shares of the frame's diagonal.
const LIGHT: f32 = 0.30;
const CHANGE: f32 = 0.16;
/// The most that light covers.
const BRIGHTEST: f32 = 0.92;
/// Cb and Cr of the light where it is strongest, and of its faint parts.
const WARM: (f32, f32) = (98.0, 150.0);
const RED: (f32, f32) = (104.0, 186.0);

#[derive(Debug, Clone, Copy)]
pub(super) struct LightLeak {
    seed: u32,
    /// Where the light goes, in radians.
    heading: f32,
}

impl LightLeak {
    pub(super) fn new(seed: u32) -> Self {
        let side = if dice::pick(seed, 911, 2) == 0 {
            0.0
        } else {
            std::f32::consts::PI
        };
        Self {
            seed,
            heading: side + 0.5 * dice::spread(seed, 912),
        }
    }

    /// `frame` holds the earlier picture and `over` the later one.
    pub(super) fn lay(&self, time: f32, over: &Frame, frame: &mut Frame) {
        let (width, height) = (frame.size.width as usize, frame.size.height as usize);
        let front = -LIGHT - 0.3 + (1.6 + 2.0 * LIGHT) * time;
        let along = |at: (f32, f32)| self.along(at, (width as f32, height as f32));
        let share = Lattice::new(STEP, (width, height), |at| smooth((front - along(at).0) / CHANGE + 0.5));
        let light = Lattice::new(STEP, (width, height), |at| self.light(along(at), front, time));
        let mut shares = vec![0.0; width];
        let mut lights = vec![0.0; width];
        for (y, (under, over)) in frame
            .y
            .chunks_exact_mut(width)
            .zip(over.y.chunks_exact(width))
            .enumerate()
        {
            share.line(y as f32, 0.0, 1.0, &mut shares);
            light.line(y as f32, 0.0, 1.0, &mut lights);
            for (((under, over), share), light) in under.iter_mut().zip(over).zip(&shares).zip(&lights) {
                let (below, above) = (f32::from(*under), f32::from(*over));
                let mixed = below + (above - below) * share;
                *under = (mixed + (235.0 - mixed) * light + 0.5) as u8;
            }
        }
        let half = width / 2;
        let tints = [(WARM.0, RED.0), (WARM.1, RED.1)];
        for ((under, over), (warm, red)) in [(&mut frame.u, &over.u), (&mut frame.v, &over.v)]
            .into_iter()
            .zip(tints)
        {
            for (y, (under, over)) in under.chunks_exact_mut(half).zip(over.chunks_exact(half)).enumerate() {
                share.line(2.0 * y as f32 + 0.5, 0.5, 2.0, &mut shares[..half]);
                light.line(2.0 * y as f32 + 0.5, 0.5, 2.0, &mut lights[..half]);
                for (((under, over), share), light) in under.iter_mut().zip(over).zip(&shares).zip(&lights) {
                    let (below, above) = (f32::from(*under), f32::from(*over));
                    let mixed = below + (above - below) * share;
                    let tint = red + (warm - red) * light;
                    *under = (mixed + (tint - mixed) * (1.6 * light).min(0.95) + 0.5) as u8;
                }
            }
        }
    }

    /// How far along the light's way a position lies, 0 to 1, and how far beside it.
    fn along(&self, at: (f32, f32), size: (f32, f32)) -> (f32, f32) {
        let (x, y) = (at.0 / size.0 - 0.5, at.1 / size.1 - 0.5);
        let (sine, cosine) = self.heading.sin_cos();
        (x * cosine + y * sine + 0.5, y * cosine - x * sine)
    }

    /// 0 to 1.
    fn light(&self, (along, beside): (f32, f32), front: f32, time: f32) -> f32 {
        let bump = |off: f32, width: f32| (-(off / width).powi(2)).exp();
        // The band bends and breathes, and a weaker one runs ahead of it.
        let bend = 0.10 * (3.1 * beside + 5.0 * dice::spread(self.seed, 913) + 2.0 * time).sin();
        let band = bump(along - front + bend, LIGHT * 0.62);
        let ahead = 0.45 * bump(along - front - 0.34 - 1.6 * bend, LIGHT * 0.4) * bump(beside - 0.6 * bend, 0.5);
        let behind = 0.35 * bump(along - front + 0.42 + bend, LIGHT * 0.5);
        let rise = smooth(time / 0.22) * smooth((1.0 - time) / 0.22);
        (BRIGHTEST * rise * (band + ahead + behind)).min(BRIGHTEST)
    }
}
