//! What went wrong and whose fault it is, in two voices: a public text for the client and a private
//! detail for the log. There is no HTTP here; each dialect has one table from [`Code`] to its own words.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::draft::Field;

/// Whose fault a failure is. Only [`Blame::Provider`] and [`Blame::Us`] are ever worth another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blame {
    /// The request.
    Caller,
    /// The picture, or the server that was to deliver it.
    SourceImage,
    /// Another service that we asked.
    Provider,
    /// Kinora, or the machine it runs on.
    Us,
}

/// The situations that dialects tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    KeyMissing,
    KeyInvalid,
    BodyMalformed,
    BodyTooLarge,
    FieldMissing,
    FieldInvalid,
    /// The field does not go with the others.
    FieldUnwanted,
    ImageCount,
    ModelUnknown,
    ImageUnreachable,
    ImageForbiddenAddress,
    ImageFormat,
    ImageTooLarge,
    ImageTooManyPixels,
    ImageRatio,
    /// It has not exactly the size that was asked for.
    ImageSize,
    TaskUnknown,
    /// What stands in a task id's place cannot be one.
    TaskIdMalformed,
    UploadUnknown,
    /// A signed address was not made here, or its time is over.
    AddressInvalid,
    RouteUnknown,
    MethodNotAllowed,
    RateLimited,
    QueueFull,
    /// The key's share of a day is used up.
    QuotaExceeded,
    /// The idempotency key came with another content before.
    IdempotencyMismatch,
    DiskFull,
    ShuttingDown,
    CancelTooLate,
    Cancelled,
    TimedOut,
    OffPeakExpired,
    AttemptsExhausted,
    EngineUnavailable,
    Internal,
}

impl Code {
    /// Whose fault this always is.
    pub fn blame(self) -> Blame {
        match self {
            Self::ImageUnreachable
            | Self::ImageForbiddenAddress
            | Self::ImageFormat
            | Self::ImageTooLarge
            | Self::ImageTooManyPixels
            | Self::ImageRatio
            | Self::ImageSize => Blame::SourceImage,
            Self::DiskFull
            | Self::ShuttingDown
            | Self::TimedOut
            | Self::OffPeakExpired
            | Self::AttemptsExhausted
            | Self::Internal => Blame::Us,
            Self::EngineUnavailable => Blame::Provider,
            _ => Blame::Caller,
        }
    }
}

/// One failure. `public` may be shown to the client and never holds a path, an address of ours or a key;
/// `detail` goes to the log alone. Where a field is named, `public` completes a sentence that begins with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.said(|_| "a picture"))]
pub struct Failure {
    pub blame: Blame,
    pub code: Code,
    /// The part of the request that it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// The part of the request beside its body that it is about, as the client spells it; `public` names it too.
    #[serde(skip)]
    pub parameter: Option<String>,
    pub public: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

impl Failure {
    pub fn new(code: Code, public: impl Into<String>) -> Self {
        Self {
            blame: code.blame(),
            code,
            field: None,
            parameter: None,
            public: public.into(),
            detail: String::new(),
        }
    }

    /// A parameter of the query, or a header, is wrong: `problem` completes a sentence that begins with its name.
    pub fn of_parameter(name: &str, problem: impl fmt::Display) -> Self {
        Self {
            parameter: Some(name.to_owned()),
            ..Self::new(Code::FieldInvalid, format!("{name} {problem}"))
        }
    }

    /// The same, said of a field: "was not fetched: its server answered 404".
    #[must_use]
    pub fn of(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }

    /// The public text as a whole sentence, with the field's name as `name` spells it.
    pub fn said<N: fmt::Display>(&self, name: impl Fn(Field) -> N) -> String {
        match self.field {
            Some(field) => format!("{} {}", name(field), self.public),
            None => self.public.clone(),
        }
    }

    /// A fault of ours: the client learns only that it happened.
    pub fn internal(detail: impl fmt::Display) -> Self {
        Self::new(Code::Internal, "internal error").detail(detail)
    }

    /// Adds what only the log should say.
    #[must_use]
    pub fn detail(mut self, detail: impl fmt::Display) -> Self {
        self.detail = detail.to_string();
        self
    }

    /// Whether another attempt of the same task could end better.
    pub fn is_retryable(&self) -> bool {
        matches!(self.blame, Blame::Provider | Blame::Us)
            && !matches!(
                self.code,
                Code::TimedOut | Code::OffPeakExpired | Code::AttemptsExhausted
            )
    }
}
