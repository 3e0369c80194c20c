//! The visible label.

use domain::{
    media::{Frame, FrameSource, Overlay, Size},
    request::Corner,
};
use motion::{DEFAULT_LABEL, Labelled};

use crate::measure::{frame, size};

/// Frames of one grey, or of noise.
struct Plain {
    size: Size,
    grey: Option<u8>,
}

impl FrameSource for Plain {
    fn size(&self) -> Size {
        self.size
    }

    fn frame_count(&self) -> u32 {
        1
    }

    fn render(&self, _index: u32, frame: &mut Frame) {
        let mut state = 7_u32;
        for value in &mut frame.y {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *value = self.grey.unwrap_or((16 + (state >> 24) * 219 / 255) as u8);
        }
        frame.u.fill(90);
        frame.v.fill(160);
    }
}

/// Luma of the corner in which the label stands, brightest and darkest tenth.
fn contrast(grey: Option<u8>, size: Size, text: &str) -> (u8, u8) {
    let plain = Plain { size, grey };
    let (before, after) = (
        frame(&plain, 0),
        frame(&Labelled::new(&plain, text, Corner::BottomRight), 0),
    );
    let mut touched: Vec<u8> = before
        .y
        .iter()
        .zip(&after.y)
        .filter(|(a, b)| a != b)
        .map(|(_, b)| *b)
        .collect();
    touched.sort_unstable();
    assert!(touched.len() > 100, "{} pixels changed", touched.len());
    (touched[touched.len() / 10], touched[touched.len() * 9 / 10])
}

#[test]
fn the_label_is_legible_on_anything() {
    for size in [size(1280, 720), size(720, 1280), size(480, 360), size(320, 1280)] {
        for grey in [Some(16), Some(60), Some(128), Some(200), Some(235), None] {
            let (dark, light) = contrast(grey, size, DEFAULT_LABEL);
            assert!(light > 190, "{grey:?}: text {light}");
            // On black only the text itself changes anything.
            assert!(grey == Some(16) || dark < 128, "{grey:?}: rim {dark}");
            assert!(grey == Some(16) || light - dark > 90, "{grey:?}: {dark} {light}");
        }
    }
}

#[test]
fn the_label_stands_at_the_lower_right_and_nowhere_else() {
    let size = size(1280, 720);
    let plain = Plain { size, grey: Some(120) };
    let (before, after) = (
        frame(&plain, 0),
        frame(&Labelled::new(&plain, DEFAULT_LABEL, Corner::BottomRight), 0),
    );
    for (at, (left, right)) in before.y.iter().zip(&after.y).enumerate() {
        let (x, y) = (at % 1280, at / 1280);
        assert!(left == right || (x > 1000 && y > 650), "{x} {y}");
    }
}

#[test]
fn any_text_can_be_a_label() {
    let plain = Plain {
        size: size(640, 360),
        grey: Some(50),
    };
    let long = "AI generated ".repeat(200);
    for text in ["", "🦀🦀", "Made by AI", "\u{0}\n\t", &long, "內容由AI製作"] {
        frame(&Labelled::new(&plain, text, Corner::BottomRight), 0);
    }
    let unknown = frame(&Labelled::new(&plain, "🦀", Corner::BottomRight), 0);
    assert_eq!(unknown, frame(&plain, 0));
    let tiny = Plain {
        size: size(8, 8),
        grey: None,
    };
    frame(&Labelled::new(&tiny, DEFAULT_LABEL, Corner::BottomRight), 0);
}

#[test]
fn the_label_stands_in_the_corner_that_was_asked_for() {
    let plain = Plain {
        size: size(1280, 720),
        grey: Some(128),
    };
    let before = frame(&plain, 0);
    for (corner, is_left, is_top) in [
        (Corner::TopLeft, true, true),
        (Corner::TopRight, false, true),
        (Corner::BottomRight, false, false),
        (Corner::BottomLeft, true, false),
    ] {
        let after = frame(&Labelled::new(&plain, DEFAULT_LABEL, corner), 0);
        let changed: Vec<usize> = (0..before.y.len()).filter(|at| before.y[*at] != after.y[*at]).collect();
        assert!(changed.len() > 1000, "{corner:?}");
        for at in changed {
            assert_eq!((at % 1280 < 640, at / 1280 < 360), (is_left, is_top), "{corner:?}");
        }
    }
}

/// A picture of one colour, left half opaque, right half clear.
fn half_clear(size: Size) -> Overlay {
    let pixels =
        (0..size.width * size.height).map(|at| [200, 30, 40, if at % size.width * 2 < size.width { 255 } else { 0 }]);
    Overlay {
        size,
        rgba: pixels.flatten().collect(),
    }
}

#[test]
fn a_picture_can_be_the_label() {
    let plain = Plain {
        size: size(1280, 720),
        grey: Some(128),
    };
    let before = frame(&plain, 0);
    for (corner, left, top) in [
        (Corner::TopLeft, 14, 14),
        (Corner::TopRight, 1176, 14),
        (Corner::BottomRight, 1176, 616),
        (Corner::BottomLeft, 14, 616),
    ] {
        let labelled = Labelled::with_picture(&plain, &half_clear(size(400, 400)), corner).unwrap();
        let after = frame(&labelled, 0);
        for (x, y) in [(10, 45), (35, 10), (35, 80)] {
            let at = (top + y) * 1280 + left + x;
            let chroma = (top + y) / 2 * 640 + (left + x) / 2;
            let seen = (after.y[at], after.u[chroma], after.v[chroma]);
            assert_eq!(seen, (73, 115, 202), "{corner:?} {x} {y}");
        }
        let clear = (top + 45) * 1280 + left + 60;
        assert_eq!(after.y[clear], before.y[clear], "{corner:?}");
        let changed = before
            .y
            .iter()
            .zip(&after.y)
            .filter(|(one, other)| one != other)
            .count();
        assert!((4000..4500).contains(&changed), "{corner:?}: {changed}");
    }
}

#[test]
fn a_picture_of_any_size_finds_its_place() {
    for frame_size in [size(1280, 720), size(720, 1280), size(320, 1280), size(8, 8)] {
        let plain = Plain {
            size: frame_size,
            grey: Some(50),
        };
        for mark in [size(1, 1), size(3000, 10), size(10, 3000), size(640, 480), size(5, 7)] {
            let labelled = Labelled::with_picture(&plain, &half_clear(mark), Corner::BottomRight).unwrap();
            let after = frame(&labelled, 0);
            let changed = after.y.iter().filter(|luma| **luma != 50).count();
            let most = frame_size.width / 5 * (frame_size.width.min(frame_size.height) / 8 + 1);
            assert!(changed <= most as usize, "{frame_size:?} {mark:?}: {changed}");
            assert!(changed > 0 || frame_size.width == 8, "{frame_size:?} {mark:?}");
        }
    }
    let plain = Plain {
        size: size(640, 360),
        grey: None,
    };
    let torn = Overlay {
        size: size(100, 100),
        rgba: vec![0; 7],
    };
    assert!(Labelled::with_picture(&plain, &torn, Corner::TopLeft).is_err());
}
