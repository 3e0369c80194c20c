//! `kinora submit`

use clap::Args;
use serde_json::Value;

use super::{failure::Outcome, picture_file, show, target::Target, wish::Wish};

/// Options of `kinora submit`.
#[derive(Debug, Args)]
pub(super) struct Submit {
    #[command(flatten)]
    wish: Wish,
    /// Run only when nothing else waits
    #[arg(long)]
    off_peak: bool,
    /// Announce the end of the task at this URL
    #[arg(long, value_name = "URL")]
    webhook: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl Submit {
    pub(super) async fn run(self) -> Outcome {
        let server = self.target.client()?;
        let pictures: anyhow::Result<Vec<String>> = self
            .wish
            .pictures
            .iter()
            .map(|path| picture_file::to_send(path))
            .collect();
        let mut body = self.wish.body(pictures?);
        if self.off_peak {
            body["off_peak"] = Value::Bool(true);
        }
        if let Some(url) = &self.webhook {
            body["webhook_url"] = Value::from(url.as_str());
        }
        let accepted = server.submit(&body).await?;
        if self.target.json {
            show::json(&accepted)?;
        } else {
            show::line(accepted.id)?;
        }
        Ok(())
    }
}
