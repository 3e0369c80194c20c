//! A "no" in our words. Which dialect says it is decided in one place, by the route: see [`super::envelope`].

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    draft::Faults,
    failure::{Code, Failure},
};
use service::Rejected;

/// Why a request gets no answer but an error. As a response it is empty and carries itself along, for the
/// envelope to put into the dialect's words.
#[derive(Debug, Clone)]
pub(crate) enum Refused {
    Faults(Faults),
    Failure(Failure),
}

impl Refused {
    pub(crate) fn new(code: Code, public: impl Into<String>) -> Self {
        Self::Failure(Failure::new(code, public))
    }
}

impl From<Faults> for Refused {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Rejected> for Refused {
    fn from(rejected: Rejected) -> Self {
        match rejected {
            Rejected::Faults(faults) => Self::Faults(faults),
            Rejected::Failure(failure) => Self::Failure(failure),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
