//! `kinora config`

use std::path::PathBuf;

use clap::Args;

use super::{
    failure::{CliError, Outcome},
    show, table,
};
use crate::config::{self, Effective, Sources};

/// Options of `kinora config`.
#[derive(Debug, Args)]
pub(super) struct Configuration {
    /// The configuration file; without it, kinora.toml of the working directory if there is one
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print all keys with their meaning and default, as Markdown
    #[arg(long)]
    reference: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Configuration {
    pub(super) fn run(self) -> Outcome {
        if self.reference {
            show::write(config::reference())?;
            return Ok(());
        }
        let loaded = config::load(&Sources::of_process(self.config, Vec::new()))
            .map_err(|error| CliError::Usage(error.to_string()))?;
        if self.json {
            show::json(&loaded.values)?;
        } else {
            show::write(table::columns(&rows(&loaded.values)))?;
        }
        Ok(())
    }
}

fn rows(values: &[Effective]) -> Vec<Vec<String>> {
    values
        .iter()
        .map(|value| vec![value.key.clone(), value.text(), value.origin.to_string()])
        .collect()
}
