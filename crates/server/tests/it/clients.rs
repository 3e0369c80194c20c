//! Vendors' own clients, unmodified, against a real server: `scripts/setup` installs them from the registries.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use async_openai::{
    Client,
    config::OpenAIConfig,
    error::{ApiErrorResponse, OpenAIError},
    types::videos::{CreateVideoRequest, RemixVideoRequest, VideoSeconds, VideoSize, VideoStatus},
};
use tokio::process::Command;

use crate::{
    pictures,
    server::{Kinora, until},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs a script of `tests/clients` and demands that it comes to its last line.
async fn run(interpreter: &str, script: &str) {
    let kinora = Kinora::start().await;
    let interpreter = match interpreter {
        "python" => root().join(".tools/clients/bin/python"),
        other => PathBuf::from(other),
    };
    let output = Command::new(&interpreter)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(script))
        .env("KINORA_URL", &kinora.base)
        .env("KINORA_API_KEY", &kinora.key)
        .env(
            "KINORA_PICTURE",
            std::fs::canonicalize(pictures::example("chelsea.png")).unwrap(),
        )
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .unwrap_or_else(|error| panic!("{}: {error}; scripts/setup installs it", interpreter.display()));
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.ends_with("passed\n"),
        "{script}: {said}\n{wrong}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn openai_python() {
    run("python", "openai_python.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn openai_node() {
    run("node", "openai_node.mjs").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn novita_python() {
    run("python", "novita_python.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn novita_node() {
    run("node", "novita_node.mjs").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn litellm_python() {
    run("python", "litellm_python.py").await;
}

/// A client whose types are as strict as they come: one field of another type, and reading fails.
#[tokio::test(flavor = "multi_thread")]
#[expect(deprecated, reason = "the service that it was written for has ended")]
async fn openai_rust() {
    let kinora = Kinora::start().await;
    let config = OpenAIConfig::new()
        .with_api_base(format!("{}/v1", kinora.base))
        .with_api_key(&kinora.key);
    let client = Client::with_config(config);
    let request = || CreateVideoRequest {
        model: "viduq2-turbo".to_owned(),
        prompt: "make it dance.".to_owned(),
        size: Some(VideoSize::S720x1280),
        seconds: Some(VideoSeconds::Other("1".to_owned())),
        input_reference: Some(pictures::example("chelsea.png").into()),
        character_ids: None,
    };
    let created = client.videos().create(request()).await.unwrap();
    assert_eq!((created.object.as_str(), created.size), ("video", VideoSize::S720x1280));
    let video = until(async || {
        let video = client.videos().retrieve(&created.id).await.unwrap();
        matches!(video.status, VideoStatus::Completed | VideoStatus::Failed).then_some(video)
    })
    .await;
    assert!(matches!(video.status, VideoStatus::Completed), "{video:?}");
    let content = client.videos().download_content(&video.id).await.unwrap();
    assert_eq!(content.get(4..8), Some(&b"ftyp"[..]));
    let prompt = "now it snows.".to_owned();
    let remix = client
        .videos()
        .remix(&video.id, RemixVideoRequest { prompt })
        .await
        .unwrap();
    assert_eq!(remix.remixed_from_video_id.as_ref(), Some(&video.id));
    let listed = client.videos().list().await.unwrap();
    assert_eq!((listed.data.len(), listed.last_id), (2, Some(video.id.clone())));
    assert!(client.videos().delete(&video.id).await.unwrap().deleted);
    let gone = refused(client.videos().retrieve(&video.id).await);
    assert_eq!(gone.status_code, 404, "{gone}");
    assert_eq!(
        gone.api_error.message,
        format!("Video with id '{}' not found.", video.id)
    );
    let text_alone = CreateVideoRequest {
        input_reference: None,
        ..request()
    };
    let text_alone = refused(client.videos().create(text_alone).await);
    assert_eq!(
        (text_alone.status_code.as_u16(), text_alone.api_error.param.as_deref()),
        (400, Some("input_reference"))
    );
    let character = refused(client.videos().get_character("char_7").await);
    assert!(
        character.api_error.message.contains("does not offer characters"),
        "{character}"
    );
    let stranger = OpenAIConfig::new()
        .with_api_base(format!("{}/v1", kinora.base))
        .with_api_key("kn_wrong");
    let stranger = refused(Client::with_config(stranger).videos().list().await);
    assert_eq!(
        stranger.api_error.code.as_deref(),
        Some("invalid_api_key"),
        "{stranger}"
    );
}

/// The error that the client made of the answer.
fn refused<Answer: std::fmt::Debug>(answer: Result<Answer, OpenAIError>) -> ApiErrorResponse {
    match answer.unwrap_err() {
        OpenAIError::ApiError(error) => error,
        other => panic!("{other}"),
    }
}
