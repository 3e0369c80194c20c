//! A client looks at its tasks.

use domain::{
    id::TaskId,
    state::StateName,
    store::{ListQuery, Submission},
};
use tokio::task::JoinSet;

use super::{Harness, Kept, sample};

pub(super) async fn the_newest_come_first_in_pages(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let other = sample::key(&*store, "other").await?;
    let mut all = Vec::new();
    for number in [4, 2, 5, 1, 3] {
        all.push(sample::submit(&*store, sample::task(key, number)).await?);
        sample::submit(&*store, sample::task(other, 10 + number)).await?;
    }
    all.sort_by_key(|task| std::cmp::Reverse(task.id));
    let mut seen = Vec::new();
    let mut query = ListQuery {
        limit: 2,
        ..ListQuery::default()
    };
    for expected in [2, 2, 1, 0] {
        let page = store.list(key, &query).await?;
        assert_eq!(page.len(), expected);
        query.before = page.last().map(|task| task.id);
        seen.extend(page);
    }
    assert_eq!(seen, all);
    Ok(())
}

pub(super) async fn one_state_alone(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let succeeded = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let (succeeded_id, outcome) = (succeeded.task(), sample::succeeded(&succeeded));
    store.finish(succeeded, outcome).await?;
    let cancelled = sample::submit(&*store, sample::task(key, 2)).await?.id;
    store.cancel(key, cancelled).await?;
    let running = sample::submit_and_claim(&*store, sample::task(key, 3)).await?.task();
    let first = sample::submit(&*store, sample::task(key, 4)).await?.id;
    let second = sample::submit(&*store, sample::task(key, 5)).await?.id;
    let expected: [(StateName, &[TaskId]); 5] = [
        (StateName::Queued, &[second, first]),
        (StateName::Running, &[running]),
        (StateName::Succeeded, &[succeeded_id]),
        (StateName::Failed, &[]),
        (StateName::Cancelled, &[cancelled]),
    ];
    let ids = |tasks: Vec<domain::task::Task>| tasks.into_iter().map(|task| task.id).collect::<Vec<_>>();
    for (state, expected) in expected {
        let query = ListQuery {
            state: Some(state),
            before: None,
            limit: 10,
        };
        assert_eq!(ids(store.list(key, &query).await?), expected, "{state:?}");
    }
    let query = ListQuery {
        state: Some(StateName::Queued),
        before: Some(second),
        limit: 10,
    };
    assert_eq!(ids(store.list(key, &query).await?), [first]);
    Ok(())
}

pub(super) async fn a_page_has_at_most_a_thousand(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let mut submits = JoinSet::new();
    for number in 0..1001 {
        // Fewer at once than any store lets wait.
        if submits.len() == 100 {
            submits.join_next().await;
        }
        let store = harness.store();
        submits.spawn(async move {
            matches!(
                store.submit(sample::task(key, number)).await,
                Ok(Submission::Created(_))
            )
        });
    }
    assert!(submits.join_all().await.into_iter().all(|created| created));
    let query = |limit| ListQuery {
        limit,
        ..ListQuery::default()
    };
    assert_eq!(store.list(key, &query(u32::MAX)).await?.len(), 1000);
    assert_eq!(store.list(key, &query(0)).await?.len(), 0);
    Ok(())
}
