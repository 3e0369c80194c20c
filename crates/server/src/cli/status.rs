//! `kinora status`

use clap::Args;
use wire::kinora::status::View;

use super::{client, failure::Outcome, show, table, target::Target};

/// Options of `kinora status`.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// The task's id
    id: String,
    #[command(flatten)]
    target: Target,
}

impl Status {
    pub(super) async fn run(self) -> Outcome {
        let view = self.target.client()?.task(&self.id).await?;
        if self.target.json {
            show::json(&view)?;
        } else {
            show::write(table::columns(&rows(&view)))?;
        }
        Ok(())
    }
}

fn rows(view: &View) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut show = |name: &str, value: Option<String>| rows.extend(value.map(|value| vec![name.to_owned(), value]));
    let progress = view.progress;
    show("state", Some(client::describe(view)));
    show(
        "queue position",
        view.queue_position.map(|position| position.to_string()),
    );
    let frames = format!(
        "{} of {} frames ({} %)",
        progress.done, progress.total, progress.percent
    );
    show("progress", (progress.total > 0).then_some(frames));
    show("attempts", Some(view.attempts.to_string()));
    show("model", Some(view.model.clone()));
    show("seed", Some(view.seed.to_string()));
    show("created", Some(view.timings.created_at.clone()));
    show("finished", view.timings.finished_at.clone());
    show(
        "rendering",
        view.timings.render_ms.map(|milliseconds| format!("{milliseconds} ms")),
    );
    show("recipe", view.recipe.as_ref().map(|recipe| recipe.summary.clone()));
    show("video", view.video.as_ref().and_then(|video| video.url.clone()));
    for warning in &view.warnings {
        show("warning", Some(format!("{} {}", warning.field, warning.reason)));
    }
    rows
}
