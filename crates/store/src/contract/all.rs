//! The list of promises.

use super::{
    Promise, cancel, claim, concurrency, counts, deliveries, finish, idempotency, keys, lease, list, off_peak,
    position, release, retention, retry, submit,
};

macro_rules! promises {
    ($($theme:ident::$promise:ident,)*) => {
        vec![$(Promise {
            name: concat!(stringify!($theme), "::", stringify!($promise)),
            check: |harness| Box::pin($theme::$promise(harness)),
        },)*]
    };
}

/// Every promise.
pub fn all() -> Vec<Promise> {
    promises! {
        cancel::a_waiting_task_is_cancelled_at_once,
        cancel::a_running_task_is_told_at_the_next_beat,
        cancel::an_ended_task_is_too_late,
        cancel::another_keys_task_is_unknown,
        claim::first_in_is_first_out,
        claim::an_empty_queue_gives_nothing,
        claim::a_claimed_task_runs,
        claim::a_task_that_comes_back_stands_where_it_stood,
        claim::back_off_lets_others_go_first,
        concurrency::eight_claimers_claim_each_task_once,
        concurrency::of_cancel_and_claim_one_comes_first,
        concurrency::a_second_handle_sees_every_commit,
        counts::every_state_is_counted,
        deliveries::every_outcome_is_announced_once,
        deliveries::ends_without_a_worker_are_announced,
        deliveries::nobody_is_told_who_did_not_ask,
        deliveries::a_task_that_goes_on_is_not_announced,
        deliveries::one_that_was_taken_is_hidden_for_its_lease,
        deliveries::results_are_kept,
        deliveries::at_most_the_limit_is_taken,
        finish::success_keeps_the_output,
        finish::failure_keeps_both_voices,
        finish::a_stopped_task_is_cancelled,
        finish::a_video_that_was_done_before_the_cancel_is_kept,
        finish::final_states_stay_final,
        idempotency::the_same_body_gives_the_same_task,
        idempotency::another_body_is_refused,
        idempotency::marks_belong_to_one_api_key,
        idempotency::a_replay_needs_no_room_in_the_queue,
        idempotency::twins_at_once_are_one_task,
        idempotency::a_mark_lives_as_long_as_its_row,
        keys::a_key_is_found_by_its_hash,
        keys::unrevoked_names_are_unique,
        keys::a_revoked_key_opens_nothing,
        keys::all_keys_are_listed_oldest_first,
        lease::a_beat_renews_and_stores_progress,
        lease::progress_begins_anew_with_each_attempt,
        lease::a_worker_that_lost_its_lease_is_shut_out,
        lease::a_zombie_cannot_finish_a_waiting_task,
        lease::a_claim_that_was_made_up_is_nothing,
        lease::work_that_nobody_took_back_still_counts,
        list::the_newest_come_first_in_pages,
        list::one_state_alone,
        list::a_page_has_at_most_a_thousand,
        off_peak::they_come_last,
        off_peak::they_run_while_others_back_off,
        off_peak::they_count_like_others_inside_the_window,
        off_peak::overdue_ones_fail,
        position::it_counts_ready_tasks_ahead,
        position::only_waiting_tasks_have_one,
        position::it_stops_at_ten_thousand,
        release::only_leases_that_ran_out_are_taken_back,
        release::a_released_task_backs_off,
        release::attempts_run_out,
        release::a_cancel_that_was_asked_for_is_done,
        release::release_all_asks_no_lease,
        retention::files_of_every_ended_task_become_due,
        retention::expired_files_leave_the_state_alone,
        retention::rows_go_after_their_files,
        retention::a_deleted_row_takes_its_callback_along,
        retry::a_retried_attempt_counts,
        retry::a_returned_attempt_uses_its_number_alone,
        retry::a_cancel_that_was_asked_for_beats_another_attempt,
        submit::a_task_is_found_as_it_was_submitted,
        submit::another_key_sees_no_task,
        submit::the_queue_limit_counts_waiting_tasks_of_one_key,
        submit::the_queue_limit_holds_when_many_submit_at_once,
        submit::a_bad_row_fails_alone,
    }
}
