//! From a submit to the bytes of a video.

use domain::{
    artifact::{ArtifactKind, ArtifactRef},
    id::TaskId,
    request::Dialect,
    state::{StateName, TaskState},
    task::TaskView,
    time::Clock,
};
use futures_util::TryStreamExt;
use service::{LinkRefused, OpenArtifact, links::SignedLink};

use crate::{
    bench::{Bench, inline, picture, settings},
    puppet::VIDEO,
};

pub(crate) async fn read(artifact: &OpenArtifact, range: std::ops::Range<u64>) -> String {
    let stream = artifact.read(range).await.unwrap();
    let chunks: Vec<bytes::Bytes> = stream.try_collect().await.unwrap();
    String::from_utf8(chunks.concat()).unwrap()
}

/// The parts of a view's video link, as a router would take it apart.
pub(crate) fn video_link(view: &TaskView) -> SignedLink {
    let link = view.links.video.as_ref().expect("a link to the video");
    let url = url::Url::parse(&link.url).unwrap();
    let mut path = url.path_segments().unwrap();
    assert_eq!(path.next(), Some("files"));
    let task: TaskId = path.next().unwrap().parse().unwrap();
    let attempt = path.next().unwrap().parse().unwrap();
    let kind = ArtifactKind::from_file_name(path.next().unwrap()).unwrap();
    let query = |name: &str| {
        let found = url.query_pairs().find(|(key, _)| key == name);
        found.unwrap().1.into_owned()
    };
    SignedLink {
        artifact: ArtifactRef { task, attempt, kind },
        expires: query("expires").parse().unwrap(),
        signature: query("signature"),
    }
}

#[tokio::test]
async fn a_submitted_picture_becomes_a_video_behind_a_signed_link() {
    let mut bench = Bench::new(settings()).await;
    let task = bench.submit().await;
    assert_eq!(task.state.name(), StateName::Queued);
    assert_eq!(bench.files("objects"), [format!("inputs/{}/0", task.id)]);

    bench.start();
    let begun = bench.engine.begins().await;
    assert_eq!(begun.pictures, [std::fs::read(picture("chelsea.png")).unwrap()]);
    begun.succeed();
    let view = bench.reaches(task.id, StateName::Succeeded).await;
    let TaskState::Succeeded { output, .. } = &view.task.state else {
        unreachable!("it was just seen to have succeeded");
    };
    let expected = format!("{VIDEO}{}", task.request.seed);
    assert_eq!(
        (output.attempt, output.frames, output.bytes),
        (1, 120, expected.len() as u64)
    );
    assert_eq!(output.artifacts, [ArtifactKind::Video, ArtifactKind::Cover]);
    assert!(
        view.task
            .warnings
            .iter()
            .any(|warning| warning.reason.contains("puppet"))
    );

    let video = bench.service.open(&video_link(&view)).await.unwrap();
    assert_eq!((video.size, video.content_type), (expected.len() as u64, "video/mp4"));
    assert_eq!(read(&video, 0..video.size).await, expected);
    assert_eq!(read(&video, 2..7).await, "video");
    assert_eq!(read(&video, 3..3).await, "");
    let again = bench.service.open(&video_link(&view)).await.unwrap();
    assert_eq!((again.etag, again.modified), (video.etag.clone(), video.modified));
    assert!(video.etag.starts_with('"') && video.etag.ends_with('"'));
    assert!(view.links.cover.is_some() && view.links.last_frame.is_none());
}

#[tokio::test]
async fn the_results_and_the_pictures_are_left_behind() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    bench.engine.begins().await.succeed();
    bench.reaches(task.id, StateName::Succeeded).await;
    bench.empties("scratch").await;
    assert_eq!(bench.files("objects/inputs"), [format!("{}/0", task.id)]);
    let results = [format!("{}/1/cover.jpg", task.id), format!("{}/1/video.mp4", task.id)];
    assert_eq!(bench.files("objects/artifacts"), results);
    assert!(picture("chelsea.png").exists(), "the caller's file is the caller's");
}

#[tokio::test]
async fn a_link_that_was_changed_or_has_expired_opens_nothing() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    bench.engine.begins().await.succeed();
    let link = video_link(&bench.reaches(task.id, StateName::Succeeded).await);

    let mut other_kind = link.clone();
    other_kind.artifact.kind = ArtifactKind::Cover;
    let refused = bench.service.open(&other_kind).await.err();
    assert_eq!(refused, Some(LinkRefused::Forged));
    let mut longer = link.clone();
    longer.expires += 1;
    assert_eq!(bench.service.open(&longer).await.err(), Some(LinkRefused::Forged));

    bench.clock.advance(std::time::Duration::from_secs(25 * 3600));
    assert_eq!(bench.service.open(&link).await.err(), Some(LinkRefused::Gone));
    let fresh = video_link(&bench.poll(task.id).await);
    assert!(
        bench.service.open(&fresh).await.is_ok(),
        "asking again gives a new link"
    );
}

#[tokio::test]
async fn the_dialect_that_asks_decides_how_long_links_live() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    bench.engine.begins().await.succeed();
    bench.reaches(task.id, StateName::Succeeded).await;
    let now = bench.clock.now();
    for (dialect, hours) in [(Dialect::Modelverse, 24), (Dialect::Jiekou, 1)] {
        let view = bench.service.poll(&bench.caller, task.id, dialect).await.unwrap();
        let seconds = view.links.video.unwrap().expires_at.since(now).as_secs();
        assert!(
            (hours * 3600..=hours * 3600 + 300).contains(&seconds),
            "{dialect:?}: {seconds}"
        );
    }
}

#[tokio::test]
async fn progress_is_seen_while_the_engine_works() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    let begun = bench.engine.begins().await;
    for _ in 0..30 {
        begun.watch.frame_done();
    }
    let TaskState::Running { attempt, progress, .. } = bench.poll(task.id).await.task.state else {
        unreachable!("the engine has not been told to end");
    };
    assert_eq!(
        (attempt, progress.done, progress.total, progress.percent()),
        (1, 30, 120, 25)
    );
    begun.succeed();
    bench.reaches(task.id, StateName::Succeeded).await;
}

#[tokio::test]
async fn waiting_tasks_know_their_place_and_metrics_count_them() {
    let bench = Bench::new(settings()).await;
    let first = bench.submit().await;
    let second = bench.order(inline(&picture("coffee.png"))).await.unwrap().task;
    assert_eq!(bench.poll(first.id).await.queue_position, Some(1));
    assert_eq!(bench.poll(second.id).await.queue_position, Some(2));
    let text = bench.service.metrics_text().await;
    assert!(text.contains("kinora_tasks{state=\"queued\"} 2"), "{text}");
    assert!(
        text.contains("kinora_submits_total{dialect=\"modelverse\"} 2"),
        "{text}"
    );
}
