//! Echoes that go from side to side, each duller than the one before.

use crate::{
    stereo::Stereo,
    tuning::{samples, smoothing},
};

/// Hertz above which each round loses.
const DULLS: f32 = 3800.0;

/// Adds echoes `seconds` apart, each `again` times as loud as the one before (below 1).
pub(crate) fn echo(sound: &mut Stereo, seconds: f64, again: f32) {
    let delay = samples(seconds).max(1);
    let wall = smoothing(DULLS);
    let again = again.clamp(0.0, 0.8);
    let mut echoes = Stereo::silence(sound.len());
    let (mut left_wall, mut right_wall) = (0.0, 0.0);
    for index in delay..sound.len() {
        let before = index - delay;
        let middle = 0.5 * (sound.left[before] + sound.right[before]);
        // What comes first goes to the left; from then on each side answers the other.
        left_wall += wall * (middle + echoes.right[before] - left_wall);
        right_wall += wall * (echoes.left[before] - right_wall);
        echoes.left[index] = left_wall * again;
        echoes.right[index] = right_wall * again;
    }
    // The first echo of all is on the left: a little of it on the other side keeps the balance.
    for (left, right) in echoes.left.iter_mut().zip(&mut echoes.right) {
        (*left, *right) = (0.8 * *left + 0.45 * *right, 0.8 * *right + 0.45 * *left);
    }
    sound.add(0, &echoes, 1.0);
}
