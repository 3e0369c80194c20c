//! A part's way through the desk: dulled, doubled, echoed, pressed down by the kick.

use super::{chorus::chorus, echo::echo};
use crate::{
    filter::LowPass,
    score::{Grid, Strip},
    stereo::Stereo,
    tuning::{gain, samples, smooth_step},
};

/// Seconds in which a part comes back after a stroke of the kick.
const BACK: f64 = 0.26;

/// Changes `sound`; `kicks` are the samples on which the kick strikes.
pub(crate) fn treat(sound: &mut Stereo, strip: &Strip, grid: &Grid, kicks: &[usize]) {
    if let Some(tone) = strip.tone {
        for channel in [&mut sound.left, &mut sound.right] {
            let mut filter = LowPass::new(tone, 0.0);
            channel.iter_mut().for_each(|sample| *sample = filter.low(*sample));
        }
    }
    if strip.chorus > 0.0 {
        chorus(sound, strip.chorus);
    }
    if let Some(repeats) = strip.echo {
        echo(sound, grid.lasting(repeats.beats), repeats.again);
    }
    if strip.pump < 0.0 {
        pump(sound, strip.pump, kicks);
    }
}

/// Down with each kick and back up before the next.
fn pump(sound: &mut Stereo, decibels: f64, kicks: &[usize]) {
    let low = gain(decibels);
    let back = samples(BACK);
    let ahead = samples(0.004);
    for kick in kicks {
        let start = kick.saturating_sub(ahead);
        for index in start..(kick + back).min(sound.len()) {
            let share = if index < *kick {
                (kick - index) as f32 / ahead as f32
            } else {
                (index - kick) as f32 / back as f32
            };
            let factor = low + (1.0 - low) * smooth_step(share);
            sound.left[index] *= factor;
            sound.right[index] *= factor;
        }
    }
}
