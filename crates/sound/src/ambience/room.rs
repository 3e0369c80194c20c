//! The air of a quiet room, which hardly changes.

use super::{
    panorama::Panorama,
    wander::{at, noise, wander},
};
use crate::{random::Random, stereo::Stereo};

pub(crate) fn tone(length: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let draught = wander(length, 2.2, random);
    let mut sound = noise(length, (40.0, 420.0), random, |index| 0.8 + 0.25 * at(&draught, index));
    let air = noise(length, (400.0, 2600.0), random, |index| {
        0.07 + 0.03 * at(&draught, index)
    });
    sound.add(0, &air, 1.0);
    panorama.bed(sound)
}
