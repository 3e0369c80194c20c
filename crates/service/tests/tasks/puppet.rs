//! An engine that tells the test when it begins and does what it is then told.

use std::{path::PathBuf, sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::{
    artifact::ArtifactKind,
    engine::{Engine, Generated, Job, JobWatch},
    failure::{Code, Failure},
    media::Size,
    request::{GenerationRequest, Warning},
};
use tokio::sync::{Mutex, mpsc, oneshot};

/// What the bytes of its videos begin with; the seed follows.
pub(crate) const VIDEO: &str = "a video, seed ";

/// How long a frame of it takes.
const FRAME: Duration = Duration::from_millis(5);

pub(crate) enum Order {
    Succeed,
    Fail(Failure),
    Panic,
}

/// One call of the engine.
pub(crate) struct Begun {
    /// The pictures' bytes.
    pub(crate) pictures: Vec<Vec<u8>>,
    pub(crate) prompt: String,
    pub(crate) scratch: PathBuf,
    pub(crate) watch: Arc<JobWatch>,
    order: oneshot::Sender<Order>,
}

impl Begun {
    pub(crate) fn succeed(self) {
        self.tell(Order::Succeed);
    }

    pub(crate) fn fail(self, failure: Failure) {
        self.tell(Order::Fail(failure));
    }

    pub(crate) fn panic(self) {
        self.tell(Order::Panic);
    }

    fn tell(self, order: Order) {
        assert!(self.order.send(order).is_ok(), "the engine was no longer listening");
    }
}

pub(crate) struct Puppet {
    begun: mpsc::UnboundedSender<Begun>,
    calls: Mutex<mpsc::UnboundedReceiver<Begun>>,
    /// Does not heed a cancel before it was told what to do.
    pub(crate) deaf: bool,
}

impl Puppet {
    pub(crate) fn new(deaf: bool) -> Self {
        let (begun, calls) = mpsc::unbounded_channel();
        Self {
            begun,
            calls: Mutex::new(calls),
            deaf,
        }
    }

    /// Waits until the engine is called.
    pub(crate) async fn begins(&self) -> Begun {
        let mut calls = self.calls.lock().await;
        let call = tokio::time::timeout(crate::bench::DEADLINE, calls.recv()).await;
        call.expect("the engine is called in time").expect("the engine lives")
    }

    /// Whether the engine was called and the test has not looked yet.
    pub(crate) async fn was_called(&self) -> bool {
        !self.calls.lock().await.is_empty()
    }

    async fn watch_for_cancel(&self, watch: &JobWatch) {
        while self.deaf || !watch.is_cancelled() {
            tokio::time::sleep(FRAME).await;
        }
    }
}

#[async_trait]
impl Engine for Puppet {
    fn name(&self) -> &'static str {
        "motion"
    }

    fn accepts(&self, request: &GenerationRequest) -> Result<(), Failure> {
        if request.prompt == "impossible" {
            return Err(Failure::new(Code::FieldInvalid, "this cannot be filmed"));
        }
        Ok(())
    }

    async fn generate(&self, request: &GenerationRequest, job: &Job) -> Result<Generated, Failure> {
        let pictures = job.pictures.iter().map(|file| std::fs::read(file).unwrap()).collect();
        let (order, told) = oneshot::channel();
        let begun = Begun {
            pictures,
            prompt: request.prompt.clone(),
            scratch: job.scratch.clone(),
            watch: Arc::clone(&job.watch),
            order,
        };
        assert!(self.begun.send(begun).is_ok(), "the test still listens");
        let order = tokio::select! {
            order = told => order.unwrap_or(Order::Succeed),
            () = self.watch_for_cancel(&job.watch) => {
                return Err(Failure::new(Code::Cancelled, "cancelled"));
            }
        };
        match order {
            Order::Succeed => Ok(made(request, job)),
            Order::Fail(failure) => Err(failure),
            Order::Panic => panic!("told to"),
        }
    }
}

fn made(request: &GenerationRequest, job: &Job) -> Generated {
    let video = job.scratch.join("clip.mp4");
    std::fs::write(&video, format!("{VIDEO}{}", request.seed)).unwrap();
    let cover = job.scratch.join("cover.jpg");
    std::fs::write(&cover, "a cover").unwrap();
    Generated {
        files: vec![(ArtifactKind::Video, video), (ArtifactKind::Cover, cover)],
        size: Size {
            width: 1280,
            height: 720,
        },
        frames: request.duration * 24,
        recipe: None,
        warnings: vec![Warning::new("bgm", "a puppet makes no sound")],
    }
}
