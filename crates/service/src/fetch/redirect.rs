//! Where a redirect leads. Every hop is a new request of ours and passes all checks again; nothing is
//! carried over but the URL, so there are no credentials to leak.

use reqwest::{
    StatusCode,
    header::{HeaderMap, LOCATION},
};
use url::Url;

use super::refusal::Refusal;

/// Hops after the first request.
pub(super) const MOST_REDIRECTS: usize = 5;

/// The next URL, or `None` when this answer is the last one. Stepping down from https to http is refused:
/// whoever named an https URL wanted nobody on the way to change the picture.
///
/// # Errors
/// When the location is missing, unreadable, or a step down.
pub(super) fn next(from: &Url, status: StatusCode, headers: &HeaderMap) -> Result<Option<Url>, Refusal> {
    let redirects = matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    if !redirects {
        return Ok(None);
    }
    let location = headers.get(LOCATION).ok_or(Refusal::BadRedirect)?;
    let location = std::str::from_utf8(location.as_bytes()).map_err(|_| Refusal::BadRedirect)?;
    let to = from.join(location).map_err(|_| Refusal::BadRedirect)?;
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(Refusal::Downgrade);
    }
    Ok(Some(to))
}
