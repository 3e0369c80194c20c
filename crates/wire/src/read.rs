//! Reads the fields of a JSON object leniently, and collects what is of the wrong type instead of stopping.
//!
//! Clients send booleans as `"true"`, integers as `"5"` or `5.0`, and `null` for what they leave out; all of
//! that is understood. `5.5` and `"five"` are no integers, and say so under the field's name.

use domain::{
    draft::{Draft, DraftImage, Fault, Faults, Field},
    failure::Code,
};
use serde_json::{Map, Value};

use crate::{inline::References, upload};

/// Unknown fields beyond this many are only counted; a body of nothing else must not fill the store.
const MOST_UNKNOWN: usize = 20;
const LONGEST_NAME: usize = 64;

/// One JSON object whose fields are taken one after the other; what is left was unknown.
#[derive(Debug)]
pub(crate) struct Reader<'r> {
    fields: Map<String, Value>,
    references: &'r References,
    /// Stands before the names of unknown fields: `parameters.`.
    prefix: &'static str,
    pub(crate) faults: Vec<Fault>,
}

impl<'r> Reader<'r> {
    /// Parses a body.
    ///
    /// # Errors
    /// When it is no JSON object: then there is nothing to read.
    pub(crate) fn parse(body: &[u8], references: &'r References) -> Result<Self, Faults> {
        let refuse = |problem: &str| Faults(vec![Fault::new(Field::Body, Code::BodyMalformed, problem)]);
        if body.trim_ascii().is_empty() {
            return Err(refuse("must not be empty"));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => Ok(Self::new(fields, "", references)),
            Ok(_) => Err(refuse("must be a JSON object")),
            Err(_) => Err(refuse("is not valid JSON")),
        }
    }

    fn new(fields: Map<String, Value>, prefix: &'static str, references: &'r References) -> Self {
        Self {
            fields,
            references,
            prefix,
            faults: Vec::new(),
        }
    }

    /// Takes a field's value. `null` is as good as absent.
    fn take(&mut self, name: &str) -> Option<Value> {
        self.fields.remove(name).filter(|value| !value.is_null())
    }

    fn fault<T>(&mut self, field: Field, problem: &str) -> Option<T> {
        self.faults.push(Fault::invalid(field, problem));
        None
    }

    /// A text. Pictures are none.
    pub(crate) fn text(&mut self, name: &str, field: Field) -> Option<String> {
        match self.take(name)? {
            Value::String(text) if self.references.find(&text).is_some() => {
                self.fault(field, "must be text, not a picture")
            }
            Value::String(text) => Some(text),
            _ => self.fault(field, "must be text"),
        }
    }

    /// A text, or a whole number's digits: for fields that some spell with words and some with numbers.
    pub(crate) fn word(&mut self, name: &str, field: Field) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => self.fault(field, "must be text or a number"),
        }
    }

    /// A JSON text, or the object that it would be the text of.
    pub(crate) fn document(&mut self, name: &str, field: Field) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text),
            Value::Object(fields) => Some(Value::Object(fields).to_string()),
            _ => self.fault(field, "must be a JSON text"),
        }
    }

    /// A whole number, as a number or as text.
    pub(crate) fn whole(&mut self, name: &str, field: Field) -> Option<i64> {
        let value = self.take(name)?;
        let number = match &value {
            Value::Number(number) => number.as_i64().or_else(|| integral(number.as_f64()?)),
            Value::String(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| integral(text.parse().ok()?))
            }
            _ => None,
        };
        number.or_else(|| self.fault(field, "must be a whole number"))
    }

    /// True or false, as such or as text in any case.
    pub(crate) fn truth(&mut self, name: &str, field: Field) -> Option<bool> {
        match self.take(name)? {
            Value::Bool(truth) => Some(truth),
            Value::String(text) if text.trim().eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.trim().eq_ignore_ascii_case("false") => Some(false),
            _ => self.fault(field, "must be true or false"),
        }
    }

    /// An object within this one; `prefix` names its unknown fields. When it is something else, `field`
    /// has the fault and `problem` says it.
    pub(crate) fn object(&mut self, name: &str, prefix: &'static str, field: Field, problem: &str) -> Option<Self> {
        match self.take(name)? {
            Value::Object(fields) => Some(Self::new(fields, prefix, self.references)),
            _ => self.fault(field, problem),
        }
    }

    /// The same, when there is an object; anything else stays to be taken.
    pub(crate) fn object_if(&mut self, name: &str, prefix: &'static str) -> Option<Self> {
        match self.fields.get(name) {
            Some(Value::Object(_)) => self.object(name, prefix, Field::Body, "must be an object"),
            _ => None,
        }
    }

    /// A list of objects within this one.
    pub(crate) fn objects(&mut self, name: &str, prefix: &'static str, field: Field) -> Option<Vec<Self>> {
        let Value::Array(values) = self.take(name)? else {
            return self.fault(field, "must be a list of objects");
        };
        let mut objects = Vec::with_capacity(values.len());
        for value in values {
            match value {
                Value::Object(fields) => objects.push(Self::new(fields, prefix, self.references)),
                _ => return self.fault(field, "must be a list of objects"),
            }
        }
        Some(objects)
    }

    /// One picture.
    pub(crate) fn picture(&mut self, name: &str, field: Field) -> Option<DraftImage> {
        let value = self.take(name)?;
        Some(self.draft_image(value, field))
    }

    /// One picture that may be left out: by an empty text, too.
    pub(crate) fn picture_if_any(&mut self, name: &str, field: Field) -> Option<DraftImage> {
        let value = self.take(name)?;
        let is_blank = value.as_str().is_some_and(|text| text.trim().is_empty());
        (!is_blank).then(|| self.draft_image(value, field))
    }

    /// The request's list of pictures. A single text is a list of one.
    pub(crate) fn pictures(&mut self, name: &str) -> Option<Vec<DraftImage>> {
        self.pictures_of(name, Field::Images, Field::Image)
    }

    /// A list of pictures: the field of the whole, and of each by its place from 0.
    pub(crate) fn pictures_of(
        &mut self,
        name: &str,
        whole: Field,
        each: impl Fn(usize) -> Field,
    ) -> Option<Vec<DraftImage>> {
        let values = match self.take(name)? {
            Value::Array(values) => values,
            single @ Value::String(_) => vec![single],
            _ => return self.fault(whole, "must be a list of pictures"),
        };
        let placed = values.into_iter().enumerate();
        Some(
            placed
                .map(|(index, value)| self.draft_image(value, each(index)))
                .collect(),
        )
    }

    /// A faulty picture still takes its place, so that the others keep their numbers.
    fn draft_image(&mut self, value: Value, field: Field) -> DraftImage {
        let Value::String(text) = value else {
            self.faults
                .push(Fault::invalid(field, "must be text: a URL or a data URI"));
            return DraftImage::Url(String::new());
        };
        if let Some(number) = self.references.find(&text) {
            self.faults.extend(self.references.fault(number, field));
            return DraftImage::Inline(number);
        }
        if let Some(upload) = upload::read(&text) {
            return upload.map_or_else(
                || {
                    self.faults.push(Fault::invalid(field, upload::PROBLEM));
                    DraftImage::Url(String::new())
                },
                DraftImage::Upload,
            );
        }
        if text
            .trim_start()
            .get(..5)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
        {
            let problem = "must be a base64 data URI, as in data:image/png;base64,…";
            self.faults.push(Fault::new(field, Code::ImageFormat, problem));
            return DraftImage::Url(String::new());
        }
        DraftImage::Url(text)
    }

    /// Whether a field was sent, known or not. It stays to be taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.get(name).is_some_and(|value| !value.is_null())
    }

    /// Drops a field. True: it had been sent.
    pub(crate) fn drop(&mut self, name: &str) -> bool {
        self.take(name).is_some()
    }

    /// Ends the reading: the faults, and the names of the fields that nobody took, as the client would
    /// spell them.
    pub(crate) fn finish(self) -> (Vec<Fault>, Vec<String>) {
        let sent = self.fields.into_iter().filter(|(_, value)| !value.is_null());
        let mut unknown: Vec<String> = sent
            .map(|(name, _)| self.prefix.chars().chain(name.chars().take(LONGEST_NAME)).collect())
            .collect();
        if unknown.len() > MOST_UNKNOWN {
            let more = unknown.len() - MOST_UNKNOWN;
            unknown.truncate(MOST_UNKNOWN);
            unknown.push(format!("{}… and {more} more", self.prefix));
        }
        (self.faults, unknown)
    }
}

/// Beyond 2^53 a float no longer says which integer was meant.
fn integral(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
}

/// Adds what a reader found to the draft.
pub(crate) fn keep(reader: Reader<'_>, draft: &mut Draft) {
    let (faults, unknown) = reader.finish();
    draft.faults.extend(faults);
    draft.unknown.extend(unknown);
}
