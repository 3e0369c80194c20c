//! A task as our own dialect shows it.

use domain::{
    recipe::Recipe,
    request::Warning as TaskWarning,
    state::{Output, Progress as Frames, StateName, TaskState},
    task::{Link as FileLink, TaskView},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    echo::{self, Echo},
    fields,
};
use crate::rfc3339;

/// One task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Task)]
pub struct View {
    /// Decimal digits.
    #[schema(example = "7530125487000584192")]
    pub id: String,
    /// `queued`, `running`, `succeeded`, `failed`, `cancelled`; the last three are final.
    #[schema(value_type = String, example = "running")]
    pub state: StateName,
    pub progress: Progress,
    /// 1 is next; null when the task does not wait.
    pub queue_position: Option<u32>,
    /// How many attempts were begun.
    pub attempts: u32,
    /// The dialect that the task was made in.
    #[schema(value_type = String, example = "kinora")]
    pub dialect: domain::request::Dialect,
    /// The task that this one repeats, where it was made by a retry.
    pub made_from: Option<String>,
    #[schema(example = "viduq2-pro")]
    pub model: String,
    pub request: Echo,
    /// The seed that is used: the client's, or the one that was drawn.
    pub seed: u32,
    pub timings: Timings,
    /// What was accepted and has no effect.
    pub warnings: Vec<Warning>,
    /// What the engine decided to do with prompt and picture.
    #[schema(value_type = Option<Object>)]
    pub recipe: Option<Recipe>,
    pub video: Option<Video>,
    pub cover: Option<Link>,
    pub last_frame: Option<Link>,
    pub failure: Option<Failure>,
}

/// Frames that are rendered and encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Progress)]
pub struct Progress {
    pub done: u32,
    /// 0 until the engine has begun.
    pub total: u32,
    #[schema(maximum = 100)]
    pub percent: u32,
}

/// When things happened (RFC 3339, UTC) and how long they took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Timings)]
pub struct Timings {
    #[schema(example = "2026-11-20T07:40:05.120Z")]
    pub created_at: String,
    /// When the latest attempt began.
    pub started_at: Option<String>,
    pub finished_at: Option<String>,
    /// From `created_at` to `started_at`.
    pub queue_ms: Option<u64>,
    /// Fetching and checking the pictures.
    pub fetch_ms: Option<u64>,
    /// Rendering and encoding.
    pub render_ms: Option<u64>,
}

/// A field, or a picture, that was accepted and has no effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Warning)]
pub struct Warning {
    #[schema(example = "voice_id")]
    pub field: String,
    #[schema(example = "only has an effect when audio is true")]
    pub reason: String,
}

/// The finished video.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Video)]
pub struct Video {
    /// Anyone can GET it; null once the file has expired.
    pub url: Option<String>,
    /// When this link ends (RFC 3339, UTC); asking again gives a fresh one while the file lives.
    pub expires_at: Option<String>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Whole seconds.
    pub duration: u32,
    pub frames: u32,
    pub bytes: u64,
}

/// A file that anyone can GET until it expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Link)]
pub struct Link {
    pub url: String,
    /// RFC 3339, UTC.
    pub expires_at: String,
}

/// Why a task failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Failure)]
pub struct Failure {
    #[schema(value_type = String, example = "image_unreachable")]
    pub code: domain::failure::Code,
    /// `caller`, `source_image`, `provider` or `us`.
    #[schema(value_type = String, example = "source_image")]
    pub blame: domain::failure::Blame,
    pub message: String,
}

/// Shows a task, whichever dialect made it.
pub fn answer(view: &TaskView) -> View {
    let task = &view.task;
    let output = match &task.state {
        TaskState::Succeeded { output, .. } => Some(output),
        _ => None,
    };
    let failure = match &task.state {
        TaskState::Failed { failure, .. } => Some(Failure {
            code: failure.code,
            blame: failure.blame,
            message: failure.said(fields::name),
        }),
        _ => None,
    };
    View {
        id: task.id.to_string(),
        state: task.state.name(),
        progress: progress(&task.state),
        queue_position: view.queue_position,
        attempts: task.attempts,
        dialect: task.dialect,
        made_from: task.made_from.map(|id| id.to_string()),
        model: task.request.model.clone(),
        request: echo::of(&task.request),
        seed: task.request.seed,
        timings: timings(view, output),
        warnings: task.warnings.iter().map(warning).collect(),
        recipe: output.and_then(|output| output.recipe.clone()),
        video: output.map(|output| video(view, output)),
        cover: view.links.cover.as_ref().map(link),
        last_frame: view.links.last_frame.as_ref().map(link),
        failure,
    }
}

fn progress(state: &TaskState) -> Progress {
    let frames = match state {
        TaskState::Running { progress, .. } => *progress,
        TaskState::Succeeded { output, .. } => Frames {
            done: output.frames,
            total: output.frames,
        },
        TaskState::Queued { .. } | TaskState::Failed { .. } | TaskState::Cancelled { .. } => Frames::default(),
    };
    Progress {
        done: frames.done,
        total: frames.total,
        percent: frames.percent(),
    }
}

fn timings(view: &TaskView, output: Option<&Output>) -> Timings {
    let created = view.task.created_at;
    let waited = |start: Timestamp| u64::try_from(start.since(created).as_millis()).unwrap_or(u64::MAX);
    Timings {
        created_at: rfc3339::text(created),
        started_at: view.task.started_at.map(rfc3339::text),
        finished_at: view.task.state.finished_at().map(rfc3339::text),
        queue_ms: view.task.started_at.map(waited),
        fetch_ms: output.map(|output| output.fetch_ms),
        render_ms: output.map(|output| output.render_ms),
    }
}

fn warning(warning: &TaskWarning) -> Warning {
    Warning {
        field: warning.field.clone(),
        reason: warning.reason.clone(),
    }
}

fn video(view: &TaskView, output: &Output) -> Video {
    let file = view.links.video.as_ref();
    Video {
        url: file.map(|file| file.url.clone()),
        expires_at: file.map(|file| rfc3339::text(file.expires_at)),
        width: output.size.width,
        height: output.size.height,
        duration: view.task.request.duration,
        frames: output.frames,
        bytes: output.bytes,
    }
}

fn link(file: &FileLink) -> Link {
    Link {
        url: file.url.clone(),
        expires_at: rfc3339::text(file.expires_at),
    }
}
