//! `kinora list`

use clap::Args;
use wire::kinora::list::List as Page;

use super::{failure::Outcome, show, table, target::Target};

/// Options of `kinora list`.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Only tasks in this state: queued, running, succeeded, failed or cancelled
    #[arg(long)]
    state: Option<String>,
    /// At most this many, up to 500
    #[arg(long, default_value_t = 20)]
    limit: u32,
    /// Only tasks older than this one: the last id of the page before
    #[arg(long, value_name = "ID")]
    before: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl List {
    pub(super) async fn run(self) -> Outcome {
        let mut query = vec![("limit", self.limit.to_string())];
        query.extend(self.state.map(|state| ("state", state)));
        query.extend(self.before.map(|id| ("before", id)));
        let page = self.target.client()?.list(&query).await?;
        if self.target.json {
            show::json(&page)?;
        } else {
            show::write(table::columns(&rows(&page)))?;
        }
        Ok(())
    }
}

fn rows(page: &Page) -> Vec<Vec<String>> {
    let mut rows = vec![
        ["id", "state", "progress", "model", "created"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for view in &page.data {
        rows.push(vec![
            view.id.clone(),
            view.state.name().to_owned(),
            format!("{} %", view.progress.percent),
            view.model.clone(),
            view.timings.created_at.clone(),
        ]);
    }
    rows
}
