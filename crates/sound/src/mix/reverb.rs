//! A room: eight delays that feed one another without loss but for the walls' damping (feedback delay
//! network: Jot and Chaigne, Digital Delay Networks for Designing Artificial Reverberators, 1991).

use crate::{
    stereo::Stereo,
    tuning::{RATE, exp2, smoothing},
};

/// Lengths in samples, without common factors: 23 to 68 ms.
const LENGTHS: [usize; 8] = [1117, 1327, 1559, 1801, 2083, 2389, 2777, 3257];

/// Samples before the first echo: 12 ms.
const BEFORE: usize = 576;

/// The reverberation of `sound` alone, without the sound itself: it falls by 60 dB in `seconds`, sooner
/// above `damping` hertz.
pub(crate) fn room(sound: &Stereo, seconds: f32, damping: f32) -> Stereo {
    let mut lines = LENGTHS.map(|length| Line::new(length, seconds, damping));
    let mut echo = Stereo::silence(sound.len());
    for index in BEFORE..sound.len() {
        let (left, right) = (sound.left[index - BEFORE], sound.right[index - BEFORE]);
        let mut heard = [0.0; LENGTHS.len()];
        for (value, line) in heard.iter_mut().zip(&mut lines) {
            *value = line.read();
        }
        // Householder's reflection mixes every line into every other and keeps the energy.
        let shared = heard.iter().sum::<f32>() * (2.0 / LENGTHS.len() as f32);
        for (order, (line, value)) in lines.iter_mut().zip(heard).enumerate() {
            let fresh = if order % 2 == 0 { left } else { right };
            line.write(fresh + value - shared);
        }
        echo.left[index] = (heard[0] - heard[2] + heard[4] - heard[6]) * 0.5;
        echo.right[index] = (heard[1] - heard[3] + heard[5] - heard[7]) * 0.5;
    }
    echo
}

/// One delay with its wall.
struct Line {
    buffer: Vec<f32>,
    at: usize,
    /// Loss of one round.
    loss: f32,
    wall: f32,
    damped: f32,
}

impl Line {
    fn new(length: usize, seconds: f32, damping: f32) -> Self {
        // So many seconds for 60 dB: each round takes its share of them.
        let rounds = seconds.max(0.05) * RATE / length as f32;
        Self {
            buffer: vec![0.0; length],
            at: 0,
            loss: exp2(-f64::from(1.0 / rounds) * 3.0 * std::f64::consts::LOG2_10) as f32,
            wall: smoothing(damping),
            damped: 0.0,
        }
    }

    #[inline]
    fn read(&mut self) -> f32 {
        self.damped += self.wall * (self.buffer[self.at] - self.damped);
        self.damped * self.loss
    }

    #[inline]
    fn write(&mut self, value: f32) {
        self.buffer[self.at] = value;
        self.at += 1;
        if self.at == self.buffer.len() {
            self.at = 0;
        }
    }
}
