//! A client looks at its tasks.

use domain::{
    id::TaskId,
    request::Dialect,
    state::StateName,
    store::{ListOrder, ListQuery, Reach, Submission},
    time::Timestamp,
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
        query.after = page.last().map(|task| task.id);
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
    store.cancel(key, cancelled, Reach::Running).await?;
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
            states: vec![state],
            limit: 10,
            ..ListQuery::default()
        };
        assert_eq!(ids(store.list(key, &query).await?), expected, "{state:?}");
    }
    let query = ListQuery {
        states: vec![StateName::Queued],
        after: Some(second),
        limit: 10,
        ..ListQuery::default()
    };
    assert_eq!(ids(store.list(key, &query).await?), [first]);
    Ok(())
}

pub(super) async fn the_oldest_come_first_when_asked(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let mut all = Vec::new();
    for number in 1..=5 {
        all.push(sample::submit(&*store, sample::task(key, number)).await?.id);
    }
    let mut query = ListQuery {
        order: ListOrder::OldestFirst,
        limit: 3,
        ..ListQuery::default()
    };
    let mut seen = Vec::new();
    for expected in [3, 2, 0] {
        let page = store.list(key, &query).await?;
        assert_eq!(page.len(), expected);
        seen.extend(page.iter().map(|task| task.id));
        query.after = seen.last().copied();
    }
    assert_eq!(seen, all);
    Ok(())
}

pub(super) async fn every_condition_must_hold(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let long = "ü".repeat(200);
    for number in 1..=6 {
        let mut task = sample::task(key, number);
        if number % 2 == 0 {
            task.request.model = "viduq3-turbo".to_owned();
        }
        if number % 3 == 0 {
            task.dialect = Dialect::Jiekou;
        }
        // The same beginning, however long, is not the same payload.
        task.request.payload = Some(format!("{long}{}", number / 3));
        sample::submit(&*store, task).await?;
    }
    store.cancel(key, sample::task(key, 6).id, Reach::Running).await?;
    let born = |number: i64| Timestamp::from_milliseconds(1_600_000_000_000 + number);
    let every = || ListQuery {
        limit: 10,
        ..ListQuery::default()
    };
    let turbo = vec!["viduq3-turbo".to_owned()];
    let of_payload = |end: &str| Some(format!("{long}{end}"));
    let waiting = vec![StateName::Queued];
    let waiting_or_running = vec![StateName::Queued, StateName::Running];
    let order = ListOrder::OldestFirst;
    let table = [
        (
            ListQuery {
                models: turbo.clone(),
                ..every()
            },
            vec![6, 4, 2],
        ),
        (
            ListQuery {
                models: vec!["none".to_owned()],
                ..every()
            },
            vec![],
        ),
        (
            ListQuery {
                dialect: Some(Dialect::Jiekou),
                ..every()
            },
            vec![6, 3],
        ),
        (
            ListQuery {
                payload: of_payload("1"),
                ..every()
            },
            vec![5, 4, 3],
        ),
        (
            ListQuery {
                payload: of_payload("1"),
                order,
                ..every()
            },
            vec![3, 4, 5],
        ),
        (
            ListQuery {
                payload: of_payload(""),
                ..every()
            },
            vec![],
        ),
        (
            ListQuery {
                created_from: Some(born(4)),
                ..every()
            },
            vec![6, 5, 4],
        ),
        (
            ListQuery {
                created_until: Some(born(3)),
                ..every()
            },
            vec![2, 1],
        ),
        (
            ListQuery {
                created_until: Some(born(3)),
                order,
                ..every()
            },
            vec![1, 2],
        ),
        (
            ListQuery {
                created_from: Some(born(4)),
                models: turbo.clone(),
                states: waiting,
                ..every()
            },
            vec![4],
        ),
        (
            ListQuery {
                states: waiting_or_running,
                models: turbo,
                ..every()
            },
            vec![4, 2],
        ),
        (
            ListQuery {
                created_from: Some(born(2)),
                created_until: Some(born(5)),
                ..every()
            },
            vec![4, 3, 2],
        ),
    ];
    for (query, expected) in table {
        let found: Vec<TaskId> = store.list(key, &query).await?.iter().map(|task| task.id).collect();
        let expected: Vec<TaskId> = expected
            .into_iter()
            .map(|number| sample::task(key, number).id)
            .collect();
        assert_eq!(found, expected, "{query:?}");
    }
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
