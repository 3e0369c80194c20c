//! `kinora retry`

use clap::Args;
use wire::kinora::remake::Request;

use super::{failure::Outcome, show, target::Target};

/// Options of `kinora retry`.
#[derive(Debug, Args)]
pub(super) struct Retry {
    /// The task whose video is to be made again
    id: String,
    /// Another prompt
    #[arg(short, long)]
    prompt: Option<String>,
    /// Another seed; 0 draws one
    #[arg(long)]
    seed: Option<u32>,
    #[command(flatten)]
    target: Target,
}

impl Retry {
    pub(super) async fn run(self) -> Outcome {
        let changes = Request {
            prompt: self.prompt,
            seed: self.seed,
        };
        let view = self.target.client()?.retry(&self.id, &changes).await?;
        if self.target.json {
            show::json(&view)?;
        } else {
            show::line(&view.id)?;
        }
        Ok(())
    }
}
