//! `kinora wait`

use std::path::PathBuf;

use clap::Args;

use super::{client, failure::Outcome, progress, show, target::Target};

/// Options of `kinora wait`.
#[derive(Debug, Args)]
pub(super) struct Wait {
    /// The task's id
    id: String,
    /// Download the video to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    target: Target,
}

impl Wait {
    pub(super) async fn run(self) -> Outcome {
        let server = self.target.client()?;
        let bar = progress::task();
        let waited = server.wait(&self.id, |view| {
            bar.set_position(view.progress.percent.into());
            bar.set_message(match view.queue_position {
                Some(position) => format!("queued, number {position}"),
                None => view.state.name().to_owned(),
            });
        });
        let view = waited.await?;
        bar.finish_and_clear();
        if self.target.json {
            show::json(&view)?;
        }
        client::expect_success(&view)?;
        if let Some(output) = &self.output {
            let bar = progress::bytes();
            server.download(&view, output, &bar).await?;
            bar.finish_and_clear();
        }
        if !self.target.json {
            match &self.output {
                Some(output) => show::line(output.display())?,
                None => show::line(client::describe(&view))?,
            }
        }
        Ok(())
    }
}
