//! Writes a WAV file for every mood and a few seeds, to be listened to and measured:
//! `cargo run --release -p sound --example listen -- FOLDER [SECONDS]`.

use std::{error::Error, fs, path::Path, time::Instant};

use domain::{
    media::{FRAME_RATE, Pcm, SAMPLE_RATE, Size},
    recipe::{Beat, Mood, RECIPE_VERSION, Recipe, SubjectAction, SubjectKind},
    request::Amplitude,
};
use sound::{Wants, compose};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: listen FOLDER [SECONDS]")?;
    let seconds: u32 = arguments.next().map_or(Ok(5), |text| text.parse())?;
    fs::create_dir_all(&folder)?;
    let music = Wants {
        bgm: true,
        ambience: false,
    };
    let air = Wants {
        bgm: false,
        ambience: true,
    };
    let both = Wants {
        bgm: true,
        ambience: true,
    };
    let moods = [
        ("calm", Mood::Calm, 72.0),
        ("bright", Mood::Bright, 104.0),
        ("lively", Mood::Lively, 120.0),
        ("grand", Mood::Grand, 84.0),
        ("dark", Mood::Dark, 66.0),
    ];
    for (name, mood, tempo) in moods {
        for seed in [1, 2, 3] {
            let plain = recipe(mood, tempo, seed, seconds, false);
            write(&folder, &format!("{name}-{seed}"), &plain, music)?;
        }
        write(
            &folder,
            &format!("{name}-dance"),
            &recipe(mood, 112.0, 1, seconds, true),
            music,
        )?;
        write(
            &folder,
            &format!("{name}-air"),
            &recipe(mood, tempo, 1, seconds, false),
            air,
        )?;
        write(
            &folder,
            &format!("{name}-both"),
            &recipe(mood, tempo, 1, seconds, false),
            both,
        )?;
    }
    Ok(())
}

fn recipe(mood: Mood, tempo: f32, seed: u32, seconds: u32, dances: bool) -> Recipe {
    let frames = seconds * FRAME_RATE;
    let dance = SubjectAction {
        kind: SubjectKind::Dance,
        from: 0,
        to: frames,
        strength: 1.0,
        times: None,
    };
    Recipe {
        version: RECIPE_VERSION,
        seed,
        size: Size {
            width: 1280,
            height: 720,
        },
        frames,
        amplitude: Amplitude::Medium,
        camera: Vec::new(),
        subject: if dances { vec![dance] } else { Vec::new() },
        cut_out: false,
        scenery: Vec::new(),
        overlays: Vec::new(),
        grade: Vec::new(),
        transitions: Vec::new(),
        pace: 1.0,
        beat: Beat { tempo, bar: 4 },
        mood,
        understood: Vec::new(),
        without_effect: Vec::new(),
        summary: String::new(),
    }
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
