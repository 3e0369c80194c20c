//! Every end is announced once it is true, and only if that was asked.

use std::time::Duration;

use domain::{
    id::{KeyId, TaskId},
    request::Webhook,
    state::StateName,
    store::{
        Delivery, DeliveryQuery, DeliveryResult, DeliveryState, DeliveryTerms, Event, Lane, Outcome, Reach,
        RetryPolicy, StoreError, TaskStore,
    },
    time::Timestamp,
};

use super::{Harness, Kept, sample};

const POLICY: RetryPolicy = RetryPolicy {
    most_attempts: 1,
    back_off: Duration::ZERO,
};

async fn due(store: &dyn TaskStore) -> Result<Vec<Delivery>, StoreError> {
    store.due_deliveries(&sample::any_due(100)).await
}

/// Ends one task, whose callback must then be due.
async fn ended(store: &dyn TaskStore, key: KeyId, number: u32) -> Result<TaskId, StoreError> {
    let id = sample::submit(store, sample::task_with_webhook(key, number)).await?.id;
    store.cancel(key, id, Reach::Running).await?;
    Ok(id)
}

pub(super) async fn every_outcome_is_announced_once(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    for number in 1..=3 {
        let claim = sample::submit_and_claim(&*store, sample::task_with_webhook(key, number)).await?;
        assert_eq!(due(&*store).await?, [], "nothing has ended yet");
        let id = claim.task();
        let (outcome, state) = match number {
            1 => (sample::succeeded(&claim), StateName::Succeeded),
            2 => (Outcome::Failed(sample::failure()), StateName::Failed),
            _ => (Outcome::Cancelled, StateName::Cancelled),
        };
        store.finish(claim, outcome).await?;
        let deliveries = due(&*store).await?;
        let [delivery] = deliveries.as_slice() else {
            sample::broken(format!("{state:?} should have one callback, not {}", deliveries.len()))
        };
        assert_eq!(delivery.task, sample::get(&*store, key, id).await?);
        assert_eq!((delivery.task.state.name(), delivery.tries), (state, 0));
        store
            .delivered(delivery.id, &sample::tried(None), DeliveryResult::Delivered)
            .await?;
    }
    Ok(())
}

pub(super) async fn ends_without_a_worker_are_announced(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let exhausted = sample::submit_and_claim(&*store, sample::task_with_webhook(key, 1))
        .await?
        .task();
    let stopped = sample::submit_and_claim(&*store, sample::task_with_webhook(key, 2))
        .await?
        .task();
    store.cancel(key, stopped, Reach::Running).await?;
    store.release_all(&POLICY).await?;
    let overdue = sample::submit(&*store, sample::off_peak_task(key, 3)).await?.id;
    let far = Timestamp::from_milliseconds(i64::MAX);
    store.fail_overdue_off_peak(far, &sample::failure()).await?;
    let retried = sample::submit_and_claim(&*store, sample::task_with_webhook(key, 4)).await?;
    let stopped_late = retried.task();
    store.cancel(key, stopped_late, Reach::Running).await?;
    let not_before = Timestamp::from_milliseconds(0);
    store.finish(retried, Outcome::Retry { not_before }).await?;
    let cancelled = ended(&*store, key, 5).await?;
    let mut announced: Vec<TaskId> = due(&*store).await?.iter().map(|delivery| delivery.task.id).collect();
    announced.sort();
    assert_eq!(announced, [exhausted, stopped, overdue, stopped_late, cancelled]);
    Ok(())
}

pub(super) async fn nobody_is_told_who_did_not_ask(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let outcome = sample::succeeded(&claim);
    store.finish(claim, outcome).await?;
    let waiting = sample::submit(&*store, sample::task(key, 2)).await?.id;
    store.cancel(key, waiting, Reach::Running).await?;
    let exhausted = sample::submit_and_claim(&*store, sample::task(key, 3)).await?;
    store.release_all(&POLICY).await?;
    assert_eq!(
        sample::get(&*store, key, exhausted.task()).await?.state.name(),
        StateName::Failed
    );
    assert_eq!(due(&*store).await?, []);
    Ok(())
}

pub(super) async fn a_task_that_goes_on_is_not_announced(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    sample::submit(&*store, sample::task_with_webhook(key, 1)).await?;
    let not_before = Timestamp::from_milliseconds(0);
    for outcome in [Outcome::Retry { not_before }, Outcome::Returned { not_before }] {
        let claim = sample::claim(&*store).await?.claim;
        store.finish(claim, outcome).await?;
    }
    let policy = RetryPolicy {
        most_attempts: 9,
        ..POLICY
    };
    sample::claim(&*store).await?;
    store.release_all(&policy).await?;
    assert_eq!(due(&*store).await?, []);
    Ok(())
}

pub(super) async fn one_that_was_taken_is_hidden_for_its_lease(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let second = harness.second().await;
    let key = sample::key(&*store, "first").await?;
    let id = ended(&*store, key, 1).await?;
    assert_eq!(due(&*store).await?.len(), 1);
    harness.advance(sample::LEASE - Duration::from_millis(1));
    assert_eq!(due(&*second).await?, []);
    harness.advance(Duration::from_millis(1));
    let again = due(&*second).await?;
    let seen: Vec<_> = again
        .iter()
        .map(|delivery| (delivery.task.id, delivery.tries))
        .collect();
    assert_eq!(seen, [(id, 1)], "a try that never came back counts");
    Ok(())
}

pub(super) async fn results_are_kept(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    for number in 1..=3 {
        ended(&*store, key, number).await?;
    }
    let deliveries = due(&*store).await?;
    let now = deliveries.first().map(|delivery| sample::finished_at(&delivery.task));
    let not_before = now.unwrap_or(Timestamp::from_milliseconds(0)) + Duration::from_secs(5);
    let results = [
        DeliveryResult::Delivered,
        DeliveryResult::Again { not_before },
        DeliveryResult::Dead,
    ];
    let again = deliveries.get(1).map(|delivery| delivery.id);
    for (delivery, result) in deliveries.iter().zip(results) {
        store.delivered(delivery.id, &sample::tried(None), result).await?;
    }
    harness.advance(Duration::from_millis(4999));
    assert_eq!(due(&*store).await?, []);
    harness.advance(Duration::from_millis(1));
    let seen: Vec<_> = due(&*store)
        .await?
        .iter()
        .map(|delivery| (delivery.id, delivery.tries))
        .collect();
    assert_eq!(seen, again.map(|id| (id, 1)).into_iter().collect::<Vec<_>>());
    harness.advance(sample::LEASE * 10);
    assert_eq!(due(&*store).await?.len(), 1, "delivered and dead ones stay away");
    Ok(())
}

pub(super) async fn at_most_the_limit_is_taken(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let mut all = Vec::new();
    for number in 1..=5 {
        all.push(ended(&*store, key, number).await?);
        harness.advance(Duration::from_millis(1));
    }
    let mut taken = Vec::new();
    for expected in [2, 2, 1, 0] {
        let deliveries = store.due_deliveries(&sample::any_due(2)).await?;
        assert_eq!(deliveries.len(), expected);
        taken.extend(deliveries.iter().map(|delivery| delivery.task.id));
    }
    assert_eq!(taken, all, "the oldest come first");
    Ok(())
}

/// Ends one task whose callback goes to this host.
async fn ended_for(store: &dyn TaskStore, key: KeyId, number: u32, url: &str) -> Result<TaskId, StoreError> {
    let mut task = sample::task_with_webhook(key, number);
    task.request.webhook = url.parse().ok().map(|url| Webhook { url });
    let id = sample::submit(store, task).await?.id;
    store.cancel(key, id, Reach::Running).await?;
    Ok(id)
}

pub(super) async fn keys_share_the_places_and_a_receiver_keeps_to_its_own(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let busy = sample::key(&*store, "busy").await?;
    let other = sample::key(&*store, "other").await?;
    let slow = "https://slow.example:8443";
    for number in 1..=20 {
        ended_for(&*store, busy, number, &format!("{slow}/hook?number={number}")).await?;
    }
    let elsewhere = ended_for(&*store, busy, 21, "http://quick.example/").await?;
    let mut of_other = Vec::new();
    for number in 22..=24 {
        of_other.push(ended_for(&*store, other, number, "http://third.example/a/b").await?);
    }
    let mut terms = DeliveryTerms {
        per_key: 4,
        per_receiver: 2,
        ..sample::any_due(8)
    };
    let taken = store.due_deliveries(&terms).await?;
    let of = |key: KeyId, receiver: &str| {
        let matches = |delivery: &&Delivery| delivery.task.key == key && delivery.receiver == receiver;
        taken.iter().filter(matches).count()
    };
    assert_eq!((of(busy, slow), of(busy, "http://quick.example")), (2, 1));
    assert!(taken.iter().any(|delivery| delivery.task.id == elsewhere));
    assert_eq!(of(other, "http://third.example"), 2);
    // While those are under way, there is no place for more of the same.
    terms.under_way = taken.iter().map(Delivery::lane).collect();
    assert_eq!(store.due_deliveries(&terms).await?, []);
    // One of them is done.
    terms.under_way.retain(|lane| lane.key == busy);
    let next = store.due_deliveries(&terms).await?;
    let next: Vec<TaskId> = next.iter().map(|delivery| delivery.task.id).collect();
    assert_eq!(next, of_other.get(2..).unwrap_or_default());
    // Nobody goes short where there is one place: they take turns.
    terms = sample::any_due(1);
    terms.under_way = vec![Lane {
        key: busy,
        receiver: slow.to_owned(),
    }];
    let last = ended_for(&*store, other, 25, "http://third.example/").await?;
    let next = store.due_deliveries(&terms).await?;
    assert_eq!(next.first().map(|delivery| delivery.task.id), Some(last));
    Ok(())
}

pub(super) async fn a_beginning_is_announced_where_that_was_asked(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let mut quiet = sample::task(key, 1);
    quiet.announce_beginning = true;
    sample::submit_and_claim(&*store, quiet).await?;
    sample::submit_and_claim(&*store, sample::task_with_webhook(key, 2)).await?;
    assert_eq!(due(&*store).await?, [], "no webhook, or not asked");
    let claim = sample::submit_and_claim(&*store, announced(key, 3)).await?;
    let events = |deliveries: &[Delivery]| deliveries.iter().map(|delivery| delivery.event).collect::<Vec<_>>();
    let began = due(&*store).await?;
    assert_eq!(events(&began), [Event::Began]);
    for delivery in &began {
        store
            .delivered(delivery.id, &sample::tried(None), DeliveryResult::Delivered)
            .await?;
    }
    // A second attempt is no beginning.
    let not_before = Timestamp::from_milliseconds(0);
    store.finish(claim, Outcome::Retry { not_before }).await?;
    let claim = sample::claim(&*store).await?.claim;
    assert_eq!(due(&*store).await?, []);
    store.finish(claim, Outcome::Cancelled).await?;
    assert_eq!(events(&due(&*store).await?), [Event::Ended]);
    // What nobody was told in time is no news any more.
    let claim = sample::submit_and_claim(&*store, announced(key, 4)).await?;
    store.finish(claim, Outcome::Cancelled).await?;
    assert_eq!(events(&due(&*store).await?), [Event::Ended]);
    Ok(())
}

pub(super) async fn the_end_is_told_after_the_beginning(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, announced(key, 1)).await?;
    let began = due(&*store).await?;
    // Its receiver takes its time.
    store.finish(claim, Outcome::Cancelled).await?;
    assert_eq!(due(&*store).await?, []);
    for delivery in &began {
        store
            .delivered(delivery.id, &sample::tried(None), DeliveryResult::Dead)
            .await?;
    }
    let ended: Vec<Event> = due(&*store).await?.iter().map(|delivery| delivery.event).collect();
    assert_eq!((began.len(), ended.as_slice()), (1, [Event::Ended].as_slice()));
    Ok(())
}

fn announced(key: KeyId, number: u32) -> domain::store::NewTask {
    let mut task = sample::task_with_webhook(key, number);
    task.announce_beginning = true;
    task
}

pub(super) async fn every_try_is_kept_for_its_owner(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let other = sample::key(&*store, "other").await?;
    let first = ended(&*store, key, 1).await?;
    let second = ended(&*store, key, 2).await?;
    ended(&*store, other, 3).await?;
    let of_first = due(&*store)
        .await?
        .into_iter()
        .find(|delivery| delivery.task.id == first);
    let id = of_first.map_or(0, |delivery| delivery.id);
    let failed = sample::tried(Some("timed out"));
    let not_before = failed.at + Duration::from_secs(1);
    store
        .delivered(id, &failed, DeliveryResult::Again { not_before })
        .await?;
    let worked = domain::store::Try {
        at: not_before,
        status: Some(204),
        ..sample::tried(None)
    };
    store.delivered(id, &worked, DeliveryResult::Delivered).await?;
    let every = || DeliveryQuery {
        limit: 10,
        ..DeliveryQuery::default()
    };
    let all = store.deliveries(key, &every()).await?;
    let tasks: Vec<TaskId> = all.iter().map(|delivery| delivery.task).collect();
    assert_eq!(tasks, [second, first], "newest first, and no one else's");
    let of_task = DeliveryQuery {
        task: Some(first),
        ..every()
    };
    let found = store.deliveries(key, &of_task).await?;
    let [record] = found.as_slice() else {
        sample::broken(format!("one callback should be found, not {}", found.len()))
    };
    assert_eq!((record.id, record.state), (id, DeliveryState::Delivered));
    assert!(record.ended_at.is_some());
    assert_eq!(record.tries, [failed, worked]);
    let due_ones = DeliveryQuery {
        state: Some(DeliveryState::Due),
        ..every()
    };
    assert_eq!(store.deliveries(key, &due_ones).await?.len(), 1);
    let older = DeliveryQuery {
        before: all.first().map(|delivery| delivery.id),
        ..every()
    };
    assert_eq!(store.deliveries(key, &older).await?.len(), 1);
    Ok(())
}

pub(super) async fn a_callback_can_be_sent_again(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let other = sample::key(&*store, "other").await?;
    let id = ended(&*store, key, 1).await?;
    let all = DeliveryQuery {
        limit: 10,
        ..DeliveryQuery::default()
    };
    for result in [DeliveryResult::Dead, DeliveryResult::Delivered] {
        let deliveries = due(&*store).await?;
        let [delivery] = deliveries.as_slice() else {
            sample::broken(format!("one callback should be due, not {}", deliveries.len()))
        };
        assert_eq!((delivery.task.id, delivery.tries), (id, 0), "the schedule begins anew");
        store.delivered(delivery.id, &sample::tried(None), result).await?;
        assert_eq!(due(&*store).await?, []);
        assert!(!store.resend(other, delivery.id).await?, "it is not theirs");
        assert!(store.resend(key, delivery.id).await?);
    }
    // It is asked for once more while it is under way, and of the two tries one succeeds.
    let under_way = due(&*store).await?;
    for delivery in &under_way {
        assert!(store.resend(key, delivery.id).await?);
        assert_eq!(due(&*store).await?.len(), 1);
        for result in [DeliveryResult::Dead, DeliveryResult::Delivered] {
            store.delivered(delivery.id, &sample::tried(None), result).await?;
        }
        let records = store.deliveries(key, &all).await?;
        assert_eq!(
            records.first().map(|record| record.state),
            Some(DeliveryState::Delivered)
        );
    }
    assert!(!store.resend(key, i64::MAX).await?);
    store.delete(key, id).await?;
    assert_eq!(store.deliveries(key, &all).await?, []);
    Ok(())
}
