//! Looks at drawn pictures whose contents are known, and at the example pictures.

use domain::media::{Picture, Size};

use super::*;
use crate::stages::Silent;

fn drawn(size: (u32, u32), colour: impl Fn(f32, f32) -> [f32; 3]) -> Picture {
    let mut rgb = Vec::new();
    for y in 0..size.1 {
        for x in 0..size.0 {
            let place = ((x as f32 + 0.5) / size.0 as f32, (y as f32 + 0.5) / size.1 as f32);
            rgb.extend(colour(place.0, place.1).map(|value| (value.clamp(0.0, 1.0) * 255.0).round() as u8));
        }
    }
    let size = Size {
        width: size.0,
        height: size.1,
    };
    Picture { size, rgb }
}

fn picture(name: &str) -> Picture {
    let path = format!("{}/../../examples/pictures/{name}", env!("CARGO_MANIFEST_DIR"));
    let rgb = image::open(path).unwrap().into_rgb8();
    let size = Size {
        width: rgb.width(),
        height: rgb.height(),
    };
    Picture {
        size,
        rgb: rgb.into_raw(),
    }
}

fn example(name: &str) -> Analysis {
    analyse(&picture(name), None, &Silent).unwrap()
}

/// A number from 0 to 1 that differs from place to place.
fn speckle(x: f32, y: f32) -> f32 {
    let bits = (x * 4096.0) as u32 ^ ((y * 4096.0) as u32).wrapping_mul(0x9E37_79B1);
    (bits.wrapping_mul(0x85EB_CA6B) >> 8 & 0xFFFF) as f32 / 65535.0
}

/// Blue sky, blue-green water with level ripples under it, and a grassy shore.
fn seaside() -> Picture {
    drawn((320, 180), |x, y| {
        if y < 0.45 {
            [0.45 + 0.3 * y, 0.65 + 0.3 * y, 0.95]
        } else if y < 0.75 {
            let ripple = 0.06 * (y * 260.0 + 3.0 * (x * 12.0).sin()).sin();
            [0.1 + ripple, 0.35 + ripple, 0.5 + ripple]
        } else {
            let blade = 0.35 * (speckle(x, y * 0.1) - 0.5);
            [0.2 + 0.5 * blade, 0.45 + blade, 0.1 + 0.3 * blade]
        }
    })
}

fn mean_within(map: &Map, (left, top, right, bottom): (f32, f32, f32, f32)) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0_f32);
    for (at, value) in map.values.iter().enumerate() {
        let x = ((at % map.width) as f32 + 0.5) / map.width as f32;
        let y = ((at / map.width) as f32 + 0.5) / map.height as f32;
        if (left..right).contains(&x) && (top..bottom).contains(&y) {
            sum += value;
            count += 1.0;
        }
    }
    sum / count.max(1.0)
}

#[test]
fn sky_water_and_grass_are_told_apart() {
    let seen = analyse(&seaside(), None, &Silent).unwrap();
    let regions = &seen.regions;
    let bands = [(0.0, 0.02, 1.0, 0.42), (0.0, 0.5, 1.0, 0.7), (0.0, 0.8, 1.0, 0.98)];
    let found = [&regions.sky, &regions.water, &regions.foliage];
    for (kind, region) in found.iter().enumerate() {
        assert!(region.confidence >= 0.5, "{kind} is not sure: {}", region.confidence);
        for (place, band) in bands.iter().enumerate() {
            let mean = mean_within(&region.weight, *band);
            assert_eq!(mean > 0.5, kind == place, "{kind} in {place}: {mean}");
        }
    }
    let horizon = seen.horizon.unwrap();
    assert!((horizon - 0.45).abs() < 0.03, "{horizon}");
    for nothing in [&regions.fire, &regions.stars, &regions.lights] {
        assert!(nothing.confidence < 0.2, "{}", nothing.confidence);
    }
}

#[test]
fn stars_are_found_in_the_dark() {
    let night = drawn((320, 180), |x, y| {
        let star = speckle((x * 160.0).floor() / 160.0, (y * 90.0).floor() / 90.0) > 0.99;
        if star { [0.9; 3] } else { [0.02, 0.03, 0.08] }
    });
    assert!(analyse(&night, None, &Silent).unwrap().regions.stars.confidence >= 0.5);
    let plain = drawn((320, 180), |_, _| [0.02, 0.03, 0.08]);
    assert!(analyse(&plain, None, &Silent).unwrap().regions.stars.confidence < 0.1);
}

#[test]
fn a_fire_in_the_dark_is_found_and_an_orange_wall_is_not() {
    let fire = drawn((320, 180), |x, y| {
        let height = (0.95 - y) / 0.6;
        let away = (x - 0.5).abs() / (0.16 * (1.0 - height).max(0.05));
        let heat = if (0.0..1.0).contains(&height) {
            (1.2 - away).clamp(0.0, 1.0)
        } else {
            0.0
        };
        [0.04 + 1.6 * heat, 0.03 + 1.05 * heat * heat, 0.03 + 0.6 * heat.powi(4)]
    });
    let found = analyse(&fire, None, &Silent).unwrap().regions.fire;
    assert!(found.confidence >= 0.5, "{}", found.confidence);
    assert!(mean_within(&found.weight, (0.45, 0.7, 0.55, 0.9)) > 0.5);
    assert!(mean_within(&found.weight, (0.0, 0.0, 0.3, 1.0)) < 0.05);
    let wall = drawn((320, 180), |_, y| [0.95, 0.5 + 0.1 * y, 0.1]);
    assert!(analyse(&wall, None, &Silent).unwrap().regions.fire.confidence < 0.3);
}

#[test]
fn the_light_is_where_it_shines() {
    let lamp = drawn((320, 180), |x, y| {
        let away = (x - 0.8).hypot((y - 0.2) * 0.56);
        [0.15 + 1.2 * (-away * away * 300.0).exp(); 3]
    });
    let (x, y) = analyse(&lamp, None, &Silent).unwrap().light;
    assert!((x - 0.8).abs() < 0.12 && (y - 0.2).abs() < 0.12, "{x} {y}");
    let from_left = drawn((320, 180), |x, _| [0.7 - 0.5 * x; 3]);
    assert!(analyse(&from_left, None, &Silent).unwrap().light.0 < 0.1);
}

#[test]
fn the_example_pictures_show_what_they_show() {
    let rocket = example("rocket.jpg");
    assert!(rocket.regions.sky.confidence >= 0.5);
    assert!(mean_within(&rocket.regions.sky.weight, (0.3, 0.1, 0.45, 0.5)) > 0.8);
    assert!(rocket.regions.lights.confidence >= 0.5);
    for name in ["coffee.png", "chelsea.png", "mascot.png"] {
        let regions = example(name).regions;
        for (kind, region) in [regions.sky, regions.water, regions.foliage, regions.fire, regions.stars]
            .iter()
            .enumerate()
        {
            assert!(region.confidence < 0.5, "{kind} in {name}: {}", region.confidence);
        }
    }
}

#[test]
fn only_the_rocket_is_rigid() {
    let rigidity = |name| example(name).rigidity;
    assert!(rigidity("rocket.jpg") > 0.9);
    for name in ["mascot.png", "chelsea.png", "astronaut.png", "coffee.png"] {
        assert_eq!(rigidity(name), 0.0, "{name}");
    }
}

fn cut_out(picture: &Picture) -> Option<Cut> {
    let seen = analyse(picture, None, &Silent).unwrap();
    cut(picture, &seen.saliency).unwrap()
}

#[test]
fn the_drawn_cat_is_cut_out_whole() {
    let cat = picture("mascot.png");
    let found = cut_out(&cat).unwrap();
    let alpha = |x: f32, y: f32| {
        let (width, height) = (cat.size.width as f32, cat.size.height as f32);
        found.alpha[(y * height) as usize * cat.size.width as usize + (x * width) as usize]
    };
    // Forehead, eyes' whites, belly, tail, feet.
    for (x, y) in [(0.5, 0.25), (0.4, 0.42), (0.5, 0.72), (0.77, 0.67), (0.42, 0.88)] {
        assert!(alpha(x, y) > 250, "{x} {y}: {}", alpha(x, y));
    }
    for (x, y) in [(0.1, 0.1), (0.1, 0.9), (0.9, 0.3), (0.5, 0.05), (0.85, 0.95)] {
        assert!(alpha(x, y) < 5, "{x} {y}: {}", alpha(x, y));
    }
    let between = found.alpha.iter().filter(|alpha| (26..230).contains(*alpha)).count();
    assert!((between as f32) < 0.02 * found.alpha.len() as f32, "{between}");
}

#[test]
fn what_cannot_be_cut_cleanly_is_not_cut() {
    for name in ["astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg"] {
        assert!(cut_out(&picture(name)).is_none(), "{name}");
    }
    assert!(cut_out(&seaside()).is_none());
}
