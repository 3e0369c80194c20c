use domain::failure::{Code, Failure};

/// Why a picture is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{public}")]
pub struct PictureError {
    /// One of the picture codes.
    pub code: Code,
    /// May be shown to the client.
    pub public: String,
    /// What the decoder said; for the log.
    pub detail: String,
}

impl PictureError {
    pub(crate) fn new(code: Code, public: impl Into<String>) -> Self {
        Self {
            code,
            public: public.into(),
            detail: String::new(),
        }
    }

    /// The bytes are of a known format but cannot be read as such.
    pub(crate) fn damaged(detail: impl std::fmt::Display) -> Self {
        Self {
            detail: detail.to_string(),
            ..Self::new(Code::ImageFormat, "the picture is damaged or incomplete")
        }
    }
}

impl From<PictureError> for Failure {
    fn from(error: PictureError) -> Self {
        Self::new(error.code, error.public).detail(error.detail)
    }
}
