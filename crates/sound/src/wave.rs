//! Waveforms: the sine itself, and band-limited tables read by a phase that wraps.

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
