//! Many at once, on two handles.

use std::{collections::HashSet, sync::Arc};

use domain::{
    state::StateName,
    store::{Cancellation, Fenced, Reach, StoreError, TaskStore},
};
use tokio::task::JoinSet;

use super::{Harness, Kept, sample};

pub(super) async fn eight_claimers_claim_each_task_once(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let second = harness.second().await;
    let key = sample::key(&*store, "first").await?;
    for number in 0..200 {
        sample::submit(&*store, sample::task(key, number)).await?;
    }
    let mut claimers = JoinSet::new();
    for claimer in 0..8 {
        let store = match claimer % 2 {
            0 => Arc::clone(&store),
            _ => Arc::clone(&second),
        };
        claimers.spawn(async move { claim_all(&*store).await });
    }
    let mut claims = Vec::new();
    for claimed in claimers.join_all().await {
        claims.extend(claimed?);
    }
    assert_eq!(claims.len(), 200);
    assert!(claims.iter().all(|(_, attempt)| *attempt == 1));
    assert_eq!(claims.into_iter().collect::<HashSet<_>>().len(), 200);
    assert_eq!(store.counts().await?.running, 200);
    Ok(())
}

async fn claim_all(store: &dyn TaskStore) -> Result<Vec<(domain::id::TaskId, u32)>, StoreError> {
    let mut claims = Vec::new();
    while let Some(claimed) = store.claim(&sample::TERMS).await? {
        claims.push((claimed.claim.task(), claimed.claim.attempt()));
    }
    Ok(claims)
}

pub(super) async fn of_cancel_and_claim_one_comes_first(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let second = harness.second().await;
    let key = sample::key(&*store, "first").await?;
    for number in 0..20 {
        let id = sample::submit(&*store, sample::task(key, number)).await?.id;
        let (cancelled, claimed) = tokio::join!(second.cancel(key, id, Reach::Running), store.claim(&sample::TERMS));
        match (cancelled?, claimed?) {
            (Cancellation::Cancelled, None) => {}
            (Cancellation::Requested, Some(claimed)) => {
                assert_eq!(
                    store.finish(claimed.claim, domain::store::Outcome::Cancelled).await?,
                    Fenced::Done
                );
            }
            other => sample::broken(format!("cancel and claim at once gave {other:?}")),
        }
        assert_eq!(sample::get(&*store, key, id).await?.state.name(), StateName::Cancelled);
    }
    Ok(())
}

pub(super) async fn a_second_handle_sees_every_commit(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let second = harness.second().await;
    let key = sample::key(&*store, "first").await?;
    for number in 0..20 {
        let task = sample::submit(&*store, sample::task(key, number)).await?;
        assert_eq!(sample::get(&*second, key, task.id).await?, task);
        let claim = sample::claim(&*second).await?.claim;
        assert_eq!(claim.task(), task.id);
        let outcome = sample::succeeded(&claim);
        assert_eq!(second.finish(claim, outcome).await?, Fenced::Done);
        assert_eq!(
            sample::get(&*store, key, task.id).await?.state.name(),
            StateName::Succeeded
        );
    }
    Ok(())
}
