//! `POST /v3/async/img2video`, the oldest path of the family, which the vendors' own clients still call: a picture in
//! base64, a number of frames, and no prompt. It was Stable Video Diffusion's; here the motion engine serves it.

use domain::{
    catalog::Operation,
    draft::{Draft, Fault, Field},
    places::Places,
    request::Warning,
};

use super::submit::end;
use crate::read::Reader;

/// The path after `/v3/async/`.
pub const SLUG: &str = "img2video";
/// Who serves it, whatever `model_name` says.
pub const MODEL: &str = "viduq2-turbo";

const DEFAULT_FRAMES: i64 = 14;
const DEFAULT_RATE: i64 = 6;
/// Seconds.
const DURATIONS: std::ops::RangeInclusive<i64> = 1..=10;
/// `motion_bucket_id` runs from 1 to 255; each third of it is an amplitude.
const BUCKETS: std::ops::RangeInclusive<i64> = 1..=255;

const WITHOUT_EFFECT: [(&str, &str); 5] = [
    (
        "model_name",
        "this path is served by the motion engine, whatever the model",
    ),
    ("steps", "the engine has no diffusion steps"),
    ("cond_aug", "the engine adds no noise to the picture"),
    ("enable_frame_interpolation", "every clip has 24 frames a second"),
    ("image_file_resize_mode", "the picture's own shape is kept"),
];

/// Reads the body.
pub(super) fn draft(mut reader: Reader<'_>) -> Draft {
    let frames = reader.whole("frames_num", Field::Duration).unwrap_or(DEFAULT_FRAMES);
    let rate = reader
        .whole("frames_per_second", Field::Duration)
        .unwrap_or(DEFAULT_RATE)
        .max(1);
    let seconds = frames.saturating_add(rate / 2) / rate;
    let mut draft = Draft {
        operation: Operation::ImageToVideo,
        model: Some(MODEL.to_owned()),
        images: reader.picture("image_file", Field::OnlyImage).map(|image| vec![image]),
        places: Places::Alone,
        duration: Some(seconds.clamp(*DURATIONS.start(), *DURATIONS.end())),
        seed: reader.whole("seed", Field::Seed),
        amplitude: reader.whole("motion_bucket_id", Field::Amplitude).map(amplitude),
        ..Draft::default()
    };
    if draft.images.is_none() {
        draft.faults.push(Fault::missing(Field::OnlyImage));
    }
    for (name, reason) in WITHOUT_EFFECT {
        if reader.drop(name) {
            draft.warnings.push(Warning::new(name, reason));
        }
    }
    end(reader, &mut draft);
    draft
}

fn amplitude(bucket: i64) -> String {
    let bucket = bucket.clamp(*BUCKETS.start(), *BUCKETS.end());
    let third = match bucket {
        ..=85 => "small",
        86..=170 => "medium",
        _ => "large",
    };
    third.to_owned()
}
