//! The server as a whole: the one place that knows all parts. Opening makes or checks everything in the data
//! directory; running serves until it is told to stop.

use std::{net::SocketAddr, sync::Arc, time::SystemTime};

use anyhow::Context;
use domain::{
    callback::CallbackBody,
    catalog::Catalog,
    engine::Engine,
    request::Dialect,
    time::{Clock, Timestamp},
};
use engines::motion::MotionEngine;
use service::{Metrics, Parts, Service, keys, secret::Secret};
use store::{StoreSettings, sqlite::SqliteStore};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    config::Settings,
    data_dir::{DataDir, Lock},
    http::{self, App, LINK_SECONDS},
};

/// The system's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let milliseconds = since_1970.map_or(0, |time| i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
        Timestamp::from_milliseconds(milliseconds)
    }
}

/// A server that has everything it needs and has not answered anybody yet.
pub struct Server {
    settings: Settings,
    service: Arc<Service>,
    store: Arc<SqliteStore>,
    listener: TcpListener,
    public_base: String,
    first_key: Option<String>,
    _lock: Lock,
}

impl Server {
    /// Takes the data directory, opens the database and makes the first key if there is none.
    ///
    /// # Errors
    /// When another process has the directory, the database is of a newer version, or anything in it cannot
    /// be read or made.
    pub async fn open(listener: TcpListener, mut settings: Settings) -> anyhow::Result<Self> {
        service::fetch::tls::install_provider();
        let address = listener.local_addr().context("the listener has no address")?;
        let public_base = settings.server.public_base(address);
        settings.links.public_url = Some(public_base.parse().context("server.public_url cannot be read")?);
        let data_dir = DataDir::new(&settings.server.data_dir);
        data_dir.create()?;
        let lock = data_dir.lock()?;
        let secret = Secret::load_or_create(&data_dir.secret())?;
        let metrics = Arc::new(Metrics::new());
        let store = Arc::new(open_store(&data_dir, &settings, Arc::clone(&metrics)).await?);
        let first_key = keys::ensure_first_key(&*store, &secret, data_dir.root()).await?;
        let service = Service::new(Parts {
            store: store.clone(),
            engines: vec![
                Arc::new(MotionEngine::new(settings.motion.clone(), settings.speech.clone())) as Arc<dyn Engine>,
            ],
            catalog: Catalog::builtin().context("the table of models cannot be read")?,
            clock: Arc::new(SystemClock),
            secret,
            data_dir: data_dir.root().to_path_buf(),
            settings: settings.service(),
            callbacks: vec![
                (
                    Dialect::Kinora,
                    Arc::new(wire::kinora::callback::Callback) as Arc<dyn CallbackBody>,
                ),
                (Dialect::OpenAi, Arc::new(wire::openai::callback::Callback)),
                (Dialect::Vidu, Arc::new(wire::vidu::callback::Callback)),
                (
                    Dialect::Jiekou,
                    Arc::new(wire::jiekou::callback::Callback {
                        link_seconds: LINK_SECONDS,
                    }),
                ),
            ],
            metrics,
        })?;
        Ok(Self {
            settings,
            service,
            store,
            listener,
            public_base,
            first_key: first_key.map(|token| token.reveal().to_owned()),
            _lock: lock,
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the listener has no address.
    pub fn address(&self) -> anyhow::Result<SocketAddr> {
        Ok(self.listener.local_addr()?)
    }

    /// The base of every link.
    pub fn public_base(&self) -> &str {
        &self.public_base
    }

    /// The first key, if this start made it.
    pub fn first_key(&self) -> Option<&str> {
        self.first_key.as_deref()
    }

    /// Serves and works until `shutdown`; then answers in progress and running tasks may finish within
    /// their limits, and the database is closed.
    ///
    /// # Errors
    /// When the workers cannot start.
    pub async fn run(self, shutdown: CancellationToken) -> anyhow::Result<()> {
        let app = App::new(Arc::clone(&self.service), self.settings.server.clone());
        let router = http::router(app);
        // Whichever part ends first takes the other with it.
        let stop = shutdown.child_token();
        let guard = stop.clone().drop_guard();
        let working = tokio::spawn(Arc::clone(&self.service).run(stop.clone()));
        let listening = tokio::spawn(http::listen(
            self.listener,
            router,
            self.settings.server.clone(),
            stop.clone(),
        ));
        let worked = working.await.context("the workers broke down");
        drop(guard);
        listening.await.context("the listener broke down")?;
        self.store.close().await;
        Ok(worked??)
    }
}

async fn open_store(data_dir: &DataDir, settings: &Settings, metrics: Arc<Metrics>) -> anyhow::Result<SqliteStore> {
    let settings = StoreSettings {
        commit_observer: Some(Arc::new(move |time, rows| metrics.observe_commit(time, rows))),
        ..settings.store.clone()
    };
    let path = data_dir.database();
    SqliteStore::open(&path, Arc::new(SystemClock), &settings)
        .await
        .with_context(|| format!("the database {} cannot be opened", path.display()))
}

/// Opens and runs a server.
///
/// # Errors
/// As [`Server::open`] and [`Server::run`].
pub async fn run(listener: TcpListener, settings: Settings, shutdown: CancellationToken) -> anyhow::Result<()> {
    Server::open(listener, settings).await?.run(shutdown).await
}
