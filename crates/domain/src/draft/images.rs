//! Which pictures, and how many.

use super::{
    Draft, DraftImage, Fault, Field,
    address::{NotAsked, WITHOUT_CREDENTIALS, http_url},
};
use crate::{catalog::Operation, failure::Code, request::ImageSource};

const MOST_IMAGES: usize = 40;
/// Of a clip of several, the first included.
const SEGMENT_IMAGES: std::ops::RangeInclusive<usize> = 3..=10;
/// Seconds from one picture to the next.
const SEGMENT_SECONDS: std::ops::RangeInclusive<i64> = 2..=7;

impl Draft {
    pub(super) fn check_images(&self, faults: &mut Vec<Fault>) -> Vec<ImageSource> {
        let Some(images) = &self.images else {
            if !self.has_fault(Field::Images) && !self.has_fault(self.places.field(0)) {
                faults.push(Fault::missing(Field::Images));
            }
            return Vec::new();
        };
        if let Some(problem) = self.count_problem(images.len()) {
            let (field, code) = match self.operation {
                Operation::MultiFrame => (Field::Segments, Code::ImageCount),
                _ => (Field::Images, Code::ImageCount),
            };
            faults.push(Fault::new(field, code, problem));
        }
        let mut sources = Vec::with_capacity(images.len());
        for (index, image) in images.iter().enumerate() {
            sources.extend(self.source(image, self.places.field(index), faults));
        }
        sources
    }

    /// The picture that is to be drawn as the watermark, if there is one at all.
    pub(super) fn check_mark(&self, faults: &mut Vec<Fault>) -> Option<ImageSource> {
        let mark = self.mark.as_ref().filter(|_| self.watermark == Some(true))?;
        self.source(mark, Field::Mark, faults)
    }

    fn source(&self, image: &DraftImage, field: Field, faults: &mut Vec<Fault>) -> Option<ImageSource> {
        if self.has_fault(field) {
            return None;
        }
        match image {
            DraftImage::Inline(number) => Some(ImageSource::Inline(*number)),
            DraftImage::Upload(id) => Some(ImageSource::Upload(*id)),
            DraftImage::Url(text) => {
                let problem = match http_url(text) {
                    Ok(url) => return Some(ImageSource::Url(url)),
                    Err(NotAsked::Form) => "must be an http or https URL, or a data URI of a picture",
                    Err(NotAsked::Credentials) => WITHOUT_CREDENTIALS,
                };
                faults.push(Fault::invalid(field, problem));
                None
            }
        }
    }

    fn count_problem(&self, count: usize) -> Option<String> {
        match self.operation {
            Operation::ImageToVideo if self.one_image && count != 1 => Some("must hold exactly one picture".to_owned()),
            Operation::ImageToVideo if count == 0 => Some("must hold at least one picture".to_owned()),
            Operation::ImageToVideo if count > MOST_IMAGES => Some(format!("must hold at most {MOST_IMAGES} pictures")),
            Operation::StartEndToVideo if count != 2 => Some("must hold exactly two pictures".to_owned()),
            Operation::ReferenceToVideo if !(1..=Operation::MOST_REFERENCES).contains(&count) => {
                Some(format!("must hold 1 to {} pictures", Operation::MOST_REFERENCES))
            }
            Operation::MultiFrame if !SEGMENT_IMAGES.contains(&count) => Some("must hold 2 to 9 pictures".to_owned()),
            _ => None,
        }
    }

    /// The clip's seconds as the client said them, or as its pictures' add up.
    pub(super) fn seconds(&self, faults: &mut Vec<Fault>) -> Option<i64> {
        if self.operation != Operation::MultiFrame {
            return self.duration;
        }
        let wrong = self.segments.iter().any(|seconds| !SEGMENT_SECONDS.contains(seconds));
        if wrong && !self.has_fault(Field::Segments) {
            faults.push(Fault::invalid(
                Field::Segments,
                "must each have a duration of 2 to 7 whole seconds",
            ));
        }
        (!wrong).then(|| self.segments.iter().sum())
    }
}
