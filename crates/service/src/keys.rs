//! API keys: made, listed, revoked. A key's token is shown once; the store keeps its hash for look-up and
//! the token itself sealed, because some callbacks are signed with the token that made the task.

use std::{fmt, fs, io, path::Path};

use domain::{
    failure::Failure,
    store::{KeyLimits, KeyRecord, StoreError, TaskStore},
};
use ring::digest;

use crate::secret::{self, Purpose, Secret, SecretError};

const PREFIX: &str = "kn_";
const RANDOM_CHARACTERS: usize = 32;
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LONGEST_NAME: usize = 64;

/// The file in the data directory that holds the first key's token.
pub const FIRST_KEY_FILE: &str = "first-key";
const FIRST_KEY_NAME: &str = "first";

/// What a client sends to say who it is: `kn_` and 32 characters of base 62 (190 random bits).
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Draws a new one.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate() -> Result<Self, SecretError> {
        let mut text = String::from(PREFIX);
        while text.len() < PREFIX.len() + RANDOM_CHARACTERS {
            let [byte] = secret::random_bytes()?;
            // 248 is the largest multiple of 62 below 256: what lies above would favour some characters.
            if byte < 248
                && let Some(character) = ALPHABET.get(usize::from(byte) % ALPHABET.len())
            {
                text.push(char::from(*character));
            }
        }
        Ok(Self(text))
    }

    /// Takes text that has a token's form.
    pub fn parse(text: &str) -> Option<Self> {
        let random = text.strip_prefix(PREFIX)?;
        let fits = random.len() == RANDOM_CHARACTERS && random.bytes().all(|byte| ALPHABET.contains(&byte));
        fits.then(|| Self(text.to_owned()))
    }

    /// The token in clear, for the one place that shows it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(..)")
    }
}

/// Why a key was not made or read.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("a key's name has 1 to {LONGEST_NAME} printable characters, without a blank at either end")]
    NameInvalid,
    #[error("there is a key of that name already; revoke it first or choose another name")]
    NameTaken,
    #[error("the first key cannot be written to {path}: {source}")]
    FirstKey { path: String, source: io::Error },
    #[error(transparent)]
    Secret(#[from] SecretError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::internal(error)
    }
}

/// SHA-256 of a token, by which a store finds its key. Tokens are random, so a plain hash gives nothing
/// away.
pub fn hash(token: &str) -> [u8; 32] {
    let digest = digest::digest(&digest::SHA256, token.as_bytes());
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest.as_ref());
    bytes
}

/// Makes a key and returns its token, which nobody can read again but through [`reveal`].
///
/// # Errors
/// When the name is unfit or taken, or the store fails.
pub async fn create(store: &dyn TaskStore, secret: &Secret, name: &str) -> Result<Token, KeyError> {
    let token = Token::generate()?;
    insert(store, secret, name, &token).await?;
    Ok(token)
}

/// All keys, revoked ones too, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn list(store: &dyn TaskStore) -> Result<Vec<KeyRecord>, KeyError> {
    Ok(store.keys().await?)
}

/// Sets all limits of the key of this name. False: there is no such key.
///
/// # Errors
/// When the store fails.
pub async fn limit(store: &dyn TaskStore, name: &str, limits: &KeyLimits) -> Result<bool, KeyError> {
    Ok(store.limit_key(name, limits).await?)
}

/// Revokes the key of this name; its tasks stay. False: there is no such key.
///
/// # Errors
/// When the store fails.
pub async fn revoke(store: &dyn TaskStore, name: &str) -> Result<bool, KeyError> {
    Ok(store.revoke_key(name).await?)
}

/// A stored key's token.
///
/// # Errors
/// When it was sealed under another data directory's secret.
pub fn reveal(secret: &Secret, record: &KeyRecord) -> Result<Token, KeyError> {
    let plain = secret.unseal(Purpose::KeyTokens, &record.sealed)?;
    let text = String::from_utf8(plain).map_err(|_| SecretError::Unsealable)?;
    Ok(Token(text))
}

/// Makes the first key when the store has none at all, and writes its token to `DATA_DIR/first-key`,
/// readable by the owner alone. A token that already lies there becomes the first key: a start that was
/// interrupted between the two is made good, and so is a lost database. `None`: there are keys.
///
/// # Errors
/// When the file cannot be written, or the store fails.
pub async fn ensure_first_key(
    store: &dyn TaskStore,
    secret: &Secret,
    data_dir: &Path,
) -> Result<Option<Token>, KeyError> {
    if !store.keys().await?.is_empty() {
        return Ok(None);
    }
    let path = data_dir.join(FIRST_KEY_FILE);
    let token = first_token(&path)?;
    insert(store, secret, FIRST_KEY_NAME, &token).await?;
    Ok(Some(token))
}

fn first_token(path: &Path) -> Result<Token, KeyError> {
    let failed = |source| KeyError::FirstKey {
        path: path.display().to_string(),
        source,
    };
    match fs::read_to_string(path) {
        Ok(text) => {
            if let Some(token) = Token::parse(text.trim()) {
                return Ok(token);
            }
            let unfit = io::Error::new(io::ErrorKind::InvalidData, "the file there holds something else");
            Err(failed(unfit))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let token = Token::generate()?;
            secret::write_private(path, format!("{}\n", token.reveal()).as_bytes()).map_err(failed)?;
            Ok(token)
        }
        Err(error) => Err(failed(error)),
    }
}

async fn insert(store: &dyn TaskStore, secret: &Secret, name: &str, token: &Token) -> Result<(), KeyError> {
    let length = name.chars().count();
    if !(1..=LONGEST_NAME).contains(&length) || name.chars().any(char::is_control) || name.trim() != name {
        return Err(KeyError::NameInvalid);
    }
    let sealed = secret.seal(Purpose::KeyTokens, token.reveal().as_bytes())?;
    match store.create_key(name, hash(token.reveal()), &sealed).await? {
        Some(_) => Ok(()),
        None => Err(KeyError::NameTaken),
    }
}
