//! How a dialect announces a task's end.

use url::Url;

use crate::task::TaskView;

/// Makes a dialect's callback body.
pub trait CallbackBody: Send + Sync {
    /// The JSON text to POST.
    fn body(&self, view: &TaskView) -> String;

    /// What this dialect signs of one POST, with the key's token, and where it says so. `None`: it does not sign.
    fn signing(&self, _post: &Posting<'_>) -> Option<Signing> {
        None
    }

    /// Whether a task's beginning is announced too, once and without another try.
    fn announces_beginning(&self) -> bool {
        false
    }

    /// After how many tries this dialect gives up; `None`: when the configured schedule ends.
    fn most_tries(&self) -> Option<u32> {
        None
    }
}

/// One POST that is about to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Posting<'a> {
    pub url: &'a Url,
    /// Now, as HTTP writes it: `Fri, 20 Nov 2026 10:00:00 GMT`.
    pub date: &'a str,
    /// Random, printable, new for every try.
    pub nonce: &'a str,
}

/// A text to be signed with HMAC-SHA256 under the token of the key that made the task, in base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    pub text: String,
    /// Sent as they are.
    pub headers: Vec<(&'static str, String)>,
    /// Takes the signature.
    pub signature_header: &'static str,
}
