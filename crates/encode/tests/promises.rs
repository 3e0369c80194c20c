//! Same bytes on any machine, prompt cancellation, and errors instead of panics.

#[expect(dead_code, reason = "shared with other tests, which use all of it")]
mod support;

use std::sync::atomic::{AtomicU32, Ordering};

use domain::{
    engine::JobWatch,
    media::{Frame, FrameSource, Size},
    request::Profile,
};
use encode::{EncodeError, Quantiser, Settings, gop_lengths};
use proptest::prelude::*;
use support::{Drift, chord, decoded_luma, encode, luma_ssim, psnr};

#[test]
fn the_bytes_do_not_depend_on_the_threads() {
    let source = Drift::new(640, 368, 60);
    let sound = chord(60);
    let bytes = [1, 2, 3].map(|threads| {
        let settings = Settings {
            threads,
            ..Settings::new(Profile::Pro)
        };
        encode(&source, Some(&sound), &settings).bytes
    });
    assert!(bytes[0] == bytes[1] && bytes[1] == bytes[2]);
}

#[test]
fn profiles_differ_in_size() {
    let source = Drift::new(640, 368, 24);
    let sizes = [Profile::Pro, Profile::Turbo, Profile::Fast]
        .map(|profile| encode(&source, None, &Settings::new(profile)).bytes.len());
    assert!(sizes[0] > sizes[1] && sizes[1] >= sizes[2], "{sizes:?}");
}

/// Asks for cancellation while it draws its n-th frame.
struct Cancelling<'w> {
    inner: Drift,
    watch: &'w JobWatch,
    at: u32,
    drawn: AtomicU32,
}

impl FrameSource for Cancelling<'_> {
    fn size(&self) -> Size {
        self.inner.size()
    }

    fn frame_count(&self) -> u32 {
        self.inner.frame_count()
    }

    fn render(&self, index: u32, frame: &mut Frame) {
        if self.drawn.fetch_add(1, Ordering::SeqCst) + 1 == self.at {
            self.watch.cancel();
        }
        self.inner.render(index, frame);
    }
}

#[test]
fn cancelling_stops_within_one_frame_of_each_thread() {
    for threads in [1, 2] {
        let watch = JobWatch::default();
        let source = Cancelling {
            inner: Drift::new(320, 192, 240),
            watch: &watch,
            at: 10,
            drawn: AtomicU32::new(0),
        };
        let settings = Settings {
            threads,
            ..Settings::new(Profile::Fast)
        };
        let mut out = Vec::new();
        let result = encode::clip(&source, None, &settings, &watch, &mut out);
        assert!(matches!(result, Err(EncodeError::Cancelled)));
        assert!(out.is_empty());
        let drawn = source.drawn.load(Ordering::SeqCst);
        assert!(drawn < 10 + threads as u32, "{drawn} frames with {threads} threads");
    }
}

#[test]
fn progress_counts_every_frame() {
    let watch = JobWatch::default();
    let source = Drift::new(320, 192, 31);
    encode::clip(&source, None, &Settings::new(Profile::Fast), &watch, &mut Vec::new()).unwrap();
    assert_eq!((watch.progress().done, watch.progress().total), (31, 31));
}

#[test]
fn sizes_that_the_encoder_cannot_take_are_errors() {
    for (width, height) in [(3842, 720), (2880, 2880), (721, 480), (480, 721), (0, 0), (8, 8)] {
        let source = Drift::new(width, height, 4);
        let result = encode::clip(
            &source,
            None,
            &Settings::new(Profile::Pro),
            &JobWatch::default(),
            &mut Vec::new(),
        );
        assert!(matches!(result, Err(EncodeError::Size(_))), "{width}x{height}");
    }
    let empty = encode::clip(
        &Drift::new(320, 192, 0),
        None,
        &Settings::new(Profile::Pro),
        &JobWatch::default(),
        &mut Vec::new(),
    );
    assert!(matches!(empty, Err(EncodeError::Empty)));
}

/// Grain of this strength round a middle grey, moving by fractions of a pixel: what a coarse quantiser takes away first.
struct Grain {
    strength: f32,
    /// The first frame that has it.
    from: u32,
}

impl Grain {
    fn at(x: usize, y: usize) -> f32 {
        let mixed = (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77);
        let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2c1b_3c6d);
        (mixed >> 16) as f32 / 65535.0 * 2.0 - 1.0
    }
}

impl FrameSource for Grain {
    fn size(&self) -> Size {
        Size {
            width: 640,
            height: 368,
        }
    }

    fn frame_count(&self) -> u32 {
        24
    }

    fn render(&self, index: u32, frame: &mut Frame) {
        let moved = index as f32 * 0.37;
        let (whole, share) = (moved as usize, moved.fract());
        for (y, row) in frame.y.chunks_exact_mut(640).enumerate() {
            for (x, luma) in row.iter_mut().enumerate() {
                let grain = Self::at(x + whole, y) * (1.0 - share) + Self::at(x + whole + 1, y) * share;
                let strength = if index < self.from { 0.0 } else { self.strength };
                *luma = (126.0 + strength * grain) as u8;
            }
        }
    }
}

#[test]
fn grain_gets_the_quantiser_that_keeps_it() {
    let source = Grain { strength: 6.0, from: 0 };
    let clip = encode(&source, None, &Settings::new(Profile::Pro));
    assert!(luma_ssim(&source, &clip) >= 0.98);
    let settings = Settings {
        quantiser: Quantiser::fixed(Quantiser::of(Profile::Pro).qp),
        ..Settings::new(Profile::Pro)
    };
    assert!(luma_ssim(&source, &encode(&source, None, &settings)) < 0.98);
}

#[test]
fn grain_over_the_picture_costs_no_more_than_its_share() {
    let source = Grain {
        strength: 30.0,
        from: 1,
    };
    let mut drawn = Frame::black(source.size());
    source.render(0, &mut drawn);
    let settings = Settings::new(Profile::Pro);
    let clip = encode(&source, None, &settings);
    let pixels = f64::from(source.frame_count()) * drawn.y.len() as f64;
    let bits = 8.0 * clip.bytes.len() as f64 / pixels;
    // The frame that is looked at is softer than others.
    assert!(bits < 1.5 * settings.quantiser.most_bits, "{bits}");
    assert!(psnr(&drawn.y, &decoded_luma(&clip, 0)) >= 38.0);
    let settings = Settings {
        quantiser: Quantiser::fixed(settings.quantiser.qp),
        ..settings
    };
    let fixed = encode(&source, None, &settings);
    assert!(fixed.bytes.len() as f64 > 1.5 * clip.bytes.len() as f64);
}

#[test]
fn the_first_picture_is_faithful_in_every_profile() {
    let source = Grain {
        strength: 90.0,
        from: 0,
    };
    let mut drawn = Frame::black(source.size());
    source.render(0, &mut drawn);
    for profile in [Profile::Pro, Profile::Turbo, Profile::Fast] {
        let clip = encode(&source, None, &Settings::new(profile));
        let psnr = psnr(&drawn.y, &decoded_luma(&clip, 0));
        assert!(psnr >= 38.0, "{profile:?}: {psnr}");
    }
}

/// Draws into a frame whose planes do not fit its size.
struct Short;

impl FrameSource for Short {
    fn size(&self) -> Size {
        Size {
            width: 320,
            height: 192,
        }
    }

    fn frame_count(&self) -> u32 {
        4
    }

    fn render(&self, _: u32, frame: &mut Frame) {
        frame.u.truncate(10);
    }
}

#[test]
fn a_frame_with_short_planes_is_an_error() {
    let result = encode::clip(
        &Short,
        None,
        &Settings::new(Profile::Pro),
        &JobWatch::default(),
        &mut Vec::new(),
    );
    assert!(matches!(result, Err(EncodeError::Size(_))));
}

proptest! {
    #[test]
    fn groups_cover_the_clip(frames in 1_u32..2000) {
        let lengths = gop_lengths(frames);
        prop_assert_eq!(lengths.iter().sum::<u32>(), frames);
        prop_assert!(lengths.iter().all(|length| (1..=48).contains(length)));
        prop_assert!(lengths.len() >= 4 || frames < 8);
        let (shortest, longest) = (lengths.iter().min().unwrap(), lengths.iter().max().unwrap());
        prop_assert!(longest - shortest <= 1);
    }
}

#[test]
fn an_empty_clip_has_no_groups() {
    assert!(gop_lengths(0).is_empty());
}
