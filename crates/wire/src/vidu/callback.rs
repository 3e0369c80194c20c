//! The callback: the same body as a creations query, when the task begins and when it ends.

use domain::{
    callback::{CallbackBody, Posting, Signing},
    task::TaskView,
};

use super::status;

const ACCESS_KEY: &str = "vidu";

/// Makes the callbacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Callback;

impl CallbackBody for Callback {
    fn body(&self, view: &TaskView) -> String {
        // Structs of strings and numbers always serialise.
        serde_json::to_string(&status::answer(view)).unwrap_or_default()
    }

    /// The text has a line for method, path, query, access key and date, then one for each listed header as
    /// `Name:Value`. The body is not covered. The query is signed as it was written.
    fn signing(&self, post: &Posting<'_>) -> Option<Signing> {
        let Posting { url, date, nonce } = post;
        let path = match url.path() {
            "" => "/",
            path => path,
        };
        let query = url.query().unwrap_or_default();
        let text = format!("POST\n{path}\n{query}\n{ACCESS_KEY}\n{date}\nDate:{date}\nx-request-nonce:{nonce}\n");
        let headers = vec![
            ("Date", (*date).to_owned()),
            ("x-request-nonce", (*nonce).to_owned()),
            ("X-HMAC-SIGNED-HEADERS", "Date;x-request-nonce".to_owned()),
            ("X-HMAC-ALGORITHM", "hmac-sha256".to_owned()),
            ("X-HMAC-ACCESS-KEY", ACCESS_KEY.to_owned()),
        ];
        Some(Signing {
            text,
            headers,
            signature_header: "X-HMAC-SIGNATURE",
        })
    }

    fn announces_beginning(&self) -> bool {
        true
    }

    /// Three more after the first.
    fn most_tries(&self) -> Option<u32> {
        Some(4)
    }
}
