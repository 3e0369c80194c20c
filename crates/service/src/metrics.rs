//! What is counted and measured.

use std::{sync::atomic::AtomicU64, time::Duration};

use domain::{
    request::Dialect,
    state::StateName,
    store::{Counts, DeliveryResult},
    time::Timestamp,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

use crate::fetch::RefusalKind;

/// The content type of [`Metrics::encode`].
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct InDialect {
    dialect: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Http {
    route: String,
    status: u16,
}

/// All metrics of one process. Cheap to update from anywhere.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    tasks: Family<State, Gauge>,
    oldest_wait: Gauge<f64, AtomicU64>,
    submits: Family<InDialect, Counter>,
    attempts: Family<Ended, Counter>,
    queue_wait: Histogram,
    render_time: Histogram,
    render_rate: Histogram,
    frames: Counter,
    commit_time: Histogram,
    commit_rows: Histogram,
    fetch_refusals: Family<Reason, Counter>,
    deliveries: Family<Ended, Counter>,
    http_requests: Family<Http, Counter>,
    http_time: Histogram,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    pub fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("kinora"),
            tasks: Family::default(),
            oldest_wait: Gauge::default(),
            submits: Family::default(),
            attempts: Family::default(),
            queue_wait: Histogram::new(exponential_buckets(0.01, 3.0, 12)),
            render_time: Histogram::new(exponential_buckets(0.1, 2.0, 14)),
            render_rate: Histogram::new(exponential_buckets(4.0, 1.6, 14)),
            frames: Counter::default(),
            commit_time: Histogram::new(exponential_buckets(0.0005, 2.0, 14)),
            commit_rows: Histogram::new(exponential_buckets(1.0, 2.0, 12)),
            fetch_refusals: Family::default(),
            deliveries: Family::default(),
            http_requests: Family::default(),
            http_time: Histogram::new(exponential_buckets(0.0005, 2.5, 13)),
        };
        metrics.register_tasks();
        metrics.register_machinery();
        metrics
    }

    fn register_tasks(&mut self) {
        let registry = &mut self.registry;
        registry.register("tasks", "Tasks by state", self.tasks.clone());
        registry.register(
            "oldest_queued_seconds",
            "How long the oldest waiting task has waited",
            self.oldest_wait.clone(),
        );
        registry.register("submits", "Tasks accepted, by dialect", self.submits.clone());
        registry.register("attempts", "Attempts ended, by outcome", self.attempts.clone());
        registry.register(
            "queue_wait_seconds",
            "From accepting a task to its first attempt",
            self.queue_wait.clone(),
        );
        registry.register(
            "render_seconds",
            "Rendering and encoding one clip",
            self.render_time.clone(),
        );
        registry.register(
            "render_frames_per_second",
            "Frames per second of one clip",
            self.render_rate.clone(),
        );
        registry.register("frames", "Frames rendered and encoded", self.frames.clone());
    }

    fn register_machinery(&mut self) {
        let registry = &mut self.registry;
        registry.register(
            "commit_seconds",
            "One group commit of the store",
            self.commit_time.clone(),
        );
        registry.register("commit_rows", "Writes in one group commit", self.commit_rows.clone());
        registry.register(
            "fetch_refusals",
            "Pictures that were not fetched or not taken, by reason",
            self.fetch_refusals.clone(),
        );
        registry.register(
            "deliveries",
            "Tries to deliver a callback, by outcome",
            self.deliveries.clone(),
        );
        registry.register("http_requests", "Requests answered", self.http_requests.clone());
        registry.register("http_seconds", "Time to answer a request", self.http_time.clone());
    }

    /// Takes what the store counted.
    pub(crate) fn set_counts(&self, counts: &Counts, now: Timestamp) {
        let numbers = [
            counts.queued,
            counts.running,
            counts.succeeded,
            counts.failed,
            counts.cancelled,
        ];
        for (state, number) in StateName::ALL.into_iter().zip(numbers) {
            let gauge = self.tasks.get_or_create_owned(&State { state: state.name() });
            gauge.set(i64::try_from(number).unwrap_or(i64::MAX));
        }
        let waited = counts.oldest_queued.map_or(Duration::ZERO, |oldest| now.since(oldest));
        self.oldest_wait.set(waited.as_secs_f64());
    }

    pub(crate) fn submitted(&self, dialect: Dialect) {
        let dialect = dialect.name();
        self.submits.get_or_create_owned(&InDialect { dialect }).inc();
    }

    pub(crate) fn waited(&self, wait: Duration) {
        self.queue_wait.observe(wait.as_secs_f64());
    }

    pub(crate) fn rendered(&self, frames: u32, time: Duration) {
        self.frames.inc_by(u64::from(frames));
        self.render_time.observe(time.as_secs_f64());
        if !time.is_zero() {
            self.render_rate.observe(f64::from(frames) / time.as_secs_f64());
        }
    }

    pub(crate) fn attempt_ended(&self, outcome: &'static str) {
        self.attempts.get_or_create_owned(&Ended { outcome }).inc();
    }

    pub(crate) fn fetch_refused(&self, kind: RefusalKind) {
        let reason = kind.name();
        self.fetch_refusals.get_or_create_owned(&Reason { reason }).inc();
    }

    pub(crate) fn delivered(&self, result: DeliveryResult) {
        let outcome = match result {
            DeliveryResult::Delivered => "delivered",
            DeliveryResult::Again { .. } => "again",
            DeliveryResult::Dead => "dead",
        };
        self.deliveries.get_or_create_owned(&Ended { outcome }).inc();
    }

    /// One group commit of the store: how long it took and how many writes it held.
    pub fn observe_commit(&self, time: Duration, rows: usize) {
        self.commit_time.observe(time.as_secs_f64());
        self.commit_rows.observe(rows as f64);
    }

    /// One answered request. `route` is the pattern, never the path: paths would be endless.
    pub fn observe_http(&self, route: &str, status: u16, time: Duration) {
        let route = route.to_owned();
        self.http_requests.get_or_create_owned(&Http { route, status }).inc();
        self.http_time.observe(time.as_secs_f64());
    }

    /// All metrics as OpenMetrics text.
    pub fn encode(&self) -> String {
        let mut encoded = String::new();
        if let Err(error) = text::encode(&mut encoded, &self.registry) {
            tracing::error!(%error, "metrics could not be written");
        }
        encoded
    }
}
