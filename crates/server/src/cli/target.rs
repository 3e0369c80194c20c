//! Which server, and with which key.

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::Args;

use super::{client::Client, failure::CliError};
use crate::{
    config::{Sources, load},
    data_dir::DataDir,
};

const KEY_VARIABLE: &str = "KINORA_API_KEY";

/// Options of all client commands. The key comes from the environment variable `KINORA_API_KEY`, or else
/// from the file `first-key` in the data directory.
#[derive(Debug, Clone, Args)]
pub(super) struct Target {
    /// Base URL of the server
    #[arg(long, env = "KINORA_URL", default_value = "http://127.0.0.1:8080")]
    url: String,
    /// Where to look for the first key when KINORA_API_KEY is not set
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Target {
    /// A client for this server.
    pub(super) fn client(&self) -> Result<Client, CliError> {
        let base = url::Url::parse(&self.url)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .ok_or_else(|| CliError::Usage(format!("--url {} is no http or https URL", self.url)))?;
        Ok(Client::new(base, &self.key()?)?)
    }

    fn key(&self) -> anyhow::Result<String> {
        if let Some(key) = std::env::var(KEY_VARIABLE).ok().filter(|key| !key.trim().is_empty()) {
            return Ok(key.trim().to_owned());
        }
        let root = match &self.data_dir {
            Some(root) => root.clone(),
            None => load(&Sources::of_process(None, Vec::new()))?.settings.server.data_dir,
        };
        let path = DataDir::new(&root).first_key();
        let key = fs::read_to_string(&path).with_context(|| {
            format!(
                "no API key: {KEY_VARIABLE} is not set, and {} cannot be read",
                path.display()
            )
        })?;
        Ok(key.trim().to_owned())
    }
}
