//! Processes that give the same ids.

use std::time::Duration;

use domain::store::{Submission, TaskStore};
use service::PictureBytes;
use store::contract::sample;

use crate::bench::{Bench, inline, picture, settings};

/// Another process gives the id that this one would give next.
async fn occupy(bench: &Bench, after: domain::id::TaskId) -> domain::id::TaskId {
    let mut theirs = sample::task(bench.caller.key, 1);
    theirs.id = after.following();
    let inserted = bench.store.submit(theirs).await.unwrap();
    assert!(matches!(inserted, Submission::Created(_)), "{inserted:?}");
    after.following()
}

#[tokio::test]
async fn an_id_that_another_process_gave_is_passed_over() {
    let bench = Bench::new(settings()).await;
    let first = bench.submit().await;
    // From here on chance has no say: each id is the one above the last.
    bench.clock.turn_back(Duration::from_secs(3600));
    let theirs = occupy(&bench, first.id).await;
    let second = bench.submit().await;
    assert_eq!(second.id, theirs.following());
    let number = second.id;
    assert_eq!(
        bench.files("objects"),
        [format!("inputs/{}/0", first.id), format!("inputs/{number}/0")]
    );

    let theirs = occupy(&bench, second.id).await;
    let mut small = inline(&picture("mascot.png"));
    let bytes = std::fs::read(picture("mascot.png")).unwrap();
    small.inlines = vec![PictureBytes::Small(bytes.clone().into())];
    let third = bench.order(small).await.unwrap().task;
    assert_eq!(third.id, theirs.following());
    assert_eq!(bench.store.picture(third.id, 0).await.unwrap(), Some(bytes));
    assert_eq!(bench.store.picture(theirs, 0).await.unwrap(), None);
}

#[tokio::test]
async fn pictures_that_another_process_has_just_placed_are_left_alone() {
    let bench = Bench::new(settings()).await;
    let first = bench.submit().await;
    bench.clock.turn_back(Duration::from_secs(3600));
    // Its row is not there yet.
    let theirs = first.id.following();
    let folder = bench.folder.path().join(format!("objects/inputs/{theirs}"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("0"), b"theirs").unwrap();
    let second = bench.submit().await;
    assert_eq!(second.id, theirs.following());
    assert_eq!(std::fs::read(folder.join("0")).unwrap(), b"theirs");
    let refused = inline(&picture("chelsea.png"));
    let limits = domain::store::KeyLimits {
        daily_seconds: Some(0),
        ..bench.caller.limits
    };
    let caller = service::Caller {
        limits,
        ..bench.caller.clone()
    };
    assert!(bench.service.submit(&caller, refused).await.is_err());
    let left = [
        format!("inputs/{}/0", first.id),
        format!("inputs/{theirs}/0"),
        format!("inputs/{}/0", second.id),
    ];
    assert_eq!(bench.files("objects"), left, "what a refused one placed is gone");
}
