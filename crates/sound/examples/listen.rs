//! Writes WAV files to be listened to, measured and looked at: every style with a few seeds and to a dance, and every
//! sound of the surroundings.
//! `cargo run --release -p sound --example listen -- FOLDER [SECONDS]`.

#[expect(dead_code, reason = "the tests' ears hold more than is needed here")]
#[path = "../tests/it/ears.rs"]
mod ears;

use std::{error::Error, fs, path::Path, time::Instant};

use domain::{
    media::{Pcm, SAMPLE_RATE},
    recipe::{Recipe, SoundKind},
};
use sound::{Wants, compose};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: listen FOLDER [SECONDS]")?;
    let seconds: u32 = arguments.next().map_or(Ok(8), |text| text.parse())?;
    fs::create_dir_all(&folder)?;
    for style in ears::STYLES {
        let tempo = ears::natural(style);
        for seed in [1, 2, 3] {
            let plain = ears::recipe(style, tempo, seed, seconds);
            write(&folder, &format!("{style:?}-{seed}"), &plain, ears::MUSIC)?;
        }
        let dance = ears::dancing(ears::recipe(style, tempo, 1, seconds));
        write(&folder, &format!("{style:?}-dance"), &dance, ears::MUSIC)?;
    }
    for kind in SoundKind::ALL {
        let plan = ears::heard(kind, 0.5, 1.0, seconds);
        write(&folder, &format!("{kind:?}"), &plan, ears::AIR)?;
    }
    Ok(())
}

fn write(folder: &str, name: &str, recipe: &Recipe, wants: Wants) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let sound = compose(recipe, wants, &[]);
    println!("{name}: {:.0} ms", start.elapsed().as_secs_f64() * 1000.0);
    fs::write(Path::new(folder).join(name).with_extension("wav"), wav(&sound)?)?;
    Ok(())
}

/// A WAV file of 32-bit floats (Microsoft's RIFF WAVE, format 3).
fn wav(sound: &Pcm) -> Result<Vec<u8>, Box<dyn Error>> {
    let data = u32::try_from(sound.samples.len() * 4)?;
    let mut file = Vec::with_capacity(data as usize + 44);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(data + 36).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt \x10\0\0\0\x03\0\x02\0");
    file.extend_from_slice(&SAMPLE_RATE.to_le_bytes());
    file.extend_from_slice(&(SAMPLE_RATE * 8).to_le_bytes());
    file.extend_from_slice(b"\x08\0\x20\0data");
    file.extend_from_slice(&data.to_le_bytes());
    for sample in &sound.samples {
        file.extend_from_slice(&sample.to_le_bytes());
    }
    Ok(file)
}
