//! What the engine says when it cannot, when it is told to stop, and what it cannot speak.

#[expect(dead_code, reason = "shared with other tests")]
mod support;

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    artifact::ArtifactKind,
    draft::Field,
    engine::{Engine, Job, JobWatch},
    failure::{Blame, Code},
    places::Places,
    request::{Profile, Resolution},
};
use engines::motion::{MotionEngine, MotionSettings, Order, explain};
use support::{example, made, request, try_make};

#[test]
fn a_bad_picture_is_named_by_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let bad: PathBuf = folder.path().join("picture.png");
    std::fs::write(&bad, b"GIF89a\x01\0\x01\0").unwrap();
    let alone = try_make(&request(1), std::slice::from_ref(&bad), 0).err().unwrap();
    assert_eq!((alone.code, alone.blame), (Code::ImageFormat, Blame::SourceImage));
    assert_eq!(alone.field, Some(Field::Image(0)));
    let files = [example("coffee.png"), bad.clone()];
    let second = try_make(&request(2), &files, 0).err().unwrap();
    assert_eq!(second.field, Some(Field::Image(1)));
    let mut frames = request(2);
    frames.extras.places = Places::Segments;
    let third = try_make(&frames, &files, 0).err().unwrap();
    assert_eq!(third.field, Some(Field::KeyImage(0)));
    assert_eq!(
        explain(&Order::new(&request(2), &files), &MotionSettings::default())
            .err()
            .unwrap(),
        second
    );
    let path = folder.path().to_string_lossy().into_owned();
    assert!(!second.public.contains(&path) && !alone.public.contains(&path));
}

#[test]
fn a_missing_file_is_our_fault_and_its_path_stays_hidden() {
    let missing = try_make(&request(1), &[PathBuf::from("/nowhere/picture.png")], 0)
        .err()
        .unwrap();
    assert_eq!(missing.code, Code::Internal);
    assert_eq!(missing.public, "internal error");
    let none = try_make(&request(1), &[], 0).err().unwrap();
    assert_eq!(none.code, Code::Internal);
}

#[test]
fn what_can_never_be_made_is_refused_at_once() {
    let engine = MotionEngine::default();
    assert_eq!(engine.name(), "motion");
    assert!(engine.accepts(&request(1)).is_ok());
    assert_eq!(engine.accepts(&request(0)).unwrap_err().code, Code::ImageCount);
    let mut endless = request(1);
    endless.duration = 3600;
    assert_eq!(engine.accepts(&endless).unwrap_err().code, Code::FieldInvalid);
    endless.duration = 0;
    assert_eq!(engine.accepts(&endless).unwrap_err().code, Code::FieldInvalid);
}

fn job(folder: &tempfile::TempDir) -> Job {
    Job {
        mark: None,
        pictures: vec![example("coffee.png")],
        scratch: folder.path().to_owned(),
        watch: Arc::new(JobWatch::default()),
    }
}

#[tokio::test]
async fn the_engine_makes_the_same_file_as_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let job = job(&folder);
    let engine = MotionEngine::default();
    let generated = engine.generate(&request(1), &job).await.unwrap();
    assert_eq!((job.watch.progress().done, job.watch.progress().total), (24, 24));
    let direct = made(&request(1), &["coffee.png"]);
    for (kind, file) in &generated.files {
        assert!(std::fs::read(file).unwrap() == direct.bytes(*kind), "{kind:?}");
        assert!(file.starts_with(folder.path()));
    }
    assert_eq!(generated.files.len(), ArtifactKind::USUAL.len());
}

#[tokio::test]
async fn cancelling_ends_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let job = job(&folder);
    let mut long = request(1);
    (long.duration, long.resolution) = (20, Resolution::P720);
    let (engine, watch) = (MotionEngine::default(), job.watch.clone());
    let work = tokio::spawn(async move { engine.generate(&long, &job).await });
    let deadline = Instant::now() + Duration::from_secs(120);
    while watch.progress().done == 0 && Instant::now() < deadline {
        tokio::task::yield_now().await;
    }
    watch.cancel();
    let failure = work.await.unwrap().unwrap_err();
    assert_eq!(failure.code, Code::Cancelled);
    let progress = watch.progress();
    assert!(progress.done < progress.total, "{progress:?}");
}

#[test]
fn cancelled_before_it_began_it_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let watch = JobWatch::default();
    watch.cancel();
    let settings = MotionSettings::default();
    let files = [example("coffee.png")];
    let request = request(1);
    let order = Order::new(&request, &files);
    let failure = engines::motion::make(&order, folder.path(), &ArtifactKind::USUAL, &settings, &watch).unwrap_err();
    assert_eq!(failure.code, Code::Cancelled);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_is_said_is_not_asked_for() {
    let mut request = request(1);
    request.prompt = "static camera; she says \"dance with me in the rain\"".to_owned();
    let recipe = explain(
        &Order::new(&request, &[example("coffee.png")]),
        &MotionSettings::default(),
    )
    .unwrap()
    .recipe;
    let told = [recipe.understood, recipe.without_effect].concat().join(" ");
    assert!(!told.contains("dance") && !told.contains("rain"), "{told}");
}

#[test]
fn profiles_make_different_files() {
    let [pro, fast] = [Profile::Pro, Profile::Fast].map(|profile| {
        let mut request = request(1);
        request.profile = profile;
        made(&request, &["coffee.png"]).bytes(ArtifactKind::Video).len()
    });
    assert!(fast < pro, "{fast} bytes against {pro}");
}
