//! What stands in the reduced text in a picture's place.

use domain::{
    draft::{Fault, Field},
    failure::Code,
};

const PREFIX: &str = "kinora-inline:";

/// Why one inline picture is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) code: Code,
    pub(super) text: String,
}

impl Problem {
    pub(super) fn new(code: Code, text: impl Into<String>) -> Self {
        Self {
            code,
            text: text.into(),
        }
    }
}

/// Tells which strings of a reduced text stand for pictures, and which of those are faulty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct References {
    nonce: u128,
    /// For each picture, what is wrong with it.
    pictures: Vec<Option<Problem>>,
}

impl References {
    /// For a text that did not go through the extractor: no string is a reference.
    pub fn none() -> Self {
        Self::default()
    }

    pub(super) fn new(nonce: u128) -> Self {
        Self {
            nonce,
            pictures: Vec::new(),
        }
    }

    /// How many pictures were cut out, faulty ones too.
    pub fn count(&self) -> usize {
        self.pictures.len()
    }

    pub(super) fn push(&mut self, problem: Option<Problem>) {
        self.pictures.push(problem);
    }

    /// The text that stands for picture `number`. It needs no escaping in JSON.
    pub(super) fn text(&self, number: u32) -> String {
        format!("{PREFIX}{:032x}/{number}", self.nonce)
    }

    /// The picture that this string stands for.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let (nonce, number) = text.strip_prefix(PREFIX)?.split_once('/')?;
        let number: u32 = number.parse().ok()?;
        let known = (number as usize) < self.pictures.len() && self.text(number) == text;
        (known && nonce.len() == 32).then_some(number)
    }

    /// What is wrong with picture `number`, said of the field that holds it.
    pub(crate) fn fault(&self, number: u32, field: Field) -> Option<Fault> {
        let problem = self.pictures.get(number as usize)?.as_ref()?;
        Some(Fault::new(field, problem.code, problem.text.clone()))
    }
}
