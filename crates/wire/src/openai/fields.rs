//! How OpenAI spells our fields.

use std::borrow::Cow;

use domain::draft::Field;

use crate::sequence;

/// The field's name; further pictures are numbered from 0.
pub fn name(field: Field) -> Cow<'static, str> {
    Cow::Borrowed(match field {
        Field::Body => "body",
        Field::Model => "model",
        Field::Operation => "model",
        Field::Images | Field::Image(0) => "input_reference",
        Field::Prompt => "prompt",
        Field::Duration => "seconds",
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
        Field::Image(_)
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

/// Fields of self-hosted servers of this API, and of the API's own later versions, that are accepted and change
/// nothing; and why.
pub(super) const WITHOUT_EFFECT: [(&str, &str); 17] = [
    ("n", "one request makes one video"),
    ("quality", "the model decides the quality"),
    ("characters", "there are no characters here; the picture shows who acts"),
    ("negative_prompt", "the engine draws nothing that is not in the picture"),
    ("guidance_scale", "the engine has no diffusion steps"),
    ("guidance_scale_2", "the engine has no diffusion steps"),
    ("true_cfg_scale", "the engine has no diffusion steps"),
    ("num_inference_steps", "the engine has no diffusion steps"),
    ("flow_shift", "the engine has no diffusion steps"),
    ("boundary_ratio", "the engine has no diffusion steps"),
    ("enable_teacache", "the engine has no diffusion steps"),
    ("generator_device", "the engine runs on the CPU"),
    ("output_path", "the server decides where files lie"),
    ("lora", "the engine has no weights"),
    ("response_format", "the video is had from the content route"),
    ("user", "the API key says who asks"),
    ("stream", "progress is had by asking for the video"),
];
