//! How Modelverse spells our fields.

use domain::draft::Field;

/// The field's name with the object that holds it.
pub fn name(field: Field) -> &'static str {
    match field {
        Field::Body => "body",
        Field::Model => "model",
        Field::Operation => "parameters.vidu_type",
        Field::Images => "input",
        Field::Image(0) => "input.first_frame_url",
        Field::Image(_) => "input.last_frame_url",
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
        Field::Segments => "input.image_settings",
    }
}
