//! How Modelverse spells our fields.

use std::borrow::Cow;

use domain::draft::Field;

use crate::sequence;

/// The field's name with the object that holds it.
pub fn name(field: Field) -> Cow<'static, str> {
    Cow::Borrowed(match field {
        Field::Body => "body",
        Field::Model => "model",
        Field::Operation => "parameters.vidu_type",
        Field::Images => "input",
        Field::FirstImage => "input.first_frame_url",
        Field::LastImage => "input.last_frame_url",
        Field::Prompt => "input.prompt",
        Field::Duration => "parameters.duration",
        Field::Resolution => "parameters.resolution",
        Field::Amplitude => "parameters.movement_amplitude",
        Field::Seed => "parameters.seed",
        Field::Bgm => "parameters.bgm",
        Field::Audio => "parameters.audio",
        Field::Voice => "parameters.voice_id",
        Field::Watermark => "parameters.watermark",
        Field::OffPeak => "parameters.off_peak",
        Field::Webhook => "parameters.callback_url",
        Field::Payload => "parameters.payload",
        Field::Size => "parameters.size",
        Field::AspectRatio => "parameters.aspect_ratio",
        Field::Corner => "parameters.wm_position",
        Field::MetaData => "parameters.meta_data",
        Field::Image(_)
        | Field::OnlyImage
        | Field::StartImage
        | Field::KeyImage(_)
        | Field::Segments
        | Field::Subjects
        | Field::SubjectImage(..)
        | Field::Mark => return format!("input.{}", sequence::place(field)).into(),
    })
}
