//! `kinora cancel`

use clap::Args;

use super::{failure::Outcome, show, target::Target};

/// Options of `kinora cancel`.
#[derive(Debug, Args)]
pub(super) struct Cancel {
    /// The task's id
    id: String,
    #[command(flatten)]
    target: Target,
}

impl Cancel {
    pub(super) async fn run(self) -> Outcome {
        let view = self.target.client()?.cancel(&self.id).await?;
        if self.target.json {
            show::json(&view)?;
        } else {
            show::line(view.state.name())?;
        }
        Ok(())
    }
}
