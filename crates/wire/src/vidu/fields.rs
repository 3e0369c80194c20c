//! How Vidu spells our fields.

use std::borrow::Cow;

use domain::draft::Field;

use crate::sequence;

/// The field's name; pictures are numbered from 0.
pub fn name(field: Field) -> Cow<'static, str> {
    Cow::Borrowed(match field {
        Field::Body => "body",
        Field::Model => "model",
        Field::Operation => "path",
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
        Field::Webhook => "callback_url",
        Field::Payload => "payload",
        Field::Size => "size",
        Field::AspectRatio => "aspect_ratio",
        Field::Corner => "wm_position",
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

/// Fields of the manual that are accepted and change nothing, and why.
pub(super) const WITHOUT_EFFECT: [(&str, &str); 2] = [
    ("style", "the pictures decide the style"),
    ("enhance", "prompts are not rewritten here"),
];
