//! The data directory's secret: 32 random bytes in `DATA_DIR/secret`, made at the first start. Everything
//! that is signed or encrypted uses a key derived from it, one for each purpose, so that what was made for
//! one use is worthless in another.

use std::{fmt, fs, io, io::Write, path::Path};

use domain::failure::Failure;
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac::{self, HMAC_SHA256},
    rand::{SecureRandom, SystemRandom},
};

/// Bytes of the secret.
const SECRET_LENGTH: usize = 32;

/// Public and constant: it keeps our derivations apart from those of other programs.
const SALT: &[u8] = b"kinora secret, version 1";

/// What a derived key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Signatures of links to files.
    FileLinks,
    /// Signatures of addresses that take an upload.
    Uploads,
    /// Encryption of API keys' tokens at rest.
    KeyTokens,
    /// What callbacks are signed with.
    Webhooks,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::FileLinks => b"file links",
            Self::Uploads => b"uploads",
            Self::KeyTokens => b"key tokens",
            Self::Webhooks => b"webhooks",
        }
    }
}

/// Why there is no secret, or why it did not open what it was given.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("the secret file {path} cannot be read or made: {source}")]
    File { path: String, source: io::Error },
    #[error(
        "the secret file {path} holds {found} bytes instead of {SECRET_LENGTH}: restore it from a backup, or delete it \
         and make new API keys"
    )]
    WrongLength { path: String, found: u64 },
    #[error("the secret file {path} can be read by others (mode {mode:03o}): run `chmod 600` on it")]
    TooOpen { path: String, mode: u32 },
    #[error("the system gave no random bytes")]
    NoRandomness,
    #[error("this was not sealed with this data directory's secret, or it was changed since")]
    Unsealable,
}

impl From<SecretError> for Failure {
    fn from(error: SecretError) -> Self {
        Self::internal(error)
    }
}

/// The secret itself. Cheap to clone; never printed.
#[derive(Clone)]
pub struct Secret {
    root: hmac::Key,
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(..)")
    }
}

impl Secret {
    /// A secret of the given bytes, which should be random.
    pub fn from_bytes(bytes: &[u8; SECRET_LENGTH]) -> Self {
        let extracted = tag(&hmac::Key::new(HMAC_SHA256, SALT), &[bytes]);
        Self {
            root: hmac::Key::new(HMAC_SHA256, &extracted),
        }
    }

    /// Reads the secret at `path`, or makes one there, readable by its owner alone. When several processes
    /// make it at once, the first wins and all get the same; nobody ever sees half of it.
    ///
    /// # Errors
    /// When the file cannot be read or made, has another length, or (on Unix) can be read by others.
    pub fn load_or_create(path: &Path) -> Result<Self, SecretError> {
        let failed = |source| SecretError::File {
            path: path.display().to_string(),
            source,
        };
        match fs::File::open(path) {
            Ok(file) => return Self::load(path, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
        let bytes: [u8; SECRET_LENGTH] = random_bytes()?;
        write_private(path, &bytes).map_err(failed)?;
        let file = fs::File::open(path).map_err(failed)?;
        Self::load(path, file)
    }

    fn load(path: &Path, mut file: fs::File) -> Result<Self, SecretError> {
        let name = || path.display().to_string();
        let failed = |source| SecretError::File { path: name(), source };
        let metadata = file.metadata().map_err(failed)?;
        check_mode(path, &metadata)?;
        if metadata.len() != SECRET_LENGTH as u64 {
            return Err(SecretError::WrongLength {
                path: name(),
                found: metadata.len(),
            });
        }
        let mut bytes = [0; SECRET_LENGTH];
        io::Read::read_exact(&mut file, &mut bytes).map_err(failed)?;
        Ok(Self::from_bytes(&bytes))
    }

    /// Encrypts and authenticates: a random nonce (12 bytes), then the text and its tag (16 bytes).
    /// Source: RFC 8439.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn seal(&self, purpose: Purpose, plain: &[u8]) -> Result<Vec<u8>, SecretError> {
        let nonce: [u8; NONCE_LEN] = random_bytes()?;
        let mut text = plain.to_vec();
        self.cipher(purpose)?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(purpose.label()),
                &mut text,
            )
            .map_err(|_| SecretError::Unsealable)?;
        let mut sealed = nonce.to_vec();
        sealed.append(&mut text);
        Ok(sealed)
    }

    /// Opens what [`Secret::seal`] made for the same purpose.
    ///
    /// # Errors
    /// When it was made by another secret or for another purpose, or was changed.
    pub fn unseal(&self, purpose: Purpose, sealed: &[u8]) -> Result<Vec<u8>, SecretError> {
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN).ok_or(SecretError::Unsealable)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SecretError::Unsealable)?;
        let mut text = text.to_vec();
        let plain = self
            .cipher(purpose)?
            .open_in_place(nonce, Aad::from(purpose.label()), &mut text)
            .map_err(|_| SecretError::Unsealable)?;
        Ok(plain.to_vec())
    }

    /// HMAC-SHA256 of the message under this purpose's key.
    pub fn sign(&self, purpose: Purpose, message: &[u8]) -> [u8; 32] {
        tag(&self.mac(purpose), &[message])
    }

    /// Whether [`Secret::sign`] made this signature for the same purpose and message. Takes the same time
    /// wherever the first difference is.
    pub fn verify(&self, purpose: Purpose, message: &[u8], signature: &[u8]) -> bool {
        hmac::verify(&self.mac(purpose), message, signature).is_ok()
    }

    fn cipher(&self, purpose: Purpose) -> Result<LessSafeKey, SecretError> {
        UnboundKey::new(&CHACHA20_POLY1305, &self.derive(b"seal ", purpose))
            .map(LessSafeKey::new)
            .map_err(|_| SecretError::Unsealable)
    }

    fn mac(&self, purpose: Purpose) -> hmac::Key {
        hmac::Key::new(HMAC_SHA256, &self.derive(b"sign ", purpose))
    }

    /// The first block of HKDF-SHA256 (RFC 5869), whose info is the use and the purpose.
    fn derive(&self, usage: &[u8], purpose: Purpose) -> [u8; 32] {
        tag(&self.root, &[usage, purpose.label(), &[1]])
    }
}

fn tag(key: &hmac::Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(key);
    for part in parts {
        context.update(part);
    }
    let mut bytes = [0; 32];
    bytes.copy_from_slice(context.sign().as_ref());
    bytes
}

/// Four random bytes as a number, for seeds and ids.
///
/// # Errors
/// When the system gives no random bytes.
pub fn random_u32() -> Result<u32, SecretError> {
    random_bytes().map(u32::from_le_bytes)
}

/// Random bytes of the system's generator.
///
/// # Errors
/// When the system gives none.
pub fn random_bytes<const LENGTH: usize>() -> Result<[u8; LENGTH], SecretError> {
    let mut bytes = [0; LENGTH];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| SecretError::NoRandomness)?;
    Ok(bytes)
}

/// Writes a file that only its owner can read, in one step: whoever sees it sees all of it. A file that is
/// already there wins and is left alone.
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    // Temporary files are made with mode 0600 on Unix.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => {}
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(error.error),
    }
    // The name must survive a power loss as well; where folders cannot be synced, it is as good as it gets.
    if let Ok(folder) = fs::File::open(folder) {
        let _unsupported = folder.sync_all();
    }
    Ok(())
}

#[cfg(unix)]
fn check_mode(path: &Path, metadata: &fs::Metadata) -> Result<(), SecretError> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777;
    if mode & 0o077 != 0 {
        return Err(SecretError::TooOpen {
            path: path.display().to_string(),
            mode,
        });
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_mode(_path: &Path, _metadata: &fs::Metadata) -> Result<(), SecretError> {
    Ok(())
}
