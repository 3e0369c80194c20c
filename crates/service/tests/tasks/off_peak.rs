//! Tasks that can wait.

use std::time::Duration;

use domain::{failure::Code, state::StateName};
use service::{Order, Window};

use crate::bench::{Bench, failure, inline, picture, settings};

fn patient(prompt: &str) -> Order {
    let mut order = inline(&picture("chelsea.png"));
    order.draft.off_peak = Some(true);
    order.draft.prompt = Some(prompt.to_owned());
    order
}

async fn order_of_work(bench: &Bench, tasks: usize) -> Vec<String> {
    let mut prompts = Vec::new();
    for _ in 0..tasks {
        let begun = bench.engine.begins().await;
        prompts.push(begun.prompt.clone());
        begun.succeed();
    }
    prompts
}

#[tokio::test]
async fn off_peak_tasks_run_when_nothing_else_waits() {
    let mut bench = Bench::new(settings()).await;
    bench.order(patient("later")).await.unwrap();
    bench.submit().await;
    bench.submit().await;
    bench.start();
    let prompts = order_of_work(&bench, 3).await;
    assert_eq!(prompts, ["a cat looks up", "a cat looks up", "later"]);
}

#[tokio::test]
async fn inside_the_window_they_count_like_all_others() {
    let mut settings = settings();
    // The clock begins at 2027-01-15, 08:00 UTC.
    settings.worker.off_peak_window = Window::parse("07:00-09:00");
    let mut bench = Bench::new(settings).await;
    bench.order(patient("first")).await.unwrap();
    bench.submit().await;
    bench.start();
    assert_eq!(order_of_work(&bench, 2).await, ["first", "a cat looks up"]);
}

#[tokio::test]
async fn after_two_days_they_fail_with_the_reason() {
    let mut settings = settings();
    settings.worker.concurrency = 0;
    let mut bench = Bench::new(settings).await;
    let task = bench.order(patient("never")).await.unwrap().task;
    let usual = bench.submit().await;
    bench.clock.advance(Duration::from_secs(49 * 3600));
    bench.start();
    let view = bench.reaches(task.id, StateName::Failed).await;
    assert_eq!(failure(&view).code, Code::OffPeakExpired);
    assert!(failure(&view).public.contains("48 hours"));
    assert_eq!(bench.poll(usual.id).await.task.state.name(), StateName::Queued);
}
