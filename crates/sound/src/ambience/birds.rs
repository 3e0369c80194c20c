//! Birds: a few, each with its own voice, place and song; a song is a handful of syllables that slide.

use super::panorama::{Panorama, strike};
use crate::{
    mix::reverb,
    random::Random,
    stereo::Stereo,
    tuning::{RATE, samples, smooth_step},
    wave::{Table, phase_step},
};

/// One syllable: seconds, hertz at its start, its middle and its end, and how it trembles.
#[derive(Debug, Clone, Copy)]
struct Syllable {
    seconds: f32,
    pitch: [f32; 3],
    trill: f32,
    pause: f32,
}

pub(crate) fn sing(length: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let mut sum = Stereo::silence(length);
    let wave = Table::of([1.0, 0.08]);
    for number in 0..4 {
        let song = song(random);
        let place = panorama.anywhere(random);
        let far = if number == 0 { 1.0 } else { random.between(0.2, 0.6) };
        // One bird at least is heard soon.
        let mut at = if number == 0 {
            random.between(0.2, 0.6)
        } else {
            random.between(0.5, 3.0)
        };
        while samples(f64::from(at)) < length {
            let count = 1 + random.below(song.len());
            for syllable in song.iter().cycle().take(count.max(2)) {
                let sound = voice(&wave, syllable);
                strike(&mut sum, samples(f64::from(at)), &sound, place, 0.5 * far);
                at += syllable.seconds + syllable.pause;
            }
            at += random.between(0.7, 2.4);
        }
    }
    // Out of doors there are trees to answer.
    let wet = reverb::room(&sum, 1.3, 5000.0);
    sum.add(0, &wet, 0.35);
    sum
}

fn song(random: &mut Random) -> Vec<Syllable> {
    let home = random.between(2600.0, 5200.0);
    let count = 2 + random.below(4);
    let mut song = Vec::new();
    for _ in 0..count {
        let bend = |random: &mut Random| home * random.between(0.8, 1.3);
        let syllable = Syllable {
            seconds: random.between(0.05, 0.17),
            pitch: [bend(random), bend(random), bend(random)],
            trill: if random.chance(0.3) {
                random.between(18.0, 34.0)
            } else {
                0.0
            },
            pause: random.between(0.02, 0.12),
        };
        // Birds like to say a thing twice.
        for _ in 0..1 + random.below(3) {
            song.push(syllable);
        }
    }
    song
}

fn voice(wave: &Table, syllable: &Syllable) -> Vec<f32> {
    let length = samples(f64::from(syllable.seconds)).max(2);
    let [first, middle, last] = syllable.pitch;
    let mut phase = 0u32;
    (0..length)
        .map(|index| {
            let share = index as f32 / length as f32;
            let pitch = if share < 0.5 {
                first + (middle - first) * smooth_step(2.0 * share)
            } else {
                middle + (last - middle) * smooth_step(2.0 * share - 1.0)
            };
            phase = phase.wrapping_add(phase_step(f64::from(pitch)));
            let shape = smooth_step(share * 6.0) * smooth_step((1.0 - share) * 3.0);
            let turn = (index as f32 / RATE * syllable.trill).fract();
            let trill = if syllable.trill > 0.0 {
                (1.0 - (2.0 * turn - 1.0).abs()) * 0.9 + 0.1
            } else {
                1.0
            };
            wave.at(phase) * shape * trill
        })
        .collect()
}
