//! The engines behind the models: each is a [`domain::engine::Engine`]; and the programs and servers that speak.

mod background;
pub mod motion;
pub mod speech;
