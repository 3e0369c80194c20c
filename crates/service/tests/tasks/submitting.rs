//! What is refused at the door, and what comes of asking twice.

use domain::{
    draft::{DraftImage, Field},
    failure::Code,
    store::Idempotency,
};
use service::{Order, Rejected};

use crate::bench::{Bench, inline, order, picture, settings};

fn code(rejected: Rejected) -> Code {
    match rejected {
        Rejected::Failure(failure) => failure.code,
        Rejected::Faults(faults) => panic!("these are faults: {faults}"),
    }
}

fn idempotent(body: u8) -> Order {
    Order {
        idempotency: Some(Idempotency {
            key: String::from("order 66"),
            body_hash: [body; 32],
        }),
        ..inline(&picture("chelsea.png"))
    }
}

#[tokio::test]
async fn the_same_request_under_the_same_idempotency_key_is_the_same_task() {
    let bench = Bench::new(settings()).await;
    let first = bench.order(idempotent(1)).await.unwrap();
    let second = bench.order(idempotent(1)).await.unwrap();
    assert!(!first.replayed && second.replayed);
    assert_eq!(first.task.id, second.task.id);
    assert_eq!(bench.files("objects"), [format!("inputs/{}/0", first.task.id)]);

    let refused = bench.order(idempotent(2)).await.unwrap_err();
    assert_eq!(code(refused), Code::IdempotencyMismatch);
    assert_eq!(bench.files("objects").len(), 1);
}

#[tokio::test]
async fn a_full_queue_refuses_and_keeps_nothing() {
    let mut settings = settings();
    settings.limits.queue_per_key = 2;
    let bench = Bench::new(settings).await;
    bench.submit().await;
    bench.submit().await;
    let refused = bench.order(inline(&picture("chelsea.png"))).await.unwrap_err();
    assert_eq!(code(refused), Code::QueueFull);
    assert_eq!(bench.files("objects").len(), 2);
}

#[tokio::test]
async fn an_engine_says_no_at_once() {
    let bench = Bench::new(settings()).await;
    let mut impossible = inline(&picture("chelsea.png"));
    impossible.draft.prompt = Some(String::from("impossible"));
    assert_eq!(code(bench.order(impossible).await.unwrap_err()), Code::FieldInvalid);
    assert!(bench.files("objects").is_empty());
}

#[tokio::test]
async fn every_bad_inline_picture_is_named_with_its_fault() {
    let bench = Bench::new(settings()).await;
    let no_picture = bench.folder.path().join("no-picture.png");
    std::fs::write(&no_picture, b"GIF89a and so on").unwrap();
    let images = vec![DraftImage::Inline(0), DraftImage::Inline(1), DraftImage::Inline(7)];
    let files = vec![picture("chelsea.png"), no_picture];
    let Rejected::Faults(faults) = bench.order(order(images, files.clone())).await.unwrap_err() else {
        panic!("a picture that did not come is a fault");
    };
    assert_eq!(faults.0.first().map(|fault| fault.field), Some(Field::Image(2)));

    let images = vec![DraftImage::Inline(0), DraftImage::Inline(1)];
    let Rejected::Faults(faults) = bench.order(order(images, files)).await.unwrap_err() else {
        panic!("a picture of the wrong format is a fault");
    };
    let found: Vec<_> = faults.0.iter().map(|fault| (fault.field, fault.code)).collect();
    assert_eq!(found, [(Field::Image(1), Code::ImageFormat)]);
    assert!(bench.files("objects").is_empty());
}

#[tokio::test]
async fn all_faults_of_a_draft_are_reported_at_once() {
    let bench = Bench::new(settings()).await;
    let mut wrong = inline(&picture("chelsea.png"));
    wrong.draft.duration = Some(11);
    wrong.draft.amplitude = Some(String::from("wild"));
    let Rejected::Faults(faults) = bench.order(wrong).await.unwrap_err() else {
        panic!("these are faults of the request");
    };
    let fields: Vec<_> = faults.0.iter().map(|fault| fault.field).collect();
    assert_eq!(fields, [Field::Duration, Field::Amplitude]);
}

#[tokio::test]
async fn a_seed_is_drawn_when_none_was_sent_and_kept_when_one_was() {
    let bench = Bench::new(settings()).await;
    let drawn = bench.submit().await.request.seed;
    assert!(drawn > 0);
    let mut chosen = inline(&picture("chelsea.png"));
    chosen.draft.seed = Some(41_822);
    assert_eq!(bench.order(chosen).await.unwrap().task.request.seed, 41_822);
}
