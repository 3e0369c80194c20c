//! The secret's file, signatures and seals.

use std::{collections::HashSet, fs, path::Path, thread};

use proptest::prelude::*;
use service::secret::{Purpose, Secret, SecretError, random_u32};

const MESSAGE: &[u8] = b"which file, and until when";

fn secret(byte: u8) -> Secret {
    Secret::from_bytes(&[byte; 32])
}

#[test]
fn a_secret_is_made_once_and_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("secret");
    let made = Secret::load_or_create(&path).expect("it is made");
    let read = Secret::load_or_create(&path).expect("it is read");
    assert_eq!(
        made.sign(Purpose::FileLinks, MESSAGE),
        read.sign(Purpose::FileLinks, MESSAGE)
    );
    assert_eq!(fs::read(&path).expect("the file").len(), 32);
    let names: Vec<_> = folder.path().read_dir().expect("the folder").collect();
    assert_eq!(names.len(), 1, "{names:?}");
    let other = Secret::load_or_create(&folder.path().join("other")).expect("another");
    assert_ne!(
        made.sign(Purpose::FileLinks, MESSAGE),
        other.sign(Purpose::FileLinks, MESSAGE)
    );
}

#[test]
fn everybody_who_makes_it_at_once_gets_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("secret");
    let signatures: HashSet<[u8; 32]> = thread::scope(|scope| {
        let make = || Secret::load_or_create(&path).map(|secret| secret.sign(Purpose::FileLinks, MESSAGE));
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(make)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("a thread").expect("a secret"))
            .collect()
    });
    assert_eq!(signatures.len(), 1);
}

#[test]
fn a_file_of_another_length_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    for length in [0, 31, 33, 4096] {
        let path = folder.path().join(format!("secret-{length}"));
        fs::write(&path, vec![7; length]).expect("a file");
        close(&path);
        let error = Secret::load_or_create(&path).expect_err("it is no secret");
        assert!(
            matches!(error, SecretError::WrongLength { found, .. } if found == length as u64),
            "{error}"
        );
        assert_eq!(fs::read(&path).expect("the file").len(), length);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("secret");
    Secret::load_or_create(&path).expect("it is made");
    let mode = fs::metadata(&path).expect("the file").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    for open in [0o644, 0o640, 0o604, 0o660] {
        fs::set_permissions(&path, fs::Permissions::from_mode(open)).expect("a mode");
        let error = Secret::load_or_create(&path).expect_err("it is too open");
        assert!(
            matches!(error, SecretError::TooOpen { mode, .. } if mode == open),
            "{error}"
        );
    }
}

#[test]
fn a_secret_is_never_printed_and_a_folder_in_its_place_is_an_error() {
    assert_eq!(format!("{:?}", secret(65)), "Secret(..)");
    let folder = tempfile::tempdir().expect("a folder");
    assert!(Secret::load_or_create(folder.path()).is_err());
    let missing = folder.path().join("nowhere").join("secret");
    let error = Secret::load_or_create(&missing).expect_err("there is no folder");
    assert!(matches!(error, SecretError::File { .. }), "{error}");
}

#[test]
fn purposes_and_secrets_do_not_mix() {
    let signature = secret(1).sign(Purpose::FileLinks, MESSAGE);
    assert!(secret(1).verify(Purpose::FileLinks, MESSAGE, &signature));
    assert!(!secret(1).verify(Purpose::KeyTokens, MESSAGE, &signature));
    assert!(!secret(2).verify(Purpose::FileLinks, MESSAGE, &signature));
    assert!(!secret(1).verify(Purpose::FileLinks, MESSAGE, &signature[..31]));
    assert!(!secret(1).verify(Purpose::FileLinks, MESSAGE, b""));
    let sealed = secret(1).seal(Purpose::KeyTokens, MESSAGE).expect("a seal");
    assert!(secret(1).unseal(Purpose::FileLinks, &sealed).is_err());
    assert!(secret(2).unseal(Purpose::KeyTokens, &sealed).is_err());
}

#[test]
fn the_same_text_never_seals_alike() {
    let seal = || secret(1).seal(Purpose::KeyTokens, MESSAGE).expect("a seal");
    let seals: HashSet<Vec<u8>> = (0..100).map(|_| seal()).collect();
    assert_eq!(seals.len(), 100);
    assert!(seals.iter().all(|sealed| sealed.len() == 12 + MESSAGE.len() + 16));
}

#[test]
fn random_numbers_differ() {
    let numbers: HashSet<u32> = (0..64).map(|_| random_u32().expect("a number")).collect();
    assert!(numbers.len() > 60, "{numbers:?}");
}

proptest! {
    #[test]
    fn what_is_sealed_opens_and_any_changed_bit_is_noticed(plain: Vec<u8>, at: prop::sample::Index, bit in 0_u8..8) {
        let mut sealed = secret(3).seal(Purpose::KeyTokens, &plain).expect("a seal");
        prop_assert_eq!(secret(3).unseal(Purpose::KeyTokens, &sealed).ok(), Some(plain));
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(secret(3).unseal(Purpose::KeyTokens, &sealed).is_err());
        prop_assert!(secret(3).unseal(Purpose::KeyTokens, &sealed[..at]).is_err());
    }
}

/// Makes a file readable by its owner alone.
#[cfg(unix)]
fn close(path: &Path) {
    use std::os::unix::fs::PermissionsExt;

    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("a mode");
}

#[cfg(not(unix))]
fn close(_path: &Path) {}
