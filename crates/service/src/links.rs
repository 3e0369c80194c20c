//! Links to files that anyone can GET until they expire:
//! `{public_url}/files/{task}/{attempt}/{file}?expires=<unix>&signature=<hex>`.

use std::{fmt::Write, time::Duration};

use domain::{
    artifact::{ArtifactKind, ArtifactRef},
    id::KeyId,
    request::{Dialect, UploadId},
    state::TaskState,
    task::{Link, Links, Task},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    quantity,
    secret::{Purpose, Secret},
    uploads::Address,
};

/// Expiry times lie on this grid, so that reading a status again gives the same link for a while.
const GRID_SECONDS: i64 = 300;

/// Jiekou states `"video_url_ttl": "3600"`.
const JIEKOU_LIFETIME: Duration = Duration::from_secs(3600);
/// OpenAI states one hour.
const OPENAI_LIFETIME: Duration = Duration::from_secs(3600);

/// How links are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinkSettings {
    /// The base of every link. It is the server's own setting (`server.public_url`) and filled in by it.
    #[serde(skip)]
    pub public_url: Option<Url>,
    /// How long a link holds at least; up to five minutes more. A dialect that states another lifetime
    /// keeps its own.
    #[serde(with = "quantity::duration")]
    pub lifetime: Duration,
}

fn local_url() -> Option<Url> {
    Url::parse("http://127.0.0.1:8080").ok()
}

impl Default for LinkSettings {
    fn default() -> Self {
        Self {
            public_url: local_url(),
            lifetime: Duration::from_secs(24 * 3600),
        }
    }
}

/// The parts of a link as they came with a request; nothing is checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedLink {
    pub artifact: ArtifactRef,
    /// Seconds since 1970.
    pub expires: i64,
    /// Hexadecimal.
    pub signature: String,
}

/// Why a link is not honoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Its signature was not made here for exactly this file and expiry.
    #[error("the link's signature is not valid")]
    Forged,
    /// It was good once; asking for the task's status gives a new one.
    #[error("the link has expired")]
    Expired,
}

/// Makes and checks links.
#[derive(Debug, Clone)]
pub struct LinkMaker {
    secret: Secret,
    /// Without a slash at its end.
    base: String,
    lifetime: Duration,
}

impl LinkMaker {
    pub fn new(secret: Secret, settings: &LinkSettings) -> Self {
        let base = settings.public_url.clone().map_or_else(String::new, |mut url| {
            url.set_query(None);
            url.set_fragment(None);
            url.as_str().trim_end_matches('/').to_owned()
        });
        Self {
            secret,
            base,
            lifetime: settings.lifetime,
        }
    }

    /// How long links in this dialect's answers hold at least.
    pub fn lifetime(&self, dialect: Dialect) -> Duration {
        match dialect {
            Dialect::Jiekou => JIEKOU_LIFETIME,
            Dialect::OpenAi => OPENAI_LIFETIME,
            Dialect::Kinora | Dialect::Modelverse | Dialect::Vidu => self.lifetime,
        }
    }

    /// Fresh links to a task's files, as the dialect that reads it promises them; none before it succeeded.
    ///
    /// After its files expired, our own dialect says so by having none. In the others a task that succeeded has its
    /// link where their clients look for it without asking; that link answers that the file has expired.
    pub fn links(&self, task: &Task, dialect: Dialect, now: Timestamp) -> Links {
        let TaskState::Succeeded {
            output,
            artifacts_expired,
            ..
        } = &task.state
        else {
            return Links::default();
        };
        if *artifacts_expired && dialect == Dialect::Kinora {
            return Links::default();
        }
        let mut links = Links::default();
        for kind in output.artifacts.iter().copied() {
            let artifact = ArtifactRef {
                task: task.id,
                attempt: output.attempt,
                kind,
            };
            let link = Some(self.link(artifact, self.lifetime(dialect), now));
            match kind {
                ArtifactKind::Video => links.video = link,
                ArtifactKind::Cover => links.cover = link,
                ArtifactKind::LastFrame => links.last_frame = link,
                ArtifactKind::Clean => links.clean = link,
                // Handed out by routes of their own.
                ArtifactKind::Thumbnail | ArtifactKind::Spritesheet => {}
            }
        }
        links
    }

    /// A link to one file that holds for `lifetime` at least, and up to five minutes more.
    pub fn link(&self, artifact: ArtifactRef, lifetime: Duration, now: Timestamp) -> Link {
        let earliest = (now + lifetime).milliseconds();
        let grid = GRID_SECONDS * 1000;
        let steps = earliest.div_euclid(grid) + i64::from(earliest.rem_euclid(grid) != 0);
        let expires = steps.saturating_mul(GRID_SECONDS);
        let signature = hexadecimal(&self.secret.sign(Purpose::FileLinks, &message(artifact, expires)));
        Link {
            url: format!("{}/files/{artifact}?expires={expires}&signature={signature}", self.base),
            expires_at: Timestamp::from_milliseconds(expires.saturating_mul(1000)),
        }
    }

    /// An address that takes an upload for `lifetime`, and when it ends.
    pub(crate) fn upload(&self, key: KeyId, id: UploadId, lifetime: Duration, now: Timestamp) -> (String, Timestamp) {
        let expires = (now + lifetime).seconds();
        let path = Address::path(key, id);
        let signature = hexadecimal(&self.secret.sign(Purpose::Uploads, &upload_message(&path, expires)));
        let url = format!("{}{path}?expires={expires}&signature={signature}", self.base);
        (url, Timestamp::from_milliseconds(expires.saturating_mul(1000)))
    }

    /// Whether an address that takes an upload was made here and still holds.
    pub(crate) fn verify_upload(&self, address: &Address, now: Timestamp) -> Result<(), LinkError> {
        let signature = bytes(&address.signature).ok_or(LinkError::Forged)?;
        let message = upload_message(&Address::path(address.key, address.id), address.expires);
        if !self.secret.verify(Purpose::Uploads, &message, &signature) {
            return Err(LinkError::Forged);
        }
        if now.seconds() >= address.expires {
            return Err(LinkError::Expired);
        }
        Ok(())
    }

    /// Which file a link opens. The signature is checked first, in constant time, so that a forged link
    /// learns nothing from its expiry.
    ///
    /// # Errors
    /// When it was forged, or has expired.
    pub fn verify(&self, link: &SignedLink, now: Timestamp) -> Result<ArtifactRef, LinkError> {
        let signature = bytes(&link.signature).ok_or(LinkError::Forged)?;
        let message = message(link.artifact, link.expires);
        if !self.secret.verify(Purpose::FileLinks, &message, &signature) {
            return Err(LinkError::Forged);
        }
        if now.milliseconds() >= link.expires.saturating_mul(1000) {
            return Err(LinkError::Expired);
        }
        Ok(link.artifact)
    }
}

fn message(artifact: ArtifactRef, expires: i64) -> Vec<u8> {
    format!("{artifact}\n{expires}").into_bytes()
}

fn upload_message(path: &str, expires: i64) -> Vec<u8> {
    format!("{path}\n{expires}").into_bytes()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

/// Exactly 64 hexadecimal digits.
fn bytes(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..32)
        .map(|index| u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok())
        .collect()
}
