//! Parameters of a query string.

use axum::http::Uri;

/// All parameters that are not blank, in order.
pub(crate) fn parameters(uri: &Uri) -> Vec<(String, String)> {
    let pairs = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// The first parameter of one of these names that is not blank.
pub(crate) fn parameter(uri: &Uri, names: &[&str]) -> Option<String> {
    let pairs = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut found = pairs.filter(|(name, value)| names.contains(&name.as_ref()) && !value.trim().is_empty());
    found.next().map(|(_, value)| value.trim().to_owned())
}
