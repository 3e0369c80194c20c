//! `kinora webhooks`: the callbacks of a key's tasks.

use clap::{Args, Subcommand};
use wire::kinora::webhook::View;

use super::{
    client::Client,
    failure::{CliError, Outcome},
    show, table,
    target::Target,
};

/// Options of `kinora webhooks`.
#[derive(Debug, Args)]
pub(super) struct Webhooks {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List webhooks, newest first
    List(List),
    /// Show a webhook with the log of its tries
    Show(Show),
    /// Send webhooks again, however they ended: at once, and then on the schedule
    Resend(Resend),
    /// Show what this key's webhooks are signed with
    Secret(Secret),
}

#[derive(Debug, Args)]
struct List {
    /// Only those in this state: due, delivered or dead (given up)
    #[arg(long)]
    state: Option<String>,
    /// Only those of this task
    #[arg(long, value_name = "ID")]
    task: Option<String>,
    /// At most this many, up to 500
    #[arg(long, default_value_t = 20)]
    limit: u32,
    /// The next page: the last id of the page before
    #[arg(long, value_name = "ID")]
    after: Option<String>,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Args)]
struct Show {
    /// The webhook's id, from the list
    id: String,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Args)]
struct Resend {
    /// Their ids, from the list
    #[arg(required_unless_present = "dead", conflicts_with = "dead")]
    ids: Vec<String>,
    /// All that were given up
    #[arg(long)]
    dead: bool,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Args)]
struct Secret {
    #[command(flatten)]
    target: Target,
}

impl Webhooks {
    pub(super) async fn run(self) -> Outcome {
        match self.action {
            Action::List(command) => command.run().await,
            Action::Show(command) => command.run().await,
            Action::Resend(command) => command.run().await,
            Action::Secret(command) => command.run().await,
        }
    }
}

impl List {
    async fn run(self) -> Outcome {
        let mut query = vec![("limit", self.limit.to_string())];
        let conditions = [("state", self.state), ("task_id", self.task), ("after", self.after)];
        query.extend(conditions.into_iter().filter_map(|(name, value)| Some((name, value?))));
        let page = self.target.client()?.webhooks(&query).await?;
        if self.target.json {
            show::json(&page)?;
        } else {
            let mut rows = vec![
                ["id", "state", "event", "task", "tries", "last"]
                    .map(str::to_owned)
                    .to_vec(),
            ];
            rows.extend(page.data.iter().map(row));
            show::write(table::columns(&rows))?;
        }
        Ok(())
    }
}

fn row(view: &View) -> Vec<String> {
    let last = view.tries.last();
    let last = last.map(|tried| tried.problem.clone().unwrap_or_else(|| "taken".to_owned()));
    vec![
        view.id.clone(),
        view.state.clone(),
        view.event.clone(),
        view.task_id.clone(),
        view.tries.len().to_string(),
        last.unwrap_or_default(),
    ]
}

impl Show {
    async fn run(self) -> Outcome {
        let view = self.target.client()?.webhook(&self.id).await?;
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
    show("state", Some(view.state.clone()));
    show("event", Some(format!("the task {}", view.event)));
    show("event id", Some(view.event_id.clone()));
    show("task", Some(view.task_id.clone()));
    show("created", Some(view.created_at.clone()));
    for tried in &view.tries {
        let outcome = tried.problem.as_deref().unwrap_or("taken");
        show(
            "try",
            Some(format!("{} ({} ms): {outcome}", tried.at, tried.milliseconds)),
        );
    }
    show("next try", view.next_try_at.clone());
    show("ended", view.ended_at.clone());
    rows
}

impl Resend {
    async fn run(self) -> Outcome {
        let client = self.target.client()?;
        let ids = if self.dead { dead(&client).await? } else { self.ids };
        let mut sent = Vec::with_capacity(ids.len());
        for id in &ids {
            let view = client.resend_webhook(id).await?;
            if !self.target.json {
                show::line(format_args!("{id} {}", view.state))?;
            }
            sent.push(view);
        }
        if self.target.json {
            show::json(&sent)?;
        }
        Ok(())
    }
}

/// The ids of all that were given up.
async fn dead(client: &Client) -> Result<Vec<String>, CliError> {
    let mut ids = Vec::new();
    let mut after = None;
    loop {
        let mut query = vec![("state", "dead".to_owned()), ("limit", "500".to_owned())];
        query.extend(after.map(|after| ("after", after)));
        let page = client.webhooks(&query).await?;
        ids.extend(page.data.into_iter().map(|view| view.id));
        after = page.next;
        if after.is_none() {
            return Ok(ids);
        }
    }
}

impl Secret {
    async fn run(self) -> Outcome {
        let secret = self.target.client()?.webhook_secret().await?;
        if self.target.json {
            show::json(&secret)?;
        } else {
            show::line(secret.secret)?;
        }
        Ok(())
    }
}
