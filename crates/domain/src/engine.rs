//! What makes the video.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use async_trait::async_trait;

use crate::{
    artifact::ArtifactKind,
    failure::Failure,
    media::Size,
    recipe::Recipe,
    request::{GenerationRequest, Warning},
    state::Progress,
};

/// What the engine and its supervisor tell each other while it works. Cheap to read and write from
/// any thread.
#[derive(Debug, Default)]
pub struct JobWatch {
    done: AtomicU32,
    total: AtomicU32,
    cancelled: AtomicBool,
}

impl JobWatch {
    pub fn set_total(&self, frames: u32) {
        self.total.store(frames, Ordering::Relaxed);
    }

    /// One more frame is rendered and encoded.
    pub fn frame_done(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    pub fn progress(&self) -> Progress {
        Progress {
            done: self.done.load(Ordering::Relaxed),
            total: self.total.load(Ordering::Relaxed),
        }
    }

    /// Asks the engine to stop; it does within one frame.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// What an engine gets beside the request.
#[derive(Debug, Clone)]
pub struct Job {
    /// The pictures' bytes, one file for each of the request's images, in order.
    pub pictures: Vec<PathBuf>,
    /// The bytes of the picture that is drawn as the watermark, if there is one.
    pub mark: Option<PathBuf>,
    /// An empty folder of this attempt's own, deleted after it.
    pub scratch: PathBuf,
    pub watch: Arc<JobWatch>,
}

/// What an engine made.
#[derive(Debug, Clone)]
pub struct Generated {
    /// Files in the scratch folder.
    pub files: Vec<(ArtifactKind, PathBuf)>,
    pub size: Size,
    pub frames: u32,
    pub recipe: Option<Recipe>,
    /// What was found to have no effect only while working.
    pub warnings: Vec<Warning>,
}

/// Makes videos.
#[async_trait]
pub trait Engine: Send + Sync {
    /// As in the catalog.
    fn name(&self) -> &'static str;

    /// Asked at submit, so that "no" comes at once.
    ///
    /// # Errors
    /// Why this engine will never serve the request.
    fn accepts(&self, request: &GenerationRequest) -> Result<(), Failure>;

    /// Makes the video. CPU work happens off the async threads.
    ///
    /// # Errors
    /// [`crate::failure::Code::Cancelled`] when the watch asked for it; else what went wrong and whose
    /// fault it is.
    async fn generate(&self, request: &GenerationRequest, job: &Job) -> Result<Generated, Failure>;
}
