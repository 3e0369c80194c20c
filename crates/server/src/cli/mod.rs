//! The command line: a file per command. Results go to standard output, progress and logs to standard error.

mod cancel;
mod client;
mod configuration;
mod delete;
mod failure;
mod fetch;
mod generate;
mod keys;
mod list;
mod models;
mod output;
mod picture_file;
mod progress;
mod recipe_file;
mod recipe_words;
mod retry;
mod serve;
mod show;
mod signals;
mod status;
mod submit;
mod table;
mod target;
mod usage;
mod voices;
mod wait;
mod webhooks;
mod wish;

use clap::{Parser, Subcommand};

pub use failure::{CliError, Outcome};

/// Turns a picture and a prompt into a video: on the spot, or as a service.
#[derive(Debug, Parser)]
#[command(name = "kinora", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a clip here and now, without a server
    Generate(generate::Generate),
    /// Run the server and its workers
    Serve(serve::Serve),
    /// Hand a task to a running server and print its id
    Submit(submit::Submit),
    /// Show a task
    Status(status::Status),
    /// Wait for a task to end, and download its video
    Wait(wait::Wait),
    /// Download a finished task's video
    Fetch(fetch::Fetch),
    /// Cancel a task
    Cancel(cancel::Cancel),
    /// Make a task's video again, as a new task, and print its id
    Retry(retry::Retry),
    /// Delete a task with its pictures and results
    Delete(delete::Delete),
    /// List tasks, newest first
    List(list::List),
    /// List the webhooks of tasks, show their tries, and send them again
    Webhooks(webhooks::Webhooks),
    /// Show what the key used: seconds of video by day, or the ledger behind them
    Usage(usage::Usage),
    /// Make, list and revoke API keys of a data directory
    Keys(keys::Keys),
    /// Show the models that clients may ask for
    Models(models::Models),
    /// Show the voices that --voice and `voice_id` may name
    Voices(voices::Voices),
    /// Show the effective configuration and where each value came from
    Config(configuration::Configuration),
}

/// Runs one command to its end.
///
/// # Errors
/// Wrong usage, or what kept the command from doing its work.
pub fn run(cli: Cli) -> Outcome {
    match cli.command {
        Command::Generate(command) => on_one_thread()?.block_on(command.run()),
        Command::Models(command) => command.run(),
        Command::Voices(command) => command.run(),
        Command::Config(command) => command.run(),
        Command::Serve(command) => on_all_cores()?.block_on(command.run()),
        Command::Keys(command) => on_one_thread()?.block_on(command.run()),
        Command::Submit(command) => on_one_thread()?.block_on(command.run()),
        Command::Status(command) => on_one_thread()?.block_on(command.run()),
        Command::Wait(command) => on_one_thread()?.block_on(command.run()),
        Command::Fetch(command) => on_one_thread()?.block_on(command.run()),
        Command::Cancel(command) => on_one_thread()?.block_on(command.run()),
        Command::Retry(command) => on_one_thread()?.block_on(command.run()),
        Command::Delete(command) => on_one_thread()?.block_on(command.run()),
        Command::List(command) => on_one_thread()?.block_on(command.run()),
        Command::Webhooks(command) => on_one_thread()?.block_on(command.run()),
        Command::Usage(command) => on_one_thread()?.block_on(command.run()),
    }
}

fn on_all_cores() -> Result<tokio::runtime::Runtime, CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| CliError::Failed(error.into()))
}

fn on_one_thread() -> Result<tokio::runtime::Runtime, CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| CliError::Failed(error.into()))
}
