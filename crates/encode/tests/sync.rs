//! Picture and sound begin together and stay together: flashes and clicks at the same moments, as ffmpeg decodes them.

#[expect(dead_code, reason = "shared with the other tests")]
mod support;

use domain::{
    media::{FRAME_RATE, Frame, FrameSource, Pcm, SAMPLE_RATE, Size},
    request::Profile,
};
use encode::Settings;
use support::{decoded_sound, decoded_video, encode, probe};

/// Frames that are white; all others are black.
const FLASHES: [u32; 5] = [7, 24, 51, 77, 110];
const FRAMES: u32 = 120;

struct Flashes;

impl FrameSource for Flashes {
    fn size(&self) -> Size {
        Size {
            width: 320,
            height: 192,
        }
    }

    fn frame_count(&self) -> u32 {
        FRAMES
    }

    fn render(&self, index: u32, frame: &mut Frame) {
        frame.y.fill(if FLASHES.contains(&index) { 235 } else { 16 });
        frame.u.fill(128);
        frame.v.fill(128);
    }
}

/// A click of a few milliseconds with each flash.
fn clicks() -> Pcm {
    let per_frame = (SAMPLE_RATE / FRAME_RATE) as usize;
    let mut samples = vec![0.0; FRAMES as usize * per_frame * 2];
    for flash in FLASHES {
        let start = flash as usize * per_frame * 2;
        for (index, sample) in samples[start..start + 384].iter_mut().enumerate() {
            *sample = if index / 12 % 2 == 0 { 0.7 } else { -0.7 };
        }
    }
    Pcm { samples }
}

#[test]
fn flash_and_click_are_within_five_milliseconds() {
    let clip = encode(&Flashes, Some(&clicks()), &Settings::new(Profile::Pro));
    let times: Vec<f64> = probe(&clip.path, "v:0", "frame=pts_time")
        .lines()
        .filter_map(|line| line.strip_prefix("pts_time=")?.parse().ok())
        .collect();
    let frames = decoded_video(&clip);
    assert_eq!(times.len(), frames.len());
    let bright = |frame: &Vec<u8>| frame.iter().map(|luma| u64::from(*luma)).sum::<u64>() / frame.len() as u64 > 120;
    let seen: Vec<f64> = frames
        .iter()
        .zip(&times)
        .filter(|(frame, _)| bright(frame))
        .map(|(_, time)| *time)
        .collect();
    let mut heard: Vec<f64> = Vec::new();
    for (index, sample) in decoded_sound(&clip).iter().enumerate() {
        let at = index as f64 / f64::from(SAMPLE_RATE);
        if sample.abs() > 0.35 && heard.last().is_none_or(|last| at - last > 0.1) {
            heard.push(at);
        }
    }
    assert_eq!(
        (seen.len(), heard.len()),
        (FLASHES.len(), FLASHES.len()),
        "{seen:?} {heard:?}"
    );
    for (flash, click) in seen.iter().zip(&heard) {
        let apart = (click - flash) * 1000.0;
        println!("flash at {flash:.4} s, click at {click:.4} s: {apart:+.2} ms");
        assert!(apart.abs() <= 5.0, "{apart} ms apart at {flash} s");
    }
}
