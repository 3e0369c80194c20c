//! Several keys on one service.

use domain::{failure::Code, state::StateName, store::KeyLimits};
use service::{Rejected, keys};

use crate::bench::{Bench, inline, picture, settings};

#[tokio::test]
async fn a_quota_is_the_keys_own_or_everybodys_and_failures_give_it_back() {
    let mut settings = settings();
    settings.limits.daily_seconds_per_key = 7;
    let bench = Bench::new(settings).await;
    let task = bench.submit().await;
    let refused = bench.order(inline(&picture("chelsea.png"))).await.unwrap_err();
    assert!(matches!(&refused, Rejected::Failure(failure) if failure.code == Code::QuotaExceeded));
    assert_eq!(
        bench.files("objects/inputs").len(),
        1,
        "nothing is kept of what was refused"
    );
    let limits = KeyLimits {
        daily_seconds: Some(10),
        ..KeyLimits::default()
    };
    assert!(keys::limit(&*bench.store, "test", &limits).await.unwrap());
    let mut caller = bench.caller.clone();
    caller.limits = limits;
    let order = || inline(&picture("chelsea.png"));
    bench.service.submit(&caller, order()).await.unwrap();
    assert!(bench.service.submit(&caller, order()).await.is_err());
    let cancelled = bench
        .service
        .cancel(&caller, task.id, domain::request::Dialect::Kinora)
        .await;
    assert_eq!(cancelled.unwrap().task.state.name(), StateName::Cancelled);
    bench.service.submit(&caller, order()).await.unwrap();
}

#[tokio::test]
async fn one_key_does_not_take_every_worker() {
    let mut settings = settings();
    settings.worker.concurrency = 3;
    settings.limits.running_per_key = 1;
    let mut bench = Bench::new(settings).await;
    let stranger = bench.stranger().await;
    bench.submit().await;
    bench.submit().await;
    let theirs = bench.service.submit(&stranger, inline(&picture("chelsea.png"))).await;
    let theirs = theirs.unwrap().task;
    bench.start();
    let begun = [bench.engine.begins().await, bench.engine.begins().await];
    assert!(!bench.engine.was_called().await);
    for one in begun {
        one.succeed();
    }
    let last = bench.engine.begins().await;
    // Its end may be noted a moment after that of the other one.
    bench.caller = stranger;
    bench.reaches(theirs.id, StateName::Succeeded).await;
    last.succeed();
}
