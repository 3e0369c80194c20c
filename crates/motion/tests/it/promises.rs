//! The promises of `quality`, kept on the example pictures.

use domain::media::{Picture, Size};

use crate::{
    measure::{example, size},
    quality::{Line, amplitudes, beginning, dance, jumps, shaped, sharpness, steadiness},
    warp::Ellipse,
};

fn hold(lines: &[Line], name: &str) {
    assert!(!lines.is_empty());
    let broken: Vec<String> = lines.iter().filter(|line| !line.holds()).map(Line::to_string).collect();
    assert!(broken.is_empty(), "{name}:\n{}", broken.join("\n"));
}

/// Each example picture at about `area` pixels.
fn each(area: f64, check: impl Fn(&Picture, Size) -> Vec<Line>) {
    for name in ["coffee.png", "astronaut.png", "mascot.png"] {
        let picture = example(name);
        hold(&check(&picture, shaped(&picture, area)), name);
    }
}

#[test]
fn clips_begin_as_the_picture_and_show_nothing_else() {
    each(640.0 * 360.0, beginning::lines);
}

#[test]
fn no_frame_jumps() {
    each(240.0 * 136.0, jumps::lines);
}

#[test]
fn frames_are_where_the_recipe_says() {
    each(640.0 * 360.0, |picture, size| steadiness::lines(picture, size, 6));
}

#[test]
fn drawing_is_nearly_as_sharp_as_the_best() {
    each(320.0 * 180.0, |picture, size| sharpness::lines(picture, size, 1, 8));
}

#[test]
fn amplitudes_are_told_apart() {
    each(272.0 * 180.0, amplitudes::lines);
}

#[test]
fn dances_are_the_subjects_own() {
    let shown = [
        ("mascot.png", size(240, 240), (0.50, 0.45), (0.26, 0.36)),
        ("chelsea.png", size(272, 180), (0.47, 0.48), (0.30, 0.42)),
        ("astronaut.png", size(240, 240), (0.43, 0.42), (0.22, 0.36)),
        ("coffee.png", size(272, 180), (0.47, 0.40), (0.22, 0.36)),
    ];
    for (name, size, centre, axes) in shown {
        hold(
            &dance::lines(&example(name), size, Some(Ellipse { centre, axes })),
            name,
        );
    }
}
