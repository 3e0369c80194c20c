//! Which call is which statement.

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    failure::Failure,
    id::{KeyId, TaskId},
    state::Progress,
    store::{
        Beat, Cancellation, Claim, ClaimTerms, Claimed, Counts, Deletion, Delivery, DeliveryQuery, DeliveryRecord,
        DeliveryResult, Expired, Fenced, KeyLimits, KeyRecord, ListQuery, NewTask, Outcome, Reach, RetryPolicy,
        StoreError, Submission, TaskStore, Try, UsageDay, UsageEntry,
    },
    task::Task,
    time::Timestamp,
};

use super::{SqliteStore, attempt, cancel, claim, deliveries, keys, read, release, retention, submit};
use crate::error::store_error;

#[async_trait]
impl TaskStore for SqliteStore {
    async fn submit(&self, task: NewTask) -> Result<Submission, StoreError> {
        self.write(submit::Submit(task)).await
    }

    async fn get(&self, key: KeyId, id: TaskId) -> Result<Option<Task>, StoreError> {
        match self.nearby.task(key, id) {
            Ok(task) => Ok(task),
            Err(_) => answer(read::task(&self.readers, key, id).await),
        }
    }

    async fn picture(&self, task: TaskId, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        answer(read::picture(&self.readers, task, number).await)
    }

    async fn queue_position(&self, id: TaskId) -> Result<Option<u32>, StoreError> {
        let now = self.clock.now();
        match self.nearby.queue_position(id, now) {
            Ok(position) => Ok(position),
            Err(_) => answer(read::queue_position(&self.readers, id, now).await),
        }
    }

    async fn list(&self, key: KeyId, query: &ListQuery) -> Result<Vec<Task>, StoreError> {
        answer(read::list(&self.readers, key, query).await)
    }

    async fn cancel(&self, key: KeyId, id: TaskId, reach: Reach) -> Result<Cancellation, StoreError> {
        let task = id;
        self.write(cancel::Cancel { key, task, reach }).await
    }

    async fn delete(&self, key: KeyId, id: TaskId) -> Result<Deletion, StoreError> {
        self.write(cancel::Delete { key, task: id }).await
    }

    async fn claim(&self, terms: &ClaimTerms) -> Result<Option<Claimed>, StoreError> {
        self.write_patiently(claim::ClaimNext(*terms)).await
    }

    async fn beat(&self, claim: &Claim, progress: Progress, lease: Duration) -> Result<Beat, StoreError> {
        let claim = Claim::new(claim.task(), claim.attempt());
        self.write_patiently(attempt::BeatOnce { claim, progress, lease }).await
    }

    async fn finish(&self, claim: Claim, outcome: Outcome) -> Result<Fenced, StoreError> {
        self.write_patiently(attempt::Finish { claim, outcome }).await
    }

    async fn release_expired(&self, policy: &RetryPolicy) -> Result<Vec<Expired>, StoreError> {
        let policy = *policy;
        self.write_patiently(release::Release { policy, all: false }).await
    }

    async fn release_all(&self, policy: &RetryPolicy) -> Result<Vec<Expired>, StoreError> {
        let policy = *policy;
        self.write_patiently(release::Release { policy, all: true }).await
    }

    async fn fail_overdue_off_peak(&self, created_before: Timestamp, failure: &Failure) -> Result<u64, StoreError> {
        let failure = failure.clone();
        self.write_patiently(release::FailOverdueOffPeak {
            created_before,
            failure,
        })
        .await
    }

    async fn due_deliveries(&self, limit: u32, lease: Duration) -> Result<Vec<Delivery>, StoreError> {
        self.write_patiently(deliveries::TakeDue { limit, lease }).await
    }

    async fn delivered(&self, delivery: i64, tried: &Try, result: DeliveryResult) -> Result<(), StoreError> {
        let tried = tried.clone();
        self.write_patiently(deliveries::Delivered {
            delivery,
            tried,
            result,
        })
        .await
    }

    async fn deliveries(&self, key: KeyId, query: &DeliveryQuery) -> Result<Vec<DeliveryRecord>, StoreError> {
        answer(read::deliveries(&self.readers, key, query).await)
    }

    async fn resend(&self, key: KeyId, delivery: i64) -> Result<bool, StoreError> {
        self.write(deliveries::Resend { key, delivery }).await
    }

    async fn artifacts_due(&self, finished_before: Timestamp, limit: u32) -> Result<Vec<TaskId>, StoreError> {
        answer(read::artifacts_due(&self.readers, finished_before, limit).await)
    }

    async fn mark_artifacts_expired(&self, tasks: &[TaskId]) -> Result<(), StoreError> {
        self.write_patiently(retention::MarkExpired(tasks.to_vec())).await
    }

    async fn rows_due(&self, finished_before: Timestamp, limit: u32) -> Result<Vec<TaskId>, StoreError> {
        answer(read::rows_due(&self.readers, finished_before, limit).await)
    }

    async fn delete_rows(&self, tasks: &[TaskId]) -> Result<u64, StoreError> {
        self.write_patiently(retention::DeleteRows(tasks.to_vec())).await
    }

    async fn existing(&self, tasks: &[TaskId]) -> Result<Vec<TaskId>, StoreError> {
        answer(read::existing(&self.readers, tasks).await)
    }

    async fn counts(&self) -> Result<Counts, StoreError> {
        answer(read::counts(&self.readers).await)
    }

    async fn create_key(&self, name: &str, hash: [u8; 32], sealed: &[u8]) -> Result<Option<KeyRecord>, StoreError> {
        let (name, sealed) = (name.to_owned(), sealed.to_vec());
        self.write(keys::CreateKey { name, hash, sealed }).await
    }

    async fn key_by_hash(&self, hash: [u8; 32]) -> Result<Option<KeyRecord>, StoreError> {
        match self.nearby.key(hash) {
            Ok(record) => Ok(record),
            Err(_) => answer(read::key(&self.readers, hash).await),
        }
    }

    async fn key_by_id(&self, id: KeyId) -> Result<Option<KeyRecord>, StoreError> {
        answer(read::key_by_id(&self.readers, id).await)
    }

    async fn keys(&self) -> Result<Vec<KeyRecord>, StoreError> {
        answer(read::keys(&self.readers).await)
    }

    async fn limit_key(&self, name: &str, limits: &KeyLimits) -> Result<bool, StoreError> {
        let (name, limits) = (name.to_owned(), *limits);
        self.write(keys::LimitKey { name, limits }).await
    }

    async fn usage(&self, key: KeyId, from: Timestamp, to: Timestamp) -> Result<Vec<UsageDay>, StoreError> {
        answer(read::usage(&self.readers, key, from, to).await)
    }

    async fn ledger(&self, key: KeyId, before: Option<i64>, limit: u32) -> Result<Vec<UsageEntry>, StoreError> {
        answer(read::ledger(&self.readers, key, before, limit).await)
    }

    async fn revoke_key(&self, name: &str) -> Result<bool, StoreError> {
        self.write(keys::RevokeKey(name.to_owned())).await
    }
}

fn answer<T>(read: Result<T, sqlx::Error>) -> Result<T, StoreError> {
    read.map_err(|error| store_error(&error))
}
