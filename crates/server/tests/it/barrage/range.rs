//! Requests as they go over the wire.

use serde_json::Value;

/// One request as bytes, so that nothing tidies it up on the way.
pub(super) struct Shot {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// Whether the sending side is closed when all is said.
    pub(super) closes: bool,
}

pub(super) struct Range {
    pub(super) key: String,
    pub(super) shots: Vec<Shot>,
}

impl Range {
    pub(super) fn raw(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.shots.push(Shot {
            name: name.into(),
            bytes: bytes.into(),
            closes: false,
        });
    }

    /// A complete request.
    pub(super) fn request(&mut self, name: impl Into<String>, method: &str, path: &str, headers: &str, body: &[u8]) {
        let key = &self.key;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: {key}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
            body.len()
        );
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(body);
        self.raw(name, bytes);
    }

    pub(super) fn post(&mut self, name: impl Into<String>, path: &str, body: &Value) {
        self.request(
            name,
            "POST",
            path,
            "content-type: application/json\r\n",
            body.to_string().as_bytes(),
        );
    }
}
