//! Signatures of callbacks.
//!
//! Sources: the Standard Webhooks specification (headers `webhook-id`, `webhook-timestamp`,
//! `webhook-signature`; secrets `whsec_` and base64), and for a dialect's own scheme what the dialect says.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{id::KeyId, time::Timestamp};
use ring::hmac::{self, HMAC_SHA256};

use crate::secret::{Purpose, Secret};

/// The same in every try of one callback.
pub const ID_HEADER: &str = "webhook-id";
/// When this try was made: seconds since 1970.
pub const TIMESTAMP_HEADER: &str = "webhook-timestamp";
pub const SIGNATURE_HEADER: &str = "webhook-signature";

/// What the callbacks of one API key's tasks are signed with, as its holder configures a receiver.
pub fn secret_of(secret: &Secret, key: KeyId) -> String {
    format!("whsec_{}", STANDARD.encode(bytes_of(secret, key)))
}

fn bytes_of(secret: &Secret, key: KeyId) -> [u8; 32] {
    secret.sign(Purpose::Webhooks, &key.0.to_be_bytes())
}

/// The value of [`SIGNATURE_HEADER`].
pub(super) fn standard(secret: &Secret, key: KeyId, id: &str, now: Timestamp, body: &str) -> String {
    let message = format!("{id}.{}.{body}", now.seconds());
    format!("v1,{}", hmac_sha256(&bytes_of(secret, key), &message))
}

/// In base64.
pub(super) fn hmac_sha256(key: &[u8], message: &str) -> String {
    let key = hmac::Key::new(HMAC_SHA256, key);
    STANDARD.encode(hmac::sign(&key, message.as_bytes()))
}
