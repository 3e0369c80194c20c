//! How Vidu spells our fields.

use std::borrow::Cow;

use domain::draft::Field;

/// The field's name; pictures are numbered from 0.
pub fn name(field: Field) -> Cow<'static, str> {
    Cow::Borrowed(match field {
        Field::Body => "body",
        Field::Model => "model",
        Field::Operation => "path",
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
        Field::Webhook => "callback_url",
        Field::Payload => "payload",
        Field::Size => "size",
        Field::AspectRatio => "aspect_ratio",
        Field::Corner => "wm_position",
        Field::MetaData => "meta_data",
        Field::Segments => "image_settings",
    })
}

/// Fields of the manual that are accepted and change nothing, and why.
pub(super) const WITHOUT_EFFECT: [(&str, &str); 3] = [
    (
        "wm_url",
        "the watermark is the configured text; pictures are not drawn on it",
    ),
    ("style", "the pictures decide the style"),
    ("enhance", "prompts are not rewritten here"),
];
