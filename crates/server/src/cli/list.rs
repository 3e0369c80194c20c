//! `kinora list`

use clap::Args;
use wire::kinora::list::List as Page;

use super::{failure::Outcome, show, table, target::Target};

/// Options of `kinora list`.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Only tasks in this state: queued, running, succeeded, failed or cancelled; several with commas
    #[arg(long)]
    state: Option<String>,
    /// Only tasks of this model; several with commas
    #[arg(long)]
    model: Option<String>,
    /// Only tasks made in this dialect
    #[arg(long)]
    dialect: Option<String>,
    /// Only tasks with exactly this payload
    #[arg(long)]
    payload: Option<String>,
    /// Only tasks made at this time or later: 2026-11-20T08:30:00Z, a date, or seconds since 1970
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only tasks made before this time
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Oldest first
    #[arg(long)]
    oldest_first: bool,
    /// At most this many, up to 500
    #[arg(long, default_value_t = 20)]
    limit: u32,
    /// The next page: the last id of the page before
    #[arg(long, value_name = "ID")]
    after: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl List {
    pub(super) async fn run(self) -> Outcome {
        let mut query = vec![("limit", self.limit.to_string())];
        let conditions = [
            ("state", self.state),
            ("model", self.model),
            ("dialect", self.dialect),
            ("payload", self.payload),
            ("created_from", self.since),
            ("created_until", self.until),
            ("order", self.oldest_first.then(|| "asc".to_owned())),
            ("after", self.after),
        ];
        query.extend(conditions.into_iter().filter_map(|(name, value)| Some((name, value?))));
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
