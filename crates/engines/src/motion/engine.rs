use async_trait::async_trait;
use domain::{
    artifact::ArtifactKind,
    engine::{Engine, Generated, Job},
    failure::{Code, Failure},
    media::FRAME_RATE,
    request::GenerationRequest,
};

use super::{MotionSettings, make::make};

/// The longest clip, in seconds: as much sound as can be composed.
const LONGEST: u32 = sound::MOST_FRAMES / FRAME_RATE;

/// Serves the models whose engine is `motion`.
#[derive(Debug, Clone, Default)]
pub struct MotionEngine {
    settings: MotionSettings,
}

impl MotionEngine {
    pub fn new(settings: MotionSettings) -> Self {
        Self { settings }
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
        let (settings, request, job) = (self.settings.clone(), request.clone(), job.clone());
        let wanted = &ArtifactKind::ALL;
        let work = move || make(&request, &job.pictures, &job.scratch, wanted, &settings, &job.watch);
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| Failure::internal(format!("the motion engine stopped: {error}")))?
    }
}
