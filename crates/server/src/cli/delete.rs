//! `kinora delete`

use clap::Args;

use super::{failure::Outcome, show, target::Target};

/// Options of `kinora delete`.
#[derive(Debug, Args)]
pub(super) struct Delete {
    /// The task's id
    id: String,
    #[command(flatten)]
    target: Target,
}

impl Delete {
    pub(super) async fn run(self) -> Outcome {
        let deleted = self.target.client()?.delete(&self.id).await?;
        if self.target.json {
            show::json(&deleted)?;
        }
        Ok(())
    }
}
