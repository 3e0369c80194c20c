//! SQLite keeps every promise of the contract.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use domain::{store::TaskStore, time::Clock};
use store::{
    StoreSettings,
    contract::{self, Harness, ManualClock},
    sqlite::SqliteStore,
};
use tempfile::TempDir;

/// Real files in a folder of their own.
struct Files {
    folder: TempDir,
    clock: Arc<ManualClock>,
    store: Arc<SqliteStore>,
    others: Mutex<Vec<Arc<SqliteStore>>>,
}

impl Files {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Arc::new(ManualClock::default());
        let store = open(folder.path().join("tasks.db"), &clock).await;
        Self {
            folder,
            clock,
            store,
            others: Mutex::default(),
        }
    }

    async fn close(self) {
        self.store.close().await;
        let others = self.others.into_inner().expect("no panic while it was held");
        for other in others {
            other.close().await;
        }
        let left: Vec<_> = std::fs::read_dir(self.folder.path())
            .expect("the folder is still there")
            .map(|entry| entry.expect("a readable entry").file_name())
            .collect();
        assert_eq!(left, ["tasks.db"], "a closed store leaves one file");
    }
}

async fn open(path: PathBuf, clock: &Arc<ManualClock>) -> Arc<SqliteStore> {
    let clock: Arc<dyn Clock> = Arc::<ManualClock>::clone(clock);
    let store = SqliteStore::open(&path, clock, &StoreSettings::default()).await;
    Arc::new(store.expect("the store opens"))
}

#[async_trait]
impl Harness for Files {
    fn store(&self) -> Arc<dyn TaskStore> {
        Arc::<SqliteStore>::clone(&self.store)
    }

    async fn second(&self) -> Arc<dyn TaskStore> {
        let store = open(self.folder.path().join("tasks.db"), &self.clock).await;
        self.others
            .lock()
            .expect("no panic while it was held")
            .push(Arc::clone(&store));
        store
    }

    fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }
}

async fn keeps(name: &str) {
    let promise = contract::all().into_iter().find(|promise| promise.name == name);
    let promise = promise.expect("the contract has a promise of this name");
    let files = Files::new().await;
    (promise.check)(&files).await.expect("no error of the store");
    files.close().await;
}

macro_rules! keeps {
    ($($theme:ident { $($promise:ident,)* })*) => {
        $(mod $theme {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                super::keeps(concat!(stringify!($theme), "::", stringify!($promise))).await;
            })*
        })*

        /// The names that have a test here.
        const TESTED: &[&str] = &[$($(concat!(stringify!($theme), "::", stringify!($promise)),)*)*];
    };
}

keeps! {
    cancel {
        a_waiting_task_is_cancelled_at_once,
        a_running_task_is_told_at_the_next_beat,
        a_running_task_may_be_out_of_reach,
        an_ended_task_is_too_late,
        another_keys_task_is_unknown,
    }
    changes {
        every_step_is_kept_in_order,
    }
    claim {
        first_in_is_first_out,
        an_empty_queue_gives_nothing,
        a_claimed_task_runs,
        a_task_that_comes_back_stands_where_it_stood,
        back_off_lets_others_go_first,
    }
    concurrency {
        eight_claimers_claim_each_task_once,
        of_cancel_and_claim_one_comes_first,
        a_second_handle_sees_every_commit,
    }
    counts {
        every_state_is_counted,
    }
    delete {
        a_waiting_task_never_runs,
        a_running_task_is_stopped_and_not_announced,
        its_owner_sees_it_no_more,
        its_callback_is_not_sent_any_more,
        its_row_goes_whatever_its_age,
        its_idempotency_key_is_free_again,
    }
    deliveries {
        every_outcome_is_announced_once,
        ends_without_a_worker_are_announced,
        nobody_is_told_who_did_not_ask,
        a_task_that_goes_on_is_not_announced,
        one_that_was_taken_is_hidden_for_its_lease,
        results_are_kept,
        at_most_the_limit_is_taken,
        keys_share_the_places_and_a_receiver_keeps_to_its_own,
        a_beginning_is_announced_where_that_was_asked,
        the_end_is_told_after_the_beginning,
        every_try_is_kept_for_its_owner,
        a_callback_can_be_sent_again,
    }
    finish {
        success_keeps_the_output,
        failure_keeps_both_voices,
        a_stopped_task_is_cancelled,
        a_video_that_was_done_before_the_cancel_is_kept,
        final_states_stay_final,
    }
    idempotency {
        the_same_body_gives_the_same_task,
        another_body_is_refused,
        marks_belong_to_one_api_key,
        a_replay_needs_no_room_in_the_queue,
        twins_at_once_are_one_task,
        a_mark_lives_as_long_as_its_row,
    }
    keys {
        a_key_is_found_by_its_hash,
        unrevoked_names_are_unique,
        a_revoked_key_opens_nothing,
        all_keys_are_listed_oldest_first,
    }
    lease {
        a_beat_renews_and_stores_progress,
        progress_begins_anew_with_each_attempt,
        a_worker_that_lost_its_lease_is_shut_out,
        a_zombie_cannot_finish_a_waiting_task,
        a_claim_that_was_made_up_is_nothing,
        work_that_nobody_took_back_still_counts,
    }
    list {
        the_newest_come_first_in_pages,
        the_oldest_come_first_when_asked,
        every_condition_must_hold,
        one_state_alone,
        a_page_has_at_most_a_thousand,
    }
    off_peak {
        they_come_last,
        they_run_while_others_back_off,
        they_count_like_others_inside_the_window,
        overdue_ones_fail,
    }
    position {
        it_counts_ready_tasks_ahead,
        only_waiting_tasks_have_one,
        it_stops_at_ten_thousand,
    }
    release {
        only_leases_that_ran_out_are_taken_back,
        a_released_task_backs_off,
        attempts_run_out,
        a_cancel_that_was_asked_for_is_done,
        release_all_asks_no_lease,
    }
    retention {
        files_of_every_ended_task_become_due,
        expired_files_leave_the_state_alone,
        rows_go_after_their_files,
        a_deleted_row_takes_its_callback_along,
    }
    retry {
        a_retried_attempt_counts,
        a_returned_attempt_uses_its_number_alone,
        a_cancel_that_was_asked_for_beats_another_attempt,
    }
    submit {
        an_id_is_given_once,
        a_task_is_found_as_it_was_submitted,
        another_key_sees_no_task,
        the_queue_limit_counts_waiting_tasks_of_one_key,
        the_queue_limit_holds_when_many_submit_at_once,
        a_bad_row_fails_alone,
        small_pictures_live_as_long_as_their_task,
    }
    tenants {
        a_key_with_many_tasks_starves_nobody,
        keys_take_turns_as_the_position_said,
        off_peak_tasks_of_one_key_wait_for_those_of_all,
        only_so_many_of_a_key_run,
        limits_are_kept_with_the_key,
        a_day_has_its_quota,
        the_ledger_holds_a_charge_for_every_task_and_a_refund_for_every_failure,
    }
}

#[test]
fn every_promise_has_its_test() {
    let promised: Vec<_> = contract::all().iter().map(|promise| promise.name).collect();
    assert_eq!(TESTED, promised);
}
