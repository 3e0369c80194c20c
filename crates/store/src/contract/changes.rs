//! The steps of a task's life are kept in order.

use domain::{
    state::StateName,
    store::{Outcome, StateChange},
};

use super::{Harness, Kept, sample};

pub(super) async fn every_step_is_kept_in_order(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let task = sample::submit(&*store, sample::task(key, 1)).await?;
    assert_eq!(store.changes(key, task.id, 0).await?, []);
    let first = sample::claim(&*store).await?;
    let begun = first.task.started_at;
    let not_before = task.created_at;
    store.finish(first.claim, Outcome::Retry { not_before }).await?;
    harness.advance(sample::LEASE);
    let second = sample::claim(&*store).await?;
    let again = second.task.started_at;
    let outcome = sample::succeeded(&second.claim);
    store.finish(second.claim, outcome).await?;
    let ended = sample::finished_at(&sample::get(&*store, key, task.id).await?);
    let step = |number, state, attempt, at| StateChange {
        number,
        state,
        attempt,
        at,
    };
    let all = [
        step(1, StateName::Running, 1, begun),
        step(2, StateName::Queued, 1, None),
        step(3, StateName::Running, 2, again),
        step(4, StateName::Succeeded, 2, Some(ended)),
    ];
    for after in 0..=4 {
        let rest = all.get(after as usize..).unwrap_or_default();
        assert_eq!(store.changes(key, task.id, after).await?, rest);
        assert_eq!(harness.second().await.changes(key, task.id, after).await?, rest);
    }
    let other = sample::key(&*store, "other").await?;
    assert_eq!(store.changes(other, task.id, 0).await?, []);
    Ok(())
}
