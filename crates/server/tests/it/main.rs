//! The product through its door: a real server on a free port with a data directory of its own, the real
//! engine, and the real binary.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]
#![expect(clippy::panic, reason = "helpers of tests may fail loudly")]

mod auth;
mod barrage;
mod binary;
mod browser;
mod cancel;
mod client_commands;
mod clients;
mod config;
mod conformance;
mod durability;
mod exchange;
mod files;
mod generate;
mod hostile;
mod idempotency;
mod jiekou;
mod keyframes;
mod killed;
mod kinora;
mod lenient;
mod marks;
mod modelverse;
mod openai;
mod openapi;
mod operations;
mod picture_host;
mod pictures;
mod probe;
mod recipes;
mod server;
mod slow_clients;
mod tenants;
mod vidu;
mod vidu_callbacks;
mod vidu_uploads;
mod watching;
mod webhook;
