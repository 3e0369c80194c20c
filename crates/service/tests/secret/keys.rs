//! API keys in a real database.

use std::{collections::HashSet, fs, sync::Arc};

use domain::{
    store::TaskStore,
    time::{Clock, Timestamp},
};
use service::{
    keys::{self, KeyError, Token},
    secret::Secret,
};
use store::{StoreSettings, sqlite::SqliteStore};
use tempfile::TempDir;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        Timestamp::from_milliseconds(1_795_262_400_000)
    }
}

async fn store(folder: &TempDir, name: &str) -> SqliteStore {
    let path = folder.path().join(name);
    SqliteStore::open(&path, Arc::new(Noon), &StoreSettings::default())
        .await
        .unwrap()
}

fn secret() -> Secret {
    Secret::from_bytes(&[9; 32])
}

#[test]
fn tokens_have_one_form_and_never_repeat() {
    let draw = || Token::generate().expect("a token").reveal().to_owned();
    let tokens: HashSet<String> = (0..500).map(|_| draw()).collect();
    assert_eq!(tokens.len(), 500);
    let mut characters = HashSet::new();
    for token in &tokens {
        let random = token.strip_prefix("kn_").expect("a prefix");
        assert_eq!(random.len(), 32);
        assert!(random.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{token}");
        characters.extend(random.chars());
        assert!(Token::parse(token).is_some());
    }
    assert_eq!(characters.len(), 62, "every character occurs among 16,000");
    for text in [
        "",
        "kn_",
        "kn_short",
        &"k".repeat(35),
        &format!("kn_{}", "é".repeat(16)),
    ] {
        assert!(Token::parse(text).is_none(), "{text}");
    }
    let token = Token::generate().expect("a token");
    assert!(!format!("{token:?}").contains(token.reveal()));
}

#[tokio::test]
async fn a_key_is_found_by_its_token_and_its_token_can_be_read_with_the_secret_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder, "kinora.db").await;
    let token = keys::create(&store, &secret(), "studio").await.expect("a key");
    let found = store.key_by_hash(keys::hash(token.reveal())).await.unwrap();
    let record = found.expect("it is found");
    assert_eq!(record.name, "studio");
    assert_eq!(keys::reveal(&secret(), &record).expect("its token"), token);
    assert!(keys::reveal(&Secret::from_bytes(&[8; 32]), &record).is_err());
    assert!(
        !record
            .sealed
            .windows(35)
            .any(|window| window == token.reveal().as_bytes())
    );
    assert_eq!(store.key_by_hash(keys::hash("kn_other")).await.unwrap(), None);
}

#[tokio::test]
async fn names_are_unique_until_they_are_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder, "kinora.db").await;
    let token = keys::create(&store, &secret(), "studio").await.expect("a key");
    let again = keys::create(&store, &secret(), "studio").await;
    assert!(matches!(again, Err(KeyError::NameTaken)), "{again:?}");
    assert!(keys::revoke(&store, "studio").await.unwrap());
    assert!(!keys::revoke(&store, "studio").await.unwrap());
    assert_eq!(store.key_by_hash(keys::hash(token.reveal())).await.unwrap(), None);
    keys::create(&store, &secret(), "studio")
        .await
        .expect("the name is free");
    let listed = keys::list(&store).await.unwrap();
    let revoked: Vec<bool> = listed.iter().map(|record| record.revoked_at.is_some()).collect();
    assert_eq!(revoked, [true, false]);
    for name in ["", " studio", "studio ", "two\nlines", &"n".repeat(65)] {
        let unfit = keys::create(&store, &secret(), name).await;
        assert!(matches!(unfit, Err(KeyError::NameInvalid)), "{name:?}: {unfit:?}");
    }
    keys::create(&store, &secret(), &"ü".repeat(64))
        .await
        .expect("a long name");
}

#[tokio::test]
async fn the_first_start_makes_a_key_and_writes_it_down() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder, "kinora.db").await;
    let first = keys::ensure_first_key(&store, &secret(), folder.path()).await.unwrap();
    let token = first.expect("the first key");
    let path = folder.path().join("first-key");
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{}\n", token.reveal()));
    assert!(store.key_by_hash(keys::hash(token.reveal())).await.unwrap().is_some());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let second = keys::ensure_first_key(&store, &secret(), folder.path()).await.unwrap();
    assert_eq!(second, None);
    // Revoked is not forgotten: nobody gets a new key by restarting the server.
    keys::revoke(&store, "first").await.unwrap();
    let third = keys::ensure_first_key(&store, &secret(), folder.path()).await.unwrap();
    assert_eq!(third, None);
}

#[tokio::test]
async fn a_first_start_that_was_interrupted_is_made_good() {
    let folder = tempfile::tempdir().unwrap();
    let before = store(&folder, "before.db").await;
    let written = keys::ensure_first_key(&before, &secret(), folder.path()).await.unwrap();
    let after = store(&folder, "after.db").await;
    let taken = keys::ensure_first_key(&after, &secret(), folder.path()).await.unwrap();
    assert!(taken.is_some() && taken == written);
    fs::write(folder.path().join("first-key"), "something else").unwrap();
    let third = store(&folder, "third.db").await;
    let refused = keys::ensure_first_key(&third, &secret(), folder.path()).await;
    assert!(matches!(refused, Err(KeyError::FirstKey { .. })), "{refused:?}");
}
