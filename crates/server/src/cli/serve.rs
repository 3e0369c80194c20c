//! `kinora serve`

use std::{net::SocketAddr, path::PathBuf};

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{
    failure::{CliError, Outcome},
    show,
    signals::Signals,
};
use crate::{
    config::{Loaded, Sources, load},
    logging, open_files,
    serve::Server,
};

/// Options of `kinora serve`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The configuration file; without it, kinora.toml of the working directory if there is one
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where everything is kept [default: kinora-data]
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The address to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
}

impl Serve {
    pub(super) async fn run(self) -> Outcome {
        let Loaded { mut settings, .. } = self.load().map_err(CliError::Usage)?;
        logging::start(&settings.log)?;
        settings.server.connections = open_files::make_room(settings.server.connections);
        let shutdown = CancellationToken::new();
        watch_signals(shutdown.clone())?;
        let address = settings.server.listen;
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("cannot listen on {address}"))?;
        let first_key_file = crate::data_dir::DataDir::new(&settings.server.data_dir).first_key();
        let server = Server::open(listener, settings).await?;
        show::line(format_args!("Kinora listens on http://{}", server.address()?))?;
        if let Some(key) = server.first_key() {
            show::line(welcome(
                server.public_base(),
                key,
                &first_key_file.display().to_string(),
            ))?;
        }
        tracing::info!(address = %server.address()?, public_url = server.public_base(), "server started");
        server.run(shutdown).await?;
        tracing::info!("server stopped");
        Ok(())
    }

    fn load(&self) -> Result<Loaded, String> {
        let mut options = Vec::new();
        if let Some(listen) = self.listen {
            options.push(("server.listen", listen.to_string()));
        }
        if let Some(data_dir) = &self.data_dir {
            let path = data_dir.to_str().ok_or("--data-dir must be valid UTF-8")?;
            options.push(("server.data_dir", path.to_owned()));
        }
        load(&Sources::of_process(self.config.clone(), options)).map_err(|error| error.to_string())
    }
}

/// Shown once, when the first key is made.
fn welcome(base: &str, key: &str, file: &str) -> String {
    format!(
        r#"
A first API key was made. It is shown this once and kept in {file}:

  {key}

Base URL for clients: {base}
Try it with a picture of your own:

  curl -sS {base}/v1/tasks/submit -H "Authorization: {key}" -H "Content-Type: application/json" -d @- <<BODY
  {{"model": "viduq2-pro",
   "input": {{"first_frame_url": "data:image/png;base64,$(base64 -w0 picture.png)", "prompt": "make it dance."}},
   "parameters": {{"vidu_type": "img2video", "duration": 5, "resolution": "720p", "bgm": true}}}}
BODY
  curl -sS "{base}/v1/tasks/status?task_id=ID" -H "Authorization: {key}"
"#
    )
}

/// The first signal asks for an orderly end; the second ends the process at once. What was running then is
/// run again after the next start.
fn watch_signals(shutdown: CancellationToken) -> anyhow::Result<()> {
    let mut signals = Signals::new().context("signals cannot be watched")?;
    tokio::spawn(async move {
        signals.next().await;
        tracing::info!("stopping: running tasks may finish; a second signal stops at once");
        shutdown.cancel();
        signals.next().await;
        tracing::warn!("stopped at once");
        std::process::exit(1);
    });
    Ok(())
}
