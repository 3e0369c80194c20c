//! What the HTTP server and the log can be told.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use serde::{Deserialize, Serialize};
use service::quantity;
use url::Url;

/// Where and how the server listens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerSettings {
    pub listen: SocketAddr,
    /// Base of every link. `None`: made from the address that it listens on.
    pub public_url: Option<Url>,
    /// Database, secret, first key and artifacts.
    pub data_dir: PathBuf,
    /// Connections served at once; more wait to be accepted.
    pub connections: usize,
    /// How long a client may take to send a request's head.
    #[serde(with = "quantity::duration")]
    pub header_timeout: Duration,
    /// Time without a byte after which a request's body is given up.
    #[serde(with = "quantity::duration")]
    pub body_timeout: Duration,
    /// Time without a byte being taken after which an answer is given up.
    #[serde(with = "quantity::duration")]
    pub write_timeout: Duration,
    /// Bytes per second that a client must send of a body, or take of an answer, on the average: the two times before
    /// are spent while it is slower and earned back while it is faster. 0: any byte is enough.
    #[serde(with = "quantity::bytes")]
    pub min_rate: u64,
    /// Longest request body.
    #[serde(with = "quantity::bytes")]
    pub body_limit: u64,
    /// Requests per second of one API key without a rate of its own; 0 is no limit. Ten seconds' worth may come
    /// at once.
    pub requests_per_second: u32,
    /// Whether `/metrics` asks for an API key.
    pub metrics_key: bool,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            data_dir: PathBuf::from("kinora-data"),
            connections: 1024,
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            write_timeout: Duration::from_secs(60),
            min_rate: 512,
            body_limit: 70 << 20,
            requests_per_second: 1000,
            metrics_key: false,
        }
    }
}

impl ServerSettings {
    /// The base of every link, without a slash at its end.
    pub fn public_base(&self, bound: SocketAddr) -> String {
        if let Some(url) = &self.public_url {
            return url.as_str().trim_end_matches('/').to_owned();
        }
        let reachable = match bound {
            _ if !bound.ip().is_unspecified() => bound,
            SocketAddr::V4(_) => SocketAddr::from(([127, 0, 0, 1], bound.port())),
            SocketAddr::V6(_) => SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, bound.port())),
        };
        format!("http://{reachable}")
    }

    pub(super) fn check(&self) -> Result<(), String> {
        if self.connections == 0 {
            return Err("server.connections must be at least 1".to_owned());
        }
        let timeouts = [self.header_timeout, self.body_timeout, self.write_timeout];
        if timeouts.iter().any(Duration::is_zero) || self.body_limit == 0 {
            return Err("server.header_timeout, server.body_timeout, server.write_timeout and server.body_limit must not be zero".to_owned());
        }
        match &self.public_url {
            Some(url) if !matches!(url.scheme(), "http" | "https") || !url.has_host() => {
                Err("server.public_url must be an http or https URL".to_owned())
            }
            Some(url) if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() => {
                Err("server.public_url must be a plain base: no user, query or fragment".to_owned())
            }
            _ => Ok(()),
        }
    }
}

/// How the log is written, on standard error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    pub format: LogFormat,
    /// A level, or a list such as `info,service=debug`.
    pub filter: String,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            format: LogFormat::Auto,
            filter: "info".to_owned(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text on a terminal, JSON otherwise.
    Auto,
    Text,
    Json,
}
