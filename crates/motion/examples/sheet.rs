//! Writes a contact sheet of eight frames: `sheet OUT.png PROMPT PICTURE... [--seed N] [--amplitude A]`. With
//! `--overlay NAME`, `--scenery NAME`, `--action NAME` and `--look NAME` (named as in recipes) more is added to
//! what the prompt asks for.

use std::{env, error::Error, path::Path};

use domain::{
    media::{Frame, FrameSource, Picture, Size},
    recipe::{Grade, Overlay, Recipe, SceneryMotion, SubjectAction},
    request::{Amplitude, Profile},
};

use motion::{Clip, Detail, Labelled, Study, Wish, frame_to_picture, plan};
use serde::de::DeserializeOwned;

const COLUMNS: u32 = 4;
const ROWS: u32 = 2;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut plain, mut added) = (Vec::new(), Vec::new());
    let (mut seed, mut amplitude, mut first, mut step) = (7, Amplitude::Auto, 0, None);
    let mut area = 960.0 * 540.0;
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or("a value is missing");
        match argument.as_str() {
            "--seed" => seed = value()?.parse()?,
            "--amplitude" => amplitude = Amplitude::from_name(&value()?).ok_or("unknown amplitude")?,
            "--first" => first = value()?.parse()?,
            "--step" => step = Some(value()?.parse::<u32>()?),
            "--area" => area = value()?.parse()?,
            "--overlay" | "--scenery" | "--action" | "--look" => added.push((argument.clone(), value()?)),
            _ => plain.push(argument),
        }
    }
    let [output, prompt, paths @ ..] = plain.as_slice() else {
        return Err("usage: sheet OUT.png PROMPT PICTURE...".into());
    };
    let pictures: Vec<Picture> = paths
        .iter()
        .map(|path| read(Path::new(path)))
        .collect::<Result<_, _>>()?;
    let shape = pictures.first().ok_or("no picture")?.size;
    let ratio = f64::from(shape.width) / f64::from(shape.height);
    let even = |side: f64| (side / 2.0).round() as u32 * 2;
    let size = Size {
        width: even((area * ratio).sqrt()),
        height: even((area / ratio).sqrt()),
    };
    let frames = 120;
    let wish = Wish {
        prompt,
        size,
        frames,
        amplitude,
        seed,
        spans: &[],
    };
    let detail = Detail::of(Profile::Pro, pictures.len());
    let study = |picture| Study::new(picture, size, detail);
    let studies = pictures.iter().map(study).collect::<Result<Vec<_>, _>>()?;
    let mut recipe = plan(&studies, &wish);
    for (part, name) in &added {
        add(&mut recipe, part, name)?;
    }
    eprintln!(
        "{}\nunderstood {:?}, without effect {:?}, cut out: {}",
        recipe.summary, recipe.understood, recipe.without_effect, recipe.cut_out
    );
    let clip = Clip::new(&studies, &recipe)?;
    let labelled = Labelled::new(&clip, motion::DEFAULT_LABEL, domain::request::Corner::default());
    let mut sheet = image::RgbImage::new(size.width * COLUMNS, size.height * ROWS);
    let mut frame = Frame::black(size);
    for cell in 0..COLUMNS * ROWS {
        let index = match step {
            Some(step) => first + cell * step,
            None => cell * (frames - 1) / (COLUMNS * ROWS - 1),
        };
        labelled.render(index.min(frames - 1), &mut frame);
        let picture = frame_to_picture(&frame);
        let tile =
            image::RgbImage::from_raw(size.width, size.height, picture.rgb).ok_or("a frame of the wrong size")?;
        let (column, row) = (cell % COLUMNS, cell / COLUMNS);
        image::imageops::replace(
            &mut sheet,
            &tile,
            i64::from(column * size.width),
            i64::from(row * size.height),
        );
    }
    sheet.save(output)?;
    Ok(())
}

/// Adds one thing at its natural strength to the whole clip.
fn add(recipe: &mut Recipe, part: &str, name: &str) -> Result<(), Box<dyn Error>> {
    let (from, to) = (0, recipe.frames);
    match part {
        "--overlay" => recipe.overlays.push(Overlay {
            kind: named(name)?,
            from,
            to,
            amount: 1.0,
            wind: 0.3,
        }),
        "--scenery" => recipe.scenery.push(SceneryMotion {
            kind: named(name)?,
            from,
            to,
            strength: 1.0,
            heading: 0.0,
            named: true,
        }),
        "--action" => recipe.subject.push(SubjectAction {
            kind: named(name)?,
            from,
            to,
            strength: 1.0,
            times: None,
        }),
        _ => recipe.grade.push(Grade {
            look: named(name)?,
            from,
            to,
            strength: 1.0,
        }),
    }
    Ok(())
}

fn named<T: DeserializeOwned>(name: &str) -> Result<T, serde_json::Error> {
    serde_json::from_value(serde_json::Value::from(name))
}

fn read(path: &Path) -> Result<Picture, Box<dyn Error>> {
    let rgb = image::open(path)?.into_rgb8();
    let size = Size {
        width: rgb.width(),
        height: rgb.height(),
    };
    Ok(Picture {
        size,
        rgb: rgb.into_raw(),
    })
}
