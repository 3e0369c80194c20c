//! Clients change their minds.

use domain::{
    state::{Progress, StateName},
    store::{Beat, Cancellation, Outcome, Reach},
};

use super::{Harness, Kept, sample};

pub(super) async fn a_waiting_task_is_cancelled_at_once(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let id = sample::submit(&*store, sample::task(key, 1)).await?.id;
    assert_eq!(store.cancel(key, id, Reach::Running).await?, Cancellation::Cancelled);
    let task = sample::get(&*store, key, id).await?;
    assert_eq!(task.state.name(), StateName::Cancelled);
    assert_eq!(sample::finished_at(&task), task.created_at);
    assert_eq!(store.claim(&sample::TERMS).await?, None);
    let too_late = Cancellation::TooLate(StateName::Cancelled);
    assert_eq!(store.cancel(key, id, Reach::Running).await?, too_late);
    Ok(())
}

pub(super) async fn a_running_task_is_told_at_the_next_beat(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    for _ in 0..2 {
        assert_eq!(
            store.cancel(key, claim.task(), Reach::Running).await?,
            Cancellation::Requested
        );
    }
    let state = sample::get(&*store, key, claim.task()).await?.state.name();
    assert_eq!(state, StateName::Running);
    let beat = store.beat(&claim, Progress::default(), sample::LEASE).await?;
    assert_eq!(beat, Beat::Cancel);
    Ok(())
}

pub(super) async fn a_running_task_may_be_out_of_reach(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let cancelled = store.cancel(key, claim.task(), Reach::Waiting).await?;
    assert_eq!(cancelled, Cancellation::TooLate(StateName::Running));
    let beat = store.beat(&claim, Progress::default(), sample::LEASE).await?;
    assert_eq!(beat, Beat::GoOn);
    let waiting = sample::submit(&*store, sample::task(key, 2)).await?.id;
    assert_eq!(
        store.cancel(key, waiting, Reach::Waiting).await?,
        Cancellation::Cancelled
    );
    Ok(())
}

pub(super) async fn an_ended_task_is_too_late(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    for (number, state) in [(1, StateName::Succeeded), (2, StateName::Failed)] {
        let claim = sample::submit_and_claim(&*store, sample::task(key, number)).await?;
        let id = claim.task();
        let outcome = match state {
            StateName::Succeeded => sample::succeeded(&claim),
            _ => Outcome::Failed(sample::failure()),
        };
        store.finish(claim, outcome).await?;
        assert_eq!(
            store.cancel(key, id, Reach::Running).await?,
            Cancellation::TooLate(state)
        );
    }
    Ok(())
}

pub(super) async fn another_keys_task_is_unknown(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let owner = sample::key(&*store, "owner").await?;
    let other = sample::key(&*store, "other").await?;
    let waiting = sample::submit(&*store, sample::task(owner, 1)).await?;
    assert_eq!(
        store.cancel(other, waiting.id, Reach::Running).await?,
        Cancellation::Unknown
    );
    assert_eq!(sample::get(&*store, owner, waiting.id).await?, waiting);
    let claim = sample::claim(&*store).await?.claim;
    assert_eq!(
        store.cancel(other, waiting.id, Reach::Running).await?,
        Cancellation::Unknown
    );
    let beat = store.beat(&claim, Progress::default(), sample::LEASE).await?;
    assert_eq!(beat, Beat::GoOn);
    let nobody = sample::task(owner, 2).id;
    assert_eq!(
        store.cancel(owner, nobody, Reach::Running).await?,
        Cancellation::Unknown
    );
    Ok(())
}
