//! Clips of several pictures, as Vidu and those that resell it ask for them: references and their names, and keyframes
//! with their seconds; and clips of none.

use std::borrow::Cow;

use domain::{
    catalog::Operation,
    draft::{Draft, DraftImage, Fault, Field},
    failure::Code,
    places::Places,
    request::Warning,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::read::{Reader, keep};

const MOST_IMAGES: usize = 7;
const MOST_SUBJECTS: usize = 7;
const MOST_IMAGES_OF_ONE: usize = 3;
const DEFAULT_SECONDS: i64 = 5;

/// One thing that should be seen, with its pictures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::Subject)]
pub struct Subject {
    /// The prompt speaks of it as `@id`.
    pub id: String,
    /// One to three.
    pub images: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
}

/// One picture of a clip of several.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::ImageSetting)]
pub struct ImageSetting {
    pub key_image: String,
    /// What happens on the way to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// Seconds from the picture before: 2 to 7.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 2, maximum = 7, default = 5)]
    pub duration: Option<u32>,
}

/// `reference2video`: the pictures become one sequence, in order.
pub(crate) fn references(reader: &mut Reader<'_>, draft: &mut Draft) {
    draft.operation = Operation::ReferenceToVideo;
    let asked = reader.text("aspect_ratio", Field::AspectRatio);
    draft.aspect_ratio = asked.or(draft.aspect_ratio.take()).or(Some("16:9".to_owned()));
    let subjects = reader.objects("subjects", "subjects[].", Field::Subjects);
    match subjects {
        Some(subjects) => {
            if reader.drop("images") {
                let problem = "cannot be sent together with subjects";
                draft
                    .faults
                    .push(Fault::new(Field::Images, Code::FieldUnwanted, problem));
            }
            read_subjects(subjects, draft);
        }
        None => {
            draft.images = reader.pictures("images");
            if draft.images.as_ref().is_some_and(|images| images.len() > MOST_IMAGES) {
                let problem = format!("must hold 1 to {MOST_IMAGES} pictures");
                draft.faults.push(Fault::new(Field::Images, Code::ImageCount, problem));
            }
        }
    }
    demand_prompt(draft);
    let reason = "the pictures are shown one after the other; nothing is composed out of them";
    draft.warnings.push(Warning::new("images", reason));
}

fn read_subjects(subjects: Vec<Reader<'_>>, draft: &mut Draft) {
    if !(1..=MOST_SUBJECTS).contains(&subjects.len()) {
        let problem = format!("must hold the pictures of 1 to {MOST_SUBJECTS} subjects");
        draft
            .faults
            .push(Fault::new(Field::Subjects, Code::ImageCount, problem));
    }
    let mut images: Vec<DraftImage> = Vec::new();
    let mut counts = Vec::new();
    for (number, mut subject) in subjects.into_iter().enumerate() {
        let id = subject
            .text("id", Field::Subjects)
            .or_else(|| subject.text("name", Field::Subjects));
        match id {
            Some(id) if !id.is_empty() => unmark(draft, &id),
            _ => draft
                .faults
                .push(Fault::new(Field::Subjects, Code::FieldMissing, "must have an id each")),
        }
        let place = |image| Field::SubjectImage(number, image);
        let found = subject
            .pictures_of("images", Field::Subjects, place)
            .unwrap_or_default();
        if !(1..=MOST_IMAGES_OF_ONE).contains(&found.len()) {
            let problem = format!("must hold 1 to {MOST_IMAGES_OF_ONE} pictures of each subject");
            draft
                .faults
                .push(Fault::new(Field::Subjects, Code::ImageCount, problem));
        }
        counts.push(found.len());
        images.extend(found);
        let voice = subject.text("voice_id", Field::Voice);
        draft.voice = draft.voice.take().or(voice);
        keep(subject, draft);
    }
    draft.images = Some(images);
    draft.places = Places::Subjects(counts);
}

/// `@cat` is the cat.
fn unmark(draft: &mut Draft, id: &str) {
    if let Some(prompt) = &mut draft.prompt {
        *prompt = prompt.replace(&format!("@{id}"), id);
    }
}

/// `multiframe`: keyframes in order.
pub(crate) fn frames(reader: &mut Reader<'_>, draft: &mut Draft) {
    draft.operation = Operation::MultiFrame;
    draft.places = Places::Segments;
    let mut images = vec![reader.picture("start_image", Field::StartImage).unwrap_or_else(|| {
        draft.faults.push(Fault::missing(Field::StartImage));
        DraftImage::Url(String::new())
    })];
    let Some(settings) = reader.objects("image_settings", "image_settings[].", Field::Segments) else {
        draft.faults.push(Fault::missing(Field::Segments));
        draft.images = Some(images);
        return;
    };
    let mut prompts: Vec<String> = draft.prompt.take().into_iter().collect();
    let mut begun = 0;
    for (number, mut setting) in settings.into_iter().enumerate() {
        let field = Field::KeyImage(number);
        images.push(setting.picture("key_image", field).unwrap_or_else(|| {
            draft.faults.push(Fault::missing(field));
            DraftImage::Url(String::new())
        }));
        let prompt = setting.text("prompt", Field::Prompt);
        let seconds = setting.whole("duration", Field::Segments).unwrap_or(DEFAULT_SECONDS);
        let end = seconds.saturating_add(begun);
        prompts.extend(prompt.and_then(|prompt| said_of(&prompt, begun, end)));
        draft.segments.push(seconds);
        begun = end;
        keep(setting, draft);
    }
    draft.images = Some(images);
    prompts.retain(|prompt| !prompt.trim().is_empty());
    draft.prompt = Some(prompts.join("; "));
    if draft.duration.take().is_some() {
        let reason = "the clip is as long as the durations of image_settings together";
        draft.warnings.push(Warning::new("duration", reason));
    }
    if draft.corner.is_none() {
        // The manual's default of this endpoint alone.
        draft.corner = Some("bottom_left".to_owned());
    }
}

/// A prompt with the seconds that it is about, as prompts say that themselves.
fn said_of(prompt: &str, from: i64, to: i64) -> Option<String> {
    let prompt = prompt.trim();
    (!prompt.is_empty()).then(|| format!("{from}-{to}s: {prompt}"))
}

const NO_TEXT_TO_VIDEO: &str = "does not serve text alone: that needs a diffusion engine, and this server has only the motion \
    engine, which moves pictures; use its image-to-video sibling";

/// `text2video`: every fault of the request is named, and that there is no engine for it.
pub(crate) fn text_alone(reader: &mut Reader<'_>, draft: &mut Draft) {
    if reader.drop("images") {
        let problem = "has no place here";
        draft
            .faults
            .push(Fault::new(Field::Images, Code::FieldUnwanted, problem));
    }
    // There is nothing more to say about pictures.
    draft.images = Some(vec![DraftImage::Inline(0)]);
    demand_prompt(draft);
    let fault = Fault::new(Field::Operation, Code::ModelUnknown, NO_TEXT_TO_VIDEO);
    draft.faults.push(fault);
}

/// The name of a field that holds pictures, in Vidu's words; every dialect knows those.
pub(crate) fn place(field: Field) -> Cow<'static, str> {
    match field {
        Field::Image(index) => format!("images[{index}]").into(),
        Field::OnlyImage => "image_file".into(),
        Field::FirstImage => "images[0]".into(),
        Field::LastImage => "images[1]".into(),
        Field::StartImage => "start_image".into(),
        Field::KeyImage(index) => format!("image_settings[{index}].key_image").into(),
        Field::Segments => "image_settings".into(),
        Field::Subjects => "subjects".into(),
        Field::SubjectImage(subject, image) => format!("subjects[{subject}].images[{image}]").into(),
        Field::Mark => "wm_url".into(),
        _ => "images".into(),
    }
}

/// Where the prompt must not be empty.
pub(crate) fn demand_prompt(draft: &mut Draft) {
    let blank = draft.prompt.as_ref().is_none_or(|prompt| prompt.trim().is_empty());
    if blank && draft.faults.iter().all(|fault| fault.field != Field::Prompt) {
        draft.faults.push(Fault::missing(Field::Prompt));
    }
}
