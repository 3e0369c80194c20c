//! How our own dialect spells the fields.

use std::borrow::Cow;

use domain::draft::Field;

use crate::sequence;

/// The field's name; pictures are numbered from 0.
pub fn name(field: Field) -> Cow<'static, str> {
    Cow::Borrowed(match field {
        Field::Body => "body",
        Field::Model => "model",
        Field::Operation => "operation",
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
        Field::Images
        | Field::Image(_)
        | Field::OnlyImage
        | Field::FirstImage
        | Field::LastImage
        | Field::StartImage
        | Field::KeyImage(_)
        | Field::Segments
        | Field::Subjects
        | Field::SubjectImage(..)
        | Field::Mark => return sequence::place(field),
    })
}
