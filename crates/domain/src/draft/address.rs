//! Addresses that a request names: of pictures, and of who is to be told.

use url::Url;

const LONGEST_URL: usize = 8192;
/// What is said of [`NotAsked::Credentials`].
pub(super) const WITHOUT_CREDENTIALS: &str = "must be a URL without a user or a password";

/// Why a text is no address that is ever asked.
pub(super) enum NotAsked {
    Form,
    Credentials,
}

/// # Errors
/// For anything but an http or https URL with a host and without a user.
pub(super) fn http_url(text: &str) -> Result<Url, NotAsked> {
    if text.len() > LONGEST_URL {
        return Err(NotAsked::Form);
    }
    let url = Url::parse(text.trim()).map_err(|_| NotAsked::Form)?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        Err(NotAsked::Form)
    } else if !url.username().is_empty() || url.password().is_some() {
        Err(NotAsked::Credentials)
    } else {
        Ok(url)
    }
}
