//! `kinora fetch`

use std::path::PathBuf;

use clap::Args;

use super::{client, failure::Outcome, progress, show, target::Target};

/// Options of `kinora fetch`.
#[derive(Debug, Args)]
pub(super) struct Fetch {
    /// The task's id
    id: String,
    /// Where to put the video
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    target: Target,
}

impl Fetch {
    pub(super) async fn run(self) -> Outcome {
        let server = self.target.client()?;
        let view = server.task(&self.id).await?;
        client::expect_success(&view)?;
        let bar = progress::bytes();
        server.download(&view, &self.output, &bar).await?;
        bar.finish_and_clear();
        if self.target.json {
            show::json(&view)?;
        } else {
            show::line(self.output.display())?;
        }
        Ok(())
    }
}
