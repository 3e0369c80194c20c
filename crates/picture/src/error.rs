use domain::{
    draft::Field,
    failure::{Code, Failure},
};

/// Why a picture is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the picture {problem}")]
pub struct PictureError {
    /// One of the picture codes.
    pub code: Code,
    /// May be shown to the client: completes a sentence that begins with the picture's name.
    pub problem: String,
    /// What the decoder said; for the log.
    pub detail: String,
}

impl PictureError {
    pub(crate) fn new(code: Code, problem: impl Into<String>) -> Self {
        Self {
            code,
            problem: problem.into(),
            detail: String::new(),
        }
    }

    /// The bytes are of a known format but cannot be read as such.
    pub(crate) fn damaged(detail: impl std::fmt::Display) -> Self {
        Self {
            detail: detail.to_string(),
            ..Self::new(Code::ImageFormat, "is damaged or incomplete")
        }
    }

    /// The failure of a request whose `field` holds the picture.
    pub fn of(self, field: Field) -> Failure {
        Failure::new(self.code, self.problem).detail(self.detail).of(field)
    }
}
