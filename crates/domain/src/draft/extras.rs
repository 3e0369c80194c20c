//! What only some dialects can say.

use super::{Draft, Fault, Field};
use crate::{
    catalog::{Limits, Model},
    media::Size,
    request::{Amplitude, Corner, Extras, Resolution, Shape},
};

const LONGEST_META_DATA: usize = 16_384;
/// Pixels of a side.
const SIDES: std::ops::RangeInclusive<u32> = 128..=2048;
/// Pixels of a frame: those of 1920x1088.
const MOST_PIXELS: u32 = 2_088_960;
const RATIOS: [(u32, u32); 5] = [(16, 9), (9, 16), (4, 3), (3, 4), (1, 1)];

impl Draft {
    pub(super) fn check_shape(&self, model: Option<&Model>, faults: &mut Vec<Fault>) -> Shape {
        if let Some(text) = &self.size {
            return size_shape(text, model.map_or(&[], |model| &model.sizes)).unwrap_or_else(|problem| {
                faults.push(Fault::invalid(Field::Size, problem));
                Shape::Picture
            });
        }
        let Some(text) = &self.aspect_ratio else {
            return Shape::Picture;
        };
        let named = |(width, height): &(u32, u32)| text.trim() == format!("{width}:{height}");
        match RATIOS.iter().find(|ratio| named(ratio)) {
            Some((width, height)) => Shape::Ratio(*width, *height),
            None => {
                let problem = "must be one of 16:9, 9:16, 4:3, 3:4, 1:1";
                faults.push(Fault::invalid(Field::AspectRatio, problem));
                Shape::Picture
            }
        }
    }

    pub(super) fn check_extras(&self, shape: Shape, faults: &mut Vec<Fault>) -> Extras {
        let corner = self
            .corner
            .as_deref()
            .map_or(Some(Corner::default()), Corner::from_name);
        if corner.is_none() {
            let problem = "must be 1 (top left), 2 (top right), 3 (bottom right) or 4 (bottom left), or those words";
            faults.push(Fault::invalid(Field::Corner, problem));
        }
        let meta_data = self.meta_data.clone().filter(|text| !text.is_empty());
        if let Some(text) = &meta_data
            && (text.len() > LONGEST_META_DATA || !is_json_object(text))
        {
            let problem = format!("must be the text of a JSON object, at most {LONGEST_META_DATA} bytes long");
            faults.push(Fault::invalid(Field::MetaData, problem));
        }
        Extras {
            shape,
            corner: corner.unwrap_or_default(),
            mark: self.check_mark(faults),
            places: self.places.clone(),
            meta_data,
            artifacts: self.artifacts.clone(),
            amplitude_word: self.amplitude.clone().filter(|word| is_another_word(word)),
            // Pictures are looked at later.
            size: None,
            spans: self
                .segments
                .iter()
                .filter_map(|seconds| u32::try_from(*seconds).ok())
                .collect(),
        }
    }
}

fn is_another_word(word: &str) -> bool {
    Amplitude::from_name(word).is_some_and(|amplitude| amplitude.name() != word)
}

fn is_json_object(text: &str) -> bool {
    matches!(serde_json::from_str(text), Ok(serde_json::Value::Object(_)))
}

/// A model with a list of sizes demands that the picture has the size already, as the service does that it is
/// known from.
fn size_shape(text: &str, listed: &[String]) -> Result<Shape, String> {
    let text = text.trim().to_ascii_lowercase();
    if !listed.is_empty() && !listed.contains(&text) {
        return Err(format!("must be one of {}", listed.join(", ")));
    }
    let sides = text.split_once(['x', '*']);
    let sides = sides.and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let size = sides.map(|(width, height): (u32, u32)| Size { width, height });
    let drawable = |size: &Size| {
        let (width, height) = (size.width, size.height);
        SIDES.contains(&width)
            && SIDES.contains(&height)
            && width % 2 == 0
            && height % 2 == 0
            && width * height <= MOST_PIXELS
            && width.max(height) <= 4 * width.min(height)
    };
    match size.filter(drawable) {
        Some(size) if listed.is_empty() => Ok(Shape::Pixels(size)),
        Some(size) => Ok(Shape::Exactly(size)),
        None => Err(format!(
            "must be width and height in even pixels, such as 1280x720: 128 to 2048 each, at most {MOST_PIXELS} together, \
             between 1:4 and 4:1"
        )),
    }
}

/// The tier whose area is nearest to the frame's, of those that are offered.
pub(super) fn tier(shape: Shape, limits: &[Limits]) -> Option<Resolution> {
    let (Shape::Pixels(size) | Shape::Exactly(size)) = shape else {
        return None;
    };
    let area = |tier: &Resolution| match tier {
        Resolution::P360 => 230_400,
        Resolution::P540 => 518_400,
        Resolution::P720 => 921_600,
        Resolution::P1080 => 2_073_600_u32,
    };
    let offered = limits.iter().flat_map(|row| row.resolutions.iter().copied());
    offered.min_by_key(|tier| area(tier).abs_diff(size.width * size.height))
}
