//! Which call is which statement.

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    failure::Failure,
    id::{KeyId, TaskId},
    state::Progress,
    store::{
        Beat, Cancellation, Claim, ClaimTerms, Claimed, Counts, Deletion, Delivery, DeliveryQuery, DeliveryRecord,
        DeliveryResult, DeliveryTerms, Expired, Fenced, KeyLimits, KeyRecord, ListQuery, NewTask, Outcome, Reach,
        RetryPolicy, StateChange, StoreError, Submission, TaskStore, Try, UsageDay, UsageEntry,
    },
    task::Task,
    time::Timestamp,
};
use rusqlite::Connection;

use super::{SqliteStore, attempt, cancel, claim, deliveries, keys, read, release, retention, submit};
use crate::error::{Error, store_error};

/// Tasks that are counted on the caller's thread; counting to a place far behind takes too long there.
const MOST_COUNTED_AT_ONCE: u32 = 100;
const MOST_COUNTED: u32 = 9_999;

#[async_trait]
impl TaskStore for SqliteStore {
    async fn submit(&self, task: NewTask) -> Result<Submission, StoreError> {
        self.write(submit::Submit(task)).await
    }

    async fn get(&self, key: KeyId, id: TaskId) -> Result<Option<Task>, StoreError> {
        match self.readers.at_once(|connection| read::task(connection, key, id)) {
            Ok(task) => Ok(task),
            Err(_) => self.read(move |connection| read::task(connection, key, id)).await,
        }
    }

    async fn changes(&self, key: KeyId, id: TaskId, after: u32) -> Result<Vec<StateChange>, StoreError> {
        self.read(move |connection| read::changes(connection, key, id, after))
            .await
    }

    async fn picture(&self, task: TaskId, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(move |connection| read::picture(connection, task, number))
            .await
    }

    async fn queue_position(&self, id: TaskId) -> Result<Option<u32>, StoreError> {
        let now = self.clock.now();
        let position = move |most: u32| move |connection: &Connection| read::queue_position(connection, id, now, most);
        match self.readers.at_once(position(MOST_COUNTED_AT_ONCE)) {
            Ok(place) if place.is_none_or(|place| place <= MOST_COUNTED_AT_ONCE) => Ok(place),
            _ => self.read(position(MOST_COUNTED)).await,
        }
    }

    async fn list(&self, key: KeyId, query: &ListQuery) -> Result<Vec<Task>, StoreError> {
        let query = query.clone();
        self.read(move |connection| read::list(connection, key, &query)).await
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

    async fn due_deliveries(&self, terms: &DeliveryTerms) -> Result<Vec<Delivery>, StoreError> {
        self.write_patiently(deliveries::TakeDue(terms.clone())).await
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
        let query = query.clone();
        self.read(move |connection| read::deliveries(connection, key, &query))
            .await
    }

    async fn resend(&self, key: KeyId, delivery: i64) -> Result<bool, StoreError> {
        self.write(deliveries::Resend { key, delivery }).await
    }

    async fn artifacts_due(&self, finished_before: Timestamp, limit: u32) -> Result<Vec<TaskId>, StoreError> {
        self.read(move |connection| read::artifacts_due(connection, finished_before, limit))
            .await
    }

    async fn mark_artifacts_expired(&self, tasks: &[TaskId]) -> Result<(), StoreError> {
        self.write_patiently(retention::MarkExpired(tasks.to_vec())).await
    }

    async fn rows_due(&self, finished_before: Timestamp, limit: u32) -> Result<Vec<TaskId>, StoreError> {
        self.read(move |connection| read::rows_due(connection, finished_before, limit))
            .await
    }

    async fn delete_rows(&self, tasks: &[TaskId]) -> Result<u64, StoreError> {
        self.write_patiently(retention::DeleteRows(tasks.to_vec())).await
    }

    async fn existing(&self, tasks: &[TaskId]) -> Result<Vec<TaskId>, StoreError> {
        let tasks = tasks.to_vec();
        self.read(move |connection| read::existing(connection, &tasks)).await
    }

    async fn counts(&self) -> Result<Counts, StoreError> {
        self.read(read::counts).await
    }

    async fn create_key(&self, name: &str, hash: [u8; 32], sealed: &[u8]) -> Result<Option<KeyRecord>, StoreError> {
        let (name, sealed) = (name.to_owned(), sealed.to_vec());
        self.write(keys::CreateKey { name, hash, sealed }).await
    }

    async fn key_by_hash(&self, hash: [u8; 32]) -> Result<Option<KeyRecord>, StoreError> {
        match self.readers.at_once(|connection| read::key(connection, hash)) {
            Ok(record) => Ok(record),
            Err(_) => self.read(move |connection| read::key(connection, hash)).await,
        }
    }

    async fn key_by_id(&self, id: KeyId) -> Result<Option<KeyRecord>, StoreError> {
        self.read(move |connection| read::key_by_id(connection, id)).await
    }

    async fn keys(&self) -> Result<Vec<KeyRecord>, StoreError> {
        self.read(read::keys).await
    }

    async fn limit_key(&self, name: &str, limits: &KeyLimits) -> Result<bool, StoreError> {
        let (name, limits) = (name.to_owned(), *limits);
        self.write(keys::LimitKey { name, limits }).await
    }

    async fn usage(&self, key: KeyId, from: Timestamp, to: Timestamp) -> Result<Vec<UsageDay>, StoreError> {
        self.read(move |connection| read::usage(connection, key, from, to))
            .await
    }

    async fn ledger(&self, key: KeyId, before: Option<i64>, limit: u32) -> Result<Vec<UsageEntry>, StoreError> {
        self.read(move |connection| read::ledger(connection, key, before, limit))
            .await
    }

    async fn revoke_key(&self, name: &str) -> Result<bool, StoreError> {
        self.write(keys::RevokeKey(name.to_owned())).await
    }
}

impl SqliteStore {
    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, StoreError> {
        let answer = self.readers.patiently(read).await;
        answer.map_err(|error| store_error(&error))
    }
}
