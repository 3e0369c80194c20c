use std::time::Duration;

use async_trait::async_trait;
use domain::{
    artifact::ArtifactKind,
    engine::{Engine, Generated, Job, JobWatch},
    failure::{Code, Failure},
    media::FRAME_RATE,
    request::GenerationRequest,
};

use super::{
    MotionSettings, failures,
    make::{Order, make},
};
use crate::{
    background,
    speech::{SpeechSettings, speak},
};

/// The longest clip, in seconds: as much sound as can be composed.
const LONGEST: u32 = sound::MOST_FRAMES / FRAME_RATE;

/// Serves the models whose engine is `motion`.
#[derive(Debug, Clone, Default)]
pub struct MotionEngine {
    settings: MotionSettings,
    speech: SpeechSettings,
}

impl MotionEngine {
    pub fn new(settings: MotionSettings, speech: SpeechSettings) -> Self {
        Self { settings, speech }
    }
}

#[async_trait]
impl Engine for MotionEngine {
    fn name(&self) -> &'static str {
        "motion"
    }

    fn accepts(&self, request: &GenerationRequest) -> Result<(), Failure> {
        if request.images.is_empty() {
            return Err(Failure::new(Code::ImageCount, "at least one picture is needed"));
        }
        if !(1..=LONGEST).contains(&request.duration) {
            let public = format!("the duration must be from 1 to {LONGEST} seconds");
            return Err(Failure::new(Code::FieldInvalid, public));
        }
        Ok(())
    }

    async fn generate(&self, request: &GenerationRequest, job: &Job) -> Result<Generated, Failure> {
        let spoken = tokio::select! {
            spoken = speak(request, &self.speech) => spoken,
            () = cancelled(&job.watch) => return Err(failures::cancelled()),
        };
        if let Some(trouble) = &spoken.trouble {
            tracing::warn!(%trouble, "a clip stays without its voice");
        }
        let (settings, request, job) = (self.settings.clone(), request.clone(), job.clone());
        let work = move || {
            let order = Order {
                mark: job.mark.as_deref(),
                speech: &spoken.samples,
                ..Order::new(&request, &job.pictures)
            };
            let mut wanted = ArtifactKind::USUAL.to_vec();
            wanted.extend(&request.extras.artifacts);
            let mut made = make(&order, &job.scratch, &wanted, &settings, &job.watch)?;
            made.warnings.extend(spoken.warnings);
            Ok(made)
        };
        background::run(work)
            .await
            .map_err(|error| Failure::internal(format!("the motion engine stopped: {error}")))?
    }
}

/// How often a watch is asked while a speech engine is waited for: about once a frame.
const LOOK: Duration = Duration::from_millis(40);

/// Comes back when the watch asks for an end.
async fn cancelled(watch: &JobWatch) {
    let mut looks = tokio::time::interval(LOOK);
    while !watch.is_cancelled() {
        looks.tick().await;
    }
}
