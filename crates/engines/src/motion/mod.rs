//! The motion engine: camera moves, parallax and a gently moving subject, drawn from the pictures themselves.
//! Needs no weights and no network.
//!
//! ```text
//! pictures -> plan -> clip (labelled) + sound (with speech) -> encode -> video.mp4, cover.jpg, last_frame.png
//! ```

mod engine;
mod explain;
mod failures;
mod make;
mod pictures;
mod settings;
mod stills;
mod warnings;

pub use engine::MotionEngine;
pub use explain::{Plan, explain};
pub use make::{Order, make};
pub use settings::{DepthSource, MotionSettings};
