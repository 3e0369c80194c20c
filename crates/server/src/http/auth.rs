//! Who asks.

use axum::http::{HeaderMap, header::AUTHORIZATION, request::Parts};
use domain::failure::{Code, Failure};
use service::Caller;
use tokio::time::Instant;

use super::{App, rate::Slot, refused::Refused};

const SCHEMES: [&str; 2] = ["bearer", "token"];

/// The token of the `Authorization` header: bare, or after `Bearer` or `Token` in any case, in every
/// dialect.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(AUTHORIZATION)?.to_str().ok()?.trim();
    let is_scheme = |word: &str| SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(word));
    let token = match text.split_once(char::is_whitespace) {
        Some((word, rest)) if is_scheme(word) => rest.trim(),
        None if is_scheme(text) => "",
        _ => text,
    };
    (!token.is_empty()).then_some(token)
}

/// The key that a request came with, within its rate. Called before anything of the body is read.
///
/// # Errors
/// No key, a wrong one, or too many requests.
pub(crate) async fn caller(app: &App, head: &Parts) -> Result<Caller, Refused> {
    let Some(token) = token(&head.headers) else {
        return Err(Failure::new(Code::KeyMissing, "an API key is required in the Authorization header").into());
    };
    let caller = app.service.authenticate(token).await?;
    let own = caller.limits.requests_per_second;
    let standing = app.rate.count(caller.key, own, Instant::now());
    if let (Some(standing), Some(slot)) = (standing, head.extensions.get::<Slot>()) {
        let _set_before = slot.0.set(standing);
    }
    if standing.is_some_and(|standing| standing.wait.is_some()) {
        return Err(Failure::new(Code::RateLimited, "too many requests, please try again in a moment").into());
    }
    Ok(caller)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn token_of(value: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_static(value));
        token(&headers).map(str::to_owned)
    }

    #[test]
    fn every_spelling_of_a_key_is_understood() {
        for value in [
            "kn_1",
            "Bearer kn_1",
            "bearer kn_1",
            "TOKEN  kn_1",
            "Token kn_1",
            " kn_1 ",
        ] {
            assert_eq!(token_of(value).as_deref(), Some("kn_1"), "{value}");
        }
        for value in ["", "Bearer", "bearer ", "Token  "] {
            assert_eq!(token_of(value), None, "{value}");
        }
        assert_eq!(token_of("Basic kn_1").as_deref(), Some("Basic kn_1"));
    }
}
