//! Kinora's outside: the HTTP server, the command line, and what puts all parts together.

pub mod cli;
pub mod config;
pub mod data_dir;
pub mod http;
pub mod logging;
mod open_files;
pub mod serve;
