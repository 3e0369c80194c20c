//! The engines behind the models: each is a [`domain::engine::Engine`].

pub mod motion;
pub mod speech;
