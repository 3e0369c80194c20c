//! The motion engine: pictures and a prompt become a recipe, and a recipe becomes frames. Pure: no files,
//! no clock, no network, and the same arguments give the same bytes.
//!
//! ```text
//! pictures -> Study (fitted, analysed) -> planning (with the prompt) -> Recipe -> Clip -> frames
//! ```

mod analysis;
mod camera;
mod check;
mod clip;
mod convert;
mod depth;
mod error;
mod fit;
mod flow;
mod grade;
mod keyframes;
mod label;
mod layer;
mod light;
mod overlay;
mod planning;
mod prompt;
mod raster;
mod scene;
mod scenery;
mod stages;
mod study;
mod subject;
mod timing;
mod transition;
mod view;

pub use check::check;
pub use clip::{Clip, SourceBounds};
pub use convert::frame_to_picture;
pub use depth::{Depth, DepthMap};
pub use error::MotionError;
pub use keyframes::keyframes_that_fit;
pub use label::{DEFAULT_LABEL, Labelled};
pub use planning::{Wish, plan, summary};
pub use raster::Detail;
pub use stages::Stages;
pub use study::Study;
