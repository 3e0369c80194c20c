//! Waveforms: the sine itself, and band-limited tables read by a phase that wraps.

use crate::tuning::exp2;

/// Sine of a phase in turns (1 is a full circle), by its series; error under 1e-9.
pub(crate) fn sine(turns: f64) -> f64 {
    // Fold into a quarter turn on either side of zero, where the series is short.
    let folded = turns - turns.round();
    let folded = if folded.abs() > 0.25 {
        folded.signum() * 0.5 - folded
    } else {
        folded
    };
    let angle = folded * std::f64::consts::TAU;
    let square = angle * angle;
    let mut term = angle;
    let mut sum = angle;
    for order in 1..8 {
        let next = f64::from(2 * order);
        term *= -square / (next * (next + 1.0));
        sum += term;
    }
    sum
}

/// Cosine of a phase in turns.
pub(crate) fn cosine(turns: f64) -> f64 {
    sine(turns + 0.25)
}

const BITS: u32 = 11;
const SIZE: usize = 1 << BITS;

/// One period of a wave, to be read at any phase.
pub(crate) struct Table {
    /// The first sample again at the end, so that reading between neighbours needs no wrap.
    period: Vec<f32>,
}

impl Table {
    /// The sum of sines whose amplitudes are `harmonics`, the first being the fundamental.
    pub(crate) fn of(harmonics: impl IntoIterator<Item = f32>) -> Self {
        let base: Vec<f32> = (0..SIZE).map(|index| sine(index as f64 / SIZE as f64) as f32).collect();
        let mut period = vec![0.0; SIZE + 1];
        for (order, amplitude) in harmonics.into_iter().enumerate() {
            for (index, value) in period.iter_mut().enumerate() {
                *value += amplitude * base[index * (order + 1) % SIZE];
            }
        }
        Self { period }
    }

    /// The sum of a tone's harmonics up to `highest` hertz, 32 at most, each as loud as its number to the power of
    /// minus `slope`; `odd` leaves the even ones out. 1 is a saw, and 1 with odd ones alone a square.
    pub(crate) fn sloped(fundamental: f64, slope: f64, odd: bool, highest: f64) -> Self {
        let count = (highest / fundamental).clamp(1.0, 32.0) as u32;
        Self::of((1..=count).map(|order| {
            let is_left_out = odd && order.is_multiple_of(2);
            if is_left_out {
                0.0
            } else {
                power(f64::from(order), -slope) as f32
            }
        }))
    }

    /// The value at `phase`, where the whole range of `u32` is one period.
    #[inline]
    pub(crate) fn at(&self, phase: u32) -> f32 {
        let index = (phase >> (32 - BITS)) as usize;
        let share = (phase & ((1 << (32 - BITS)) - 1)) as f32 / (1u32 << (32 - BITS)) as f32;
        let (here, next) = (self.period[index], self.period[index + 1]);
        here + (next - here) * share
    }
}

/// How far the phase of [`Table::at`] goes in one sample at so many hertz.
pub(crate) fn phase_step(hertz: f64) -> u32 {
    (hertz / f64::from(domain::media::SAMPLE_RATE) * f64::from(u32::MAX)) as u32
}

/// `base` to the power of `exponent`, for the small whole numbers that harmonics are.
fn power(base: f64, exponent: f64) -> f64 {
    exp2(exponent * logarithm(base))
}

/// Logarithm to base 2 of 1 to 64, by halving and a series of the rest.
fn logarithm(value: f64) -> f64 {
    let mut whole = 0.0;
    let mut rest = value;
    while rest >= std::f64::consts::SQRT_2 {
        rest /= 2.0;
        whole += 1.0;
    }
    let ratio = (rest - 1.0) / (rest + 1.0);
    let square = ratio * ratio;
    let (mut term, mut sum) = (ratio, 0.0);
    for order in 0..12 {
        sum += term / f64::from(2 * order + 1);
        term *= square;
    }
    whole + 2.0 * sum * std::f64::consts::LOG2_E
}
