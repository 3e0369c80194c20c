//! Under which names the pictures of a request came.

use serde::{Deserialize, Serialize};

use crate::{
    draft::Field,
    request::{GenerationRequest, ImageSource},
};

/// Where in a request its images stood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Places {
    /// In a list.
    #[default]
    Images,
    /// In a field for one alone.
    Alone,
    /// In fields for the first and the last.
    Ends,
    /// A first one, then one for each segment.
    Segments,
    /// So many of each subject, one subject after the other.
    Subjects(Vec<usize>),
}

impl Places {
    pub(crate) fn is_list(&self) -> bool {
        *self == Self::Images
    }

    /// The field that image `index`, from 0, came in.
    pub fn field(&self, index: usize) -> Field {
        match self {
            Self::Images => Field::Image(index),
            Self::Alone => Field::OnlyImage,
            Self::Ends if index == 0 => Field::FirstImage,
            Self::Ends => Field::LastImage,
            Self::Segments => index.checked_sub(1).map_or(Field::StartImage, Field::KeyImage),
            Self::Subjects(counts) => {
                let mut left = index;
                for (subject, count) in counts.iter().enumerate() {
                    if left < *count {
                        return Field::SubjectImage(subject, left);
                    }
                    left -= count;
                }
                Field::Image(index)
            }
        }
    }
}

impl GenerationRequest {
    /// Every picture that the clip is made of, with its number: the images in order, then the mark.
    pub fn pictures(&self) -> impl Iterator<Item = (usize, &ImageSource)> {
        self.images.iter().chain(&self.extras.mark).enumerate()
    }

    /// The field that picture `number` of [`Self::pictures`] came in.
    pub fn picture_field(&self, number: usize) -> Field {
        if number < self.images.len() {
            self.extras.places.field(number)
        } else {
            Field::Mark
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_image_is_found_where_it_came_from() {
        let named = |places: &Places| [0, 1, 2].map(|index| places.field(index));
        assert_eq!(
            named(&Places::Images),
            [Field::Image(0), Field::Image(1), Field::Image(2)]
        );
        assert_eq!(
            named(&Places::Ends),
            [Field::FirstImage, Field::LastImage, Field::LastImage]
        );
        assert_eq!(
            named(&Places::Segments),
            [Field::StartImage, Field::KeyImage(0), Field::KeyImage(1)]
        );
        assert_eq!(
            named(&Places::Subjects(vec![2, 0, 1])),
            [
                Field::SubjectImage(0, 0),
                Field::SubjectImage(0, 1),
                Field::SubjectImage(2, 0)
            ]
        );
    }
}
