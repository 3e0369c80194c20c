//! Prints what is promised of every clip, measured on pictures, and ends with 1 when a promise is not kept:
//! `quality [--only PROMISE] PICTURE[@X,Y,ACROSS,DOWN]...`. The numbers say where somebody sees the picture's subject:
//! an ellipse's centre and half axes in shares of width and height; without them the dance's flow is not measured.
//! `quality --speed [PICTURE]...` prints how long studying and drawing take instead.

mod encoded;
#[path = "../../tests/it/measure.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod measure;
#[path = "../../tests/it/quality/mod.rs"]
mod quality;
mod speed;
#[path = "../../tests/it/warp.rs"]
mod warp;
mod zoompan;

use std::{env, path::Path, process::ExitCode};

use domain::media::Picture;
use quality::{Line, amplitudes, beginning, dance, jumps, shaped, sharpness, steadiness};
use warp::Ellipse;

const PROMISES: [&str; 6] = ["beginning", "jumps", "steadiness", "sharpness", "amplitudes", "dance"];

fn main() -> ExitCode {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.first().is_some_and(|argument| argument == "--speed") {
        for path in arguments.iter().skip(1) {
            let picture = measure::read(Path::new(path));
            println!("{path}  {} x {}", picture.size.width, picture.size.height);
            speed::speed(&picture, 1280, 720);
            speed::speed(&picture, 1920, 1080);
        }
        return ExitCode::SUCCESS;
    }
    let mut chosen: Vec<&str> = PROMISES.to_vec();
    if let [flag, only, ..] = arguments.as_slice()
        && flag == "--only"
    {
        chosen.retain(|promise| promise == only);
        arguments.drain(..2);
    }
    let mut broken = 0;
    for argument in &arguments {
        let (path, subject) = argument
            .split_once('@')
            .map_or((argument.as_str(), None), |(path, numbers)| (path, ellipse(numbers)));
        let picture = measure::read(Path::new(path));
        println!("{path}  {} x {}", picture.size.width, picture.size.height);
        for promise in &chosen {
            for line in lines(promise, Path::new(path), &picture, subject) {
                println!("  {line}");
                broken += u32::from(!line.holds());
            }
        }
    }
    println!("{broken} not kept");
    if broken == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn ellipse(numbers: &str) -> Option<Ellipse> {
    let numbers: Vec<f32> = numbers.split(',').filter_map(|number| number.parse().ok()).collect();
    let [x, y, across, down] = numbers.as_slice() else {
        return None;
    };
    Some(Ellipse {
        centre: (*x, *y),
        axes: (*across, *down),
    })
}

fn lines(promise: &str, path: &Path, picture: &Picture, subject: Option<Ellipse>) -> Vec<Line> {
    let (whole, half, small) = (1280.0 * 720.0, 640.0 * 360.0, 320.0 * 180.0);
    let of = |area: f64| shaped(picture, area);
    match promise {
        "beginning" => [beginning::lines(picture, of(half)), encoded::lines(picture, of(whole))].concat(),
        "jumps" => jumps::lines(picture, of(small)),
        "steadiness" => [
            steadiness::lines(picture, of(whole), 20),
            zoompan::lines(path, of(whole)),
        ]
        .concat(),
        "sharpness" => sharpness::lines(picture, of(half), 3, 8),
        "amplitudes" => amplitudes::lines(picture, of(half)),
        "dance" => dance::lines(picture, of(half), subject),
        _ => Vec::new(),
    }
}
