//! How our own dialect spells the fields.

use std::borrow::Cow;

use domain::draft::Field;

/// The field's name; pictures are numbered from 0.
pub fn name(field: Field) -> Cow<'static, str> {
    Cow::Borrowed(match field {
        Field::Body => "body",
        Field::Model => "model",
        Field::Operation => "operation",
        Field::Images => "images",
        Field::Image(index) => return Cow::Owned(format!("images[{index}]")),
        Field::Prompt => "prompt",
        Field::Duration => "duration",
        Field::Resolution => "resolution",
        Field::Amplitude => "movement_amplitude",
        Field::Seed => "seed",
        Field::Bgm => "bgm",
        Field::Audio => "audio",
        Field::Voice => "voice_id",
        Field::Watermark => "watermark",
        Field::OffPeak => "off_peak",
        Field::Webhook => "webhook_url",
        Field::Payload => "payload",
        Field::Size => "size",
        Field::AspectRatio => "aspect_ratio",
        Field::Corner => "watermark_corner",
        Field::MetaData => "meta_data",
        Field::Segments => "segments",
    })
}
