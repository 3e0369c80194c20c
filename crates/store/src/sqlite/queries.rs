//! The SQL texts.

macro_rules! queries {
    ($($name:ident = $file:literal;)*) => {
        $(pub(super) const $name: &str = include_str!(concat!("../../queries/sqlite/", $file));)*
    };
}

queries! {
    ARTIFACTS_DUE = "artifacts_due.sql";
    BEAT_TASK = "beat_task.sql";
    CANCEL_TASK = "cancel_task.sql";
    CHARGE_DAY = "charge_day.sql";
    CHARGE_TASK = "charge_task.sql";
    CLAIM_TASK = "claim_task.sql";
    COUNT_TASKS = "count_tasks.sql";
    COUNT_WAITING = "count_waiting.sql";
    DELETE_TASKS = "delete_tasks.sql";
    DROP_STALE_DELIVERY = "drop_stale_delivery.sql";
    DUE_OF_KEY = "due_of_key.sql";
    END_DELIVERY = "end_delivery.sql";
    EXISTING_TASKS = "existing_tasks.sql";
    FAIL_OVERDUE = "fail_overdue.sql";
    FIND_CHARGE = "find_charge.sql";
    FIND_IDEMPOTENT = "find_idempotent.sql";
    FIND_KEY = "find_key.sql";
    FIND_KEY_BY_ID = "find_key_by_id.sql";
    FIND_STATE = "find_state.sql";
    FINISH_TASK = "finish_task.sql";
    GET_DELIVERIES = "get_deliveries.sql";
    GET_PICTURE = "get_picture.sql";
    GET_TASK = "get_task.sql";
    HIDE_TASK = "hide_task.sql";
    INSERT_DELIVERY = "insert_delivery.sql";
    INSERT_KEY = "insert_key.sql";
    INSERT_PICTURE = "insert_picture.sql";
    INSERT_TASK = "insert_task.sql";
    INSERT_TRY = "insert_try.sql";
    KEYS_WITH_DUE = "keys_with_due.sql";
    LEASE_DELIVERIES = "lease_deliveries.sql";
    LIMIT_KEY = "limit_key.sql";
    LIST_CHANGES = "list_changes.sql";
    LIST_DELIVERIES = "list_deliveries.sql";
    LIST_DELIVERIES_IN_STATE = "list_deliveries_in_state.sql";
    LIST_KEYS = "list_keys.sql";
    LIST_OLDEST_TASKS = "list_oldest_tasks.sql";
    LIST_TASKS = "list_tasks.sql";
    LIST_TASKS_IN_STATE = "list_tasks_in_state.sql";
    LIST_TASKS_OF_PAYLOAD = "list_tasks_of_payload.sql";
    LIST_TRIES = "list_tries.sql";
    LIST_USAGE = "list_usage.sql";
    LIST_USAGE_ENTRIES = "list_usage_entries.sql";
    MARK_ARTIFACTS_EXPIRED = "mark_artifacts_expired.sql";
    POSTPONE_DELIVERY = "postpone_delivery.sql";
    QUEUE_POSITION = "queue_position.sql";
    RELEASE_TASKS = "release_tasks.sql";
    REQUEUE_TASK = "requeue_task.sql";
    RESEND_DELIVERY = "resend_delivery.sql";
    REVOKE_KEY = "revoke_key.sql";
    ROWS_DUE = "rows_due.sql";
    SET_WARNINGS = "set_warnings.sql";
    TAKE_TURN = "take_turn.sql";
    USED_SECONDS = "used_seconds.sql";
}
