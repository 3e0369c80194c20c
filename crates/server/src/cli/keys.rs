//! `kinora keys`: works on the data directory, whether a server runs on it or not.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use domain::{
    store::{KeyLimits, KeyRecord},
    time::Timestamp,
};
use serde_json::json;
use service::{keys, secret::Secret};
use store::sqlite::SqliteStore;

use super::{
    failure::{CliError, Outcome},
    show, table,
};
use crate::{
    config::{Sources, load},
    data_dir::DataDir,
    serve::SystemClock,
};

/// Options of `kinora keys`.
#[derive(Debug, Args)]
pub(super) struct Keys {
    #[command(subcommand)]
    action: Action,
    /// The data directory [default: as configured, or kinora-data]
    #[arg(long, value_name = "DIR", global = true)]
    data_dir: Option<PathBuf>,
    /// The configuration file
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a key and print it; it cannot be shown again
    Create {
        /// What to call it
        name: String,
    },
    /// List all keys, without their tokens
    List,
    /// Set a key's limits; those that are left out become what is configured for all
    Limit {
        /// The key's name
        name: String,
        /// Tasks that run at once; others wait
        #[arg(long)]
        concurrency: Option<u32>,
        /// Requests per second; 0 is no limit
        #[arg(long)]
        rate: Option<u32>,
        /// Seconds of video in one day, UTC
        #[arg(long)]
        daily_seconds: Option<u64>,
    },
    /// Revoke a key; its tasks stay
    Revoke {
        /// The key's name
        name: String,
    },
}

impl Keys {
    pub(super) async fn run(self) -> Outcome {
        let settings = load(&Sources::of_process(self.config.clone(), Vec::new()))
            .map_err(|error| CliError::Usage(error.to_string()))?
            .settings;
        let data_dir = DataDir::new(self.data_dir.as_ref().unwrap_or(&settings.server.data_dir));
        data_dir.create()?;
        let secret = Secret::load_or_create(&data_dir.secret())?;
        let store = SqliteStore::open(&data_dir.database(), Arc::new(SystemClock), &settings.store)
            .await
            .context("the database cannot be opened")?;
        let done = self.act(&store, &secret).await;
        store.close().await;
        Ok(done?)
    }

    async fn act(&self, store: &SqliteStore, secret: &Secret) -> anyhow::Result<()> {
        match &self.action {
            Action::Create { name } => {
                let token = keys::create(store, secret, name).await?;
                if self.json {
                    show::json(&json!({ "name": name, "key": token.reveal() }))?;
                } else {
                    show::line(token.reveal())?;
                }
            }
            Action::List => {
                let records = keys::list(store).await?;
                if self.json {
                    show::json(&records.iter().map(as_json).collect::<Vec<_>>())?;
                } else {
                    show::write(table::columns(&rows(&records)))?;
                }
            }
            Action::Limit {
                name,
                concurrency,
                rate,
                daily_seconds,
            } => {
                let limits = KeyLimits {
                    concurrency: *concurrency,
                    requests_per_second: *rate,
                    daily_seconds: *daily_seconds,
                };
                if !keys::limit(store, name, &limits).await? {
                    bail!("there is no key named {name}");
                }
                if self.json {
                    show::json(&json!({ "name": name, "limits": limits_as_json(&limits) }))?;
                }
            }
            Action::Revoke { name } => {
                if !keys::revoke(store, name).await? {
                    bail!("there is no key named {name}");
                }
                if self.json {
                    show::json(&json!({ "name": name, "revoked": true }))?;
                }
            }
        }
        Ok(())
    }
}

fn as_json(record: &KeyRecord) -> serde_json::Value {
    json!({
        "name": record.name,
        "created_at": date(record.created_at),
        "revoked_at": record.revoked_at.map(date),
        "limits": limits_as_json(&record.limits),
    })
}

fn limits_as_json(limits: &KeyLimits) -> serde_json::Value {
    json!({
        "concurrency": limits.concurrency,
        "requests_per_second": limits.requests_per_second,
        "daily_seconds": limits.daily_seconds,
    })
}

fn rows(records: &[KeyRecord]) -> Vec<Vec<String>> {
    let mut rows = vec![
        ["name", "created", "revoked", "at once", "requests/s", "seconds/day"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for record in records {
        let revoked = record.revoked_at.map(date).unwrap_or_default();
        let limits = &record.limits;
        let text = |limit: Option<u64>| limit.map(|limit| limit.to_string()).unwrap_or_default();
        rows.push(vec![
            record.name.clone(),
            date(record.created_at),
            revoked,
            text(limits.concurrency.map(u64::from)),
            text(limits.requests_per_second.map(u64::from)),
            text(limits.daily_seconds),
        ]);
    }
    rows
}

fn date(time: Timestamp) -> String {
    let since_1970 = Duration::from_millis(u64::try_from(time.milliseconds()).unwrap_or(0));
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + since_1970)
}
