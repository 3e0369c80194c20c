//! API keys.

use std::time::Duration;

use super::{Harness, Kept, sample};

pub(super) async fn a_key_is_found_by_its_hash(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let Some(made) = store.create_key("laptop", [1; 32], b"\x00sealed\xff").await? else {
        sample::broken("the first key was refused")
    };
    assert_eq!((made.name.as_str(), made.hash), ("laptop", [1; 32]));
    assert_eq!(
        (made.sealed.as_slice(), made.revoked_at),
        (b"\x00sealed\xff".as_slice(), None)
    );
    assert!(store.key_by_hash([1; 32]).await? == Some(made.clone()));
    assert!(harness.second().await.key_by_hash([1; 32]).await? == Some(made));
    assert!(store.key_by_hash([2; 32]).await?.is_none());
    let id = sample::key(&*store, "phone").await?;
    store.revoke_key("phone").await?;
    let revoked = store.key_by_id(id).await?.map(|key| (key.id, key.revoked_at.is_some()));
    assert_eq!(
        revoked,
        Some((id, true)),
        "what was made with it may still have to be signed"
    );
    assert!(store.key_by_id(domain::id::KeyId(99)).await?.is_none());
    Ok(())
}

pub(super) async fn unrevoked_names_are_unique(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let first = sample::key(&*store, "laptop").await?;
    assert!(store.create_key("laptop", [2; 32], b"other").await?.is_none());
    assert!(store.key_by_hash([2; 32]).await?.is_none(), "a refused key was kept");
    assert!(store.revoke_key("laptop").await?);
    let Some(again) = store.create_key("laptop", [3; 32], b"other").await? else {
        sample::broken("a revoked key's name is free again")
    };
    assert_ne!(again.id, first);
    Ok(())
}

pub(super) async fn a_revoked_key_opens_nothing(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "laptop").await?;
    let task = sample::submit(&*store, sample::task(key, 1)).await?;
    assert!(!store.revoke_key("phone").await?);
    assert!(store.key_by_hash(sample::hash("laptop")).await?.is_some());
    assert!(store.revoke_key("laptop").await?);
    assert!(store.key_by_hash(sample::hash("laptop")).await?.is_none());
    assert!(!store.revoke_key("laptop").await?, "it was revoked before");
    assert_eq!(sample::claim(&*store).await?.task.id, task.id, "its tasks still run");
    Ok(())
}

pub(super) async fn all_keys_are_listed_oldest_first(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    for name in ["laptop", "phone", "agent"] {
        sample::key(&*store, name).await?;
        harness.advance(Duration::from_secs(1));
    }
    store.revoke_key("phone").await?;
    let keys = harness.second().await.keys().await?;
    let listed: Vec<_> = keys
        .iter()
        .map(|key| (key.name.as_str(), key.revoked_at.map(|at| at.since(key.created_at))))
        .collect();
    let revoked_after = Some(Duration::from_secs(2));
    assert_eq!(listed, [("laptop", None), ("phone", revoked_after), ("agent", None)]);
    assert!(keys.iter().all(|key| key.hash == sample::hash(&key.name)));
    Ok(())
}
