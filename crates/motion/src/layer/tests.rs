//! Looks at what is filled in.

use domain::media::{Frame, Picture, Size};

use super::{CELL, fill::filled};
use crate::{Detail, Study, convert::picture_to_frame, frame_to_picture, raster::Spot};

fn example(name: &str) -> Frame {
    let path = format!("{}/../../examples/pictures/{name}", env!("CARGO_MANIFEST_DIR"));
    let picture = image::open(path).unwrap().into_rgb8();
    let (width, height) = (picture.width() & !1, picture.height() & !1);
    let picture = image::imageops::crop_imm(&picture, 0, 0, width, height).to_image();
    picture_to_frame(&Picture {
        size: Size { width, height },
        rgb: picture.into_raw(),
    })
}

/// Mean slope of luma over the pixels that are `chosen`, to the right and down.
fn slope(frame: &Frame, chosen: impl Fn(usize, usize) -> bool) -> f32 {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    let (mut sum, mut count) = (0.0, 0.0_f32);
    for y in 0..height - 1 {
        for x in (0..width - 1).filter(|x| chosen(*x, y)) {
            let at = y * width + x;
            let [here, right, below] = [at, at + 1, at + width].map(|at| f32::from(frame.y[at]));
            sum += (right - here).abs() + (below - here).abs();
            count += 1.0;
        }
    }
    sum / count.max(1.0)
}

#[test]
fn what_is_filled_in_is_as_rough_as_its_surroundings() {
    // Wood, a soft room, fur, grey cloth: what is of one kind all round.
    let places = [
        ("coffee.png", (0.90, 0.80)),
        ("chelsea.png", (0.18, 0.75)),
        ("chelsea.png", (0.85, 0.85)),
        ("astronaut.png", (0.75, 0.12)),
    ];
    let mut wrong = Vec::new();
    for (name, centre) in places {
        let picture = example(name);
        let (width, height) = (picture.size.width as f32, picture.size.height as f32);
        let radius = 0.12 * width.min(height);
        let away = |x: usize, y: usize| (x as f32 - centre.0 * width).hypot(y as f32 - centre.1 * height) / radius;
        let hole: Vec<bool> = (0..picture.y.len())
            .map(|at| away(at % width as usize, at / width as usize) < 1.0)
            .collect();
        let filled = filled(&picture, &hole);
        let kept = filled
            .y
            .iter()
            .zip(&picture.y)
            .zip(&hole)
            .all(|((after, before), hole)| *hole || after == before);
        assert!(kept, "{name}: what is known stays");
        let inside = slope(&filled, |x, y| away(x, y) < 0.97);
        let around = slope(&filled, |x, y| (1.03..1.5).contains(&away(x, y)));
        let ratio = inside / around;
        if !(0.7..1.3).contains(&ratio) {
            wrong.push(format!("{name} {centre:?}: {inside} within, {around} around"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn mascot(side: u32) -> Study {
    let size = Size {
        width: side,
        height: side,
    };
    Study::new(&frame_to_picture(&example("mascot.png")), size, Detail::COARSE).unwrap()
}

#[test]
fn nothing_of_the_subject_is_left_behind() {
    let study = mascot(480);
    let layer = study.layer().unwrap();
    let seen = study.planes();
    // Light fur and dark lines are gone: what is left is as level as the wall.
    let mut most = 0;
    let inside = (0..60 * 60).map(|at| (at % 60 * CELL, at / 60 * CELL));
    let inside: Vec<_> = inside
        .filter(|(x, y)| *y < 300 && layer.shape.values[y / CELL * 60 + x / CELL] > 0.99)
        .collect();
    for (x, y) in &inside {
        let mut value = [0];
        layer.background.luma(&[Spot::new((*x as f32, *y as f32))], &mut value);
        let wall = i32::from(seen.y[y * 480 + 6]);
        most = most.max((i32::from(value[0]) - wall).abs());
    }
    assert!(inside.len() > 200 && most < 40, "{} {most}", inside.len());
}

#[test]
fn what_is_behind_a_layer_is_as_rough_as_its_surroundings() {
    const SIDE: usize = 480;
    let study = mascot(SIDE as u32);
    let layer = study.layer().unwrap();
    let spots: Vec<Spot> = (0..SIDE * SIDE)
        .map(|at| Spot::new(((at % SIDE) as f32, (at / SIDE) as f32)))
        .collect();
    let (mut behind, mut opacity) = (study.planes().clone(), vec![0; spots.len()]);
    layer.background.luma(&spots, &mut behind.y);
    layer.opacity.luma(&spots, &mut opacity);
    let covered = |x: usize, y: usize| opacity[y * SIDE + x] > 0;
    let near = |x: usize, y: usize| {
        let beside = |far: usize| {
            [
                (x.saturating_sub(far), y),
                ((x + far).min(SIDE - 1), y),
                (x, y.saturating_sub(far)),
            ]
        };
        [10, 20, 30]
            .iter()
            .any(|far| beside(*far).iter().any(|(x, y)| covered(*x, *y)))
    };
    // What differs by less than a grey level from place to place is as smooth as can be.
    let inside = slope(&behind, covered).max(1.0);
    let around = slope(&behind, |x, y| !covered(x, y) && near(x, y)).max(1.0);
    assert!(
        (0.7..1.3).contains(&(inside / around)),
        "{inside} within, {around} around"
    );
}
