//! A service on a fresh data directory.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use domain::{
    callback::CallbackBody,
    catalog::Catalog,
    draft::{Draft, DraftImage},
    id::TaskId,
    request::Dialect,
    state::{StateName, TaskState},
    task::{Task, TaskView},
    time::{Clock, Timestamp},
};
use service::{
    Accepted, Caller, Metrics, Order, Parts, PictureBytes, Rejected, Service, Settings, StartError, keys,
    secret::Secret,
};
use store::sqlite::SqliteStore;
use tempfile::TempDir;
use tokio::{task::JoinHandle, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::puppet::Puppet;

/// How long anything may take that should happen soon.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// A clock that only the test moves.
pub(crate) struct ManualClock(AtomicI64);

const BROKEN: i64 = i64::MIN;

impl ManualClock {
    pub(crate) fn advance(&self, by: Duration) {
        let milliseconds = i64::try_from(by.as_millis()).unwrap();
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Whoever asks for the time from now on panics.
    pub(crate) fn break_down(&self) {
        self.0.store(BROKEN, Ordering::SeqCst);
    }

    pub(crate) fn turn_back(&self, by: Duration) {
        let milliseconds = i64::try_from(by.as_millis()).unwrap();
        self.0.fetch_sub(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        let now = self.0.load(Ordering::SeqCst);
        assert!(now != BROKEN, "the clock is broken");
        Timestamp::from_milliseconds(now)
    }
}

pub(crate) struct Bench {
    pub(crate) folder: TempDir,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) store: Arc<SqliteStore>,
    pub(crate) engine: Arc<Puppet>,
    pub(crate) service: Arc<Service>,
    pub(crate) caller: Caller,
    pub(crate) secret: Secret,
    running: Option<(CancellationToken, JoinHandle<Result<(), StartError>>)>,
}

/// Settings under which nothing waits without need.
pub(crate) fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.worker.poll_interval = Duration::from_millis(10);
    settings.worker.drain = Duration::from_millis(50);
    settings.limits.min_free_disk = 0;
    settings.fetch.allow_private_networks = true;
    settings
}

impl Bench {
    /// A service that does not work yet: see [`Bench::start`].
    pub(crate) async fn new(settings: Settings) -> Self {
        Self::with(TempDir::new().unwrap(), Puppet::new(false), settings).await
    }

    pub(crate) async fn with(folder: TempDir, engine: Puppet, settings: Settings) -> Self {
        let clock = Arc::new(ManualClock(AtomicI64::new(1_800_000_000_000)));
        let shared: Arc<dyn Clock> = Arc::clone(&clock) as _;
        let database = folder.path().join("kinora.db");
        let opened = SqliteStore::open(&database, shared, &store::StoreSettings::default()).await;
        let store = Arc::new(opened.unwrap());
        let secret = Secret::load_or_create(&folder.path().join("secret")).unwrap();
        let engine = Arc::new(engine);
        let service = build(folder.path(), &clock, &store, &secret, &engine, settings);
        let token = keys::create(&*store, &secret, "test").await.unwrap();
        let caller = service.authenticate(token.reveal()).await.unwrap();
        Self {
            folder,
            clock,
            store,
            engine,
            service,
            caller,
            secret,
            running: None,
        }
    }

    /// Another key's holder.
    pub(crate) async fn stranger(&self) -> Caller {
        let token = keys::create(&*self.store, &self.secret, "stranger").await.unwrap();
        self.service.authenticate(token.reveal()).await.unwrap()
    }

    /// Lets workers and rounds run.
    pub(crate) fn start(&mut self) {
        let shutdown = CancellationToken::new();
        let running = tokio::spawn(Arc::clone(&self.service).run(shutdown.clone()));
        self.running = Some((shutdown, running));
    }

    /// Shuts down as a signal would, and waits for it.
    pub(crate) async fn stop(&mut self) {
        let (shutdown, running) = self.running.take().expect("it was started");
        shutdown.cancel();
        let ended = tokio::time::timeout(DEADLINE, running).await;
        ended.expect("it drains in time").unwrap().unwrap();
    }

    /// Waits until the service gives up by itself; why.
    pub(crate) async fn gives_up(&mut self) -> StartError {
        let (_shutdown, running) = self.running.take().expect("it was started");
        let ended = tokio::time::timeout(DEADLINE, running).await;
        ended.expect("it gives up in time").unwrap().unwrap_err()
    }

    /// Ends workers and rounds without a word. Attempts in hand go on by themselves, as in a process that
    /// was thought to be dead.
    pub(crate) fn desert(&mut self) {
        let (_, running) = self.running.take().expect("it was started");
        running.abort();
    }

    /// A new service on the same data directory, as after a restart.
    pub(crate) fn restart(&mut self, settings: Settings) {
        self.service = build(
            self.folder.path(),
            &self.clock,
            &self.store,
            &self.secret,
            &self.engine,
            settings,
        );
        self.start();
    }

    pub(crate) async fn order(&self, order: Order) -> Result<Accepted, Rejected> {
        self.service.submit(&self.caller, order).await
    }

    /// A task from one inline picture.
    pub(crate) async fn submit(&self) -> Task {
        self.order(inline(&picture("chelsea.png"))).await.unwrap().task
    }

    pub(crate) async fn poll(&self, id: TaskId) -> TaskView {
        let view = self.service.poll(&self.caller, id, Dialect::Modelverse).await;
        view.unwrap()
    }

    /// Waits until the task is in that state.
    pub(crate) async fn reaches(&self, id: TaskId, state: StateName) -> TaskView {
        let begun = Instant::now();
        loop {
            let view = self.poll(id).await;
            if view.task.state.name() == state {
                return view;
            }
            let now = &view.task.state;
            assert!(begun.elapsed() < DEADLINE, "waited for {state:?}, it is {now:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The files below a folder of the data directory, relative to it, sorted.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let root = self.folder.path().join(folder);
        let mut found = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        found.sort();
        found
    }

    /// Waits until a folder of the data directory holds no files.
    pub(crate) async fn empties(&self, folder: &str) {
        let begun = Instant::now();
        while !self.files(folder).is_empty() {
            let files = self.files(folder);
            assert!(begun.elapsed() < DEADLINE, "{folder} still holds {files:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// A callback of `<id> <state> <the video's link or nothing>`.
struct OneLine;

impl CallbackBody for OneLine {
    fn body(&self, view: &TaskView) -> String {
        let link = view.links.video.as_ref().map_or("", |link| &link.url);
        format!("{} {} {link}", view.task.id, view.task.state.name().name())
    }
}

pub(crate) fn build(
    data_dir: &Path,
    clock: &Arc<ManualClock>,
    store: &Arc<SqliteStore>,
    secret: &Secret,
    engine: &Arc<Puppet>,
    settings: Settings,
) -> Arc<Service> {
    let parts = Parts {
        store: Arc::clone(store) as _,
        engines: vec![Arc::clone(engine) as _],
        catalog: Catalog::builtin().unwrap(),
        clock: Arc::clone(clock) as _,
        secret: secret.clone(),
        data_dir: data_dir.to_owned(),
        settings,
        callbacks: vec![(Dialect::Modelverse, Arc::new(OneLine) as _)],
        metrics: Arc::new(Metrics::new()),
    };
    Service::new(parts).unwrap()
}

/// One of the repository's pictures.
pub(crate) fn picture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples/pictures")
        .join(name)
}

/// A request with one inline picture.
pub(crate) fn inline(file: &Path) -> Order {
    order(vec![DraftImage::Inline(0)], vec![file.to_owned()])
}

/// A request with one picture at a URL.
pub(crate) fn linked(url: &str) -> Order {
    order(vec![DraftImage::Url(url.to_owned())], Vec::new())
}

pub(crate) fn order(images: Vec<DraftImage>, inlines: Vec<PathBuf>) -> Order {
    Order {
        dialect: Dialect::Modelverse,
        draft: Draft {
            model: Some(String::from("viduq2-pro")),
            images: Some(images),
            prompt: Some(String::from("a cat looks up")),
            ..Draft::default()
        },
        inlines: inlines.into_iter().map(PictureBytes::File).collect(),
        request_id: String::from("11111111-2222-4333-8444-555555555555"),
        idempotency: None,
    }
}

/// The failure of a task that failed.
pub(crate) fn failure(view: &TaskView) -> &domain::failure::Failure {
    match &view.task.state {
        TaskState::Failed { failure, .. } => failure,
        state => panic!("it did not fail: {state:?}"),
    }
}
