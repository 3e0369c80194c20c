//! `kinora usage`

use clap::Args;
use wire::kinora::usage::{Limits, Usage as View};

use super::{failure::Outcome, show, table, target::Target};

/// Options of `kinora usage`.
#[derive(Debug, Args)]
pub(super) struct Usage {
    /// Only from this day on: 2026-11-20, or seconds since 1970; days are in UTC
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// Only up to this day
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// Show the ledger instead of days: a line for each task that was accepted, and one for each refund
    #[arg(long)]
    ledger: bool,
    /// At most so many lines of the ledger, up to 500
    #[arg(long, default_value_t = 20)]
    limit: u32,
    /// Older lines of the ledger: the `next` of the page before
    #[arg(long, value_name = "NEXT")]
    after: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl Usage {
    pub(super) async fn run(self) -> Outcome {
        let mut query = vec![("limit", self.limit.to_string())];
        let conditions = [("from", self.since), ("to", self.until), ("after", self.after)];
        query.extend(conditions.into_iter().filter_map(|(name, value)| Some((name, value?))));
        let usage = self.target.client()?.usage(&query).await?;
        if self.target.json {
            show::json(&usage)?;
        } else if self.ledger {
            show::write(table::columns(&lines(&usage)))?;
            if let Some(next) = usage.next {
                show::line(format_args!("older lines: --after {next}"))?;
            }
        } else {
            show::write(table::columns(&days(&usage)))?;
            show::line(limits(&usage.limits))?;
        }
        Ok(())
    }
}

fn days(usage: &View) -> Vec<Vec<String>> {
    let mut rows = vec![row(["day", "tasks", "refunded", "seconds", "refunded", "used"])];
    rows.extend(usage.days.iter().map(|day| {
        vec![
            day.day.clone(),
            day.tasks.to_string(),
            day.refunded_tasks.to_string(),
            day.seconds.to_string(),
            day.refunded_seconds.to_string(),
            day.seconds.saturating_sub(day.refunded_seconds).to_string(),
        ]
    }));
    rows
}

fn lines(usage: &View) -> Vec<Vec<String>> {
    let mut rows = vec![row(["at", "task", "seconds"])];
    let entries = usage.entries.iter();
    rows.extend(entries.map(|entry| vec![entry.at.clone(), entry.task_id.clone(), entry.seconds.to_string()]));
    rows
}

fn limits(limits: &Limits) -> String {
    let daily = limits.daily_seconds.map_or_else(
        || "as many seconds of video a day as it likes".to_owned(),
        |most| format!("{most} seconds of video a day"),
    );
    let running = limits.running.map_or_else(
        || "as many running as there are workers".to_owned(),
        |most| format!("{most} running"),
    );
    format!(
        "this key may have {} tasks waiting, {running}, and {daily}",
        limits.queued
    )
}

fn row<const COLUMNS: usize>(names: [&str; COLUMNS]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}
