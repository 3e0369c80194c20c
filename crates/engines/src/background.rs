//! Work that must not slow down answers: on a thread of its own, at a lower priority than everything else that
//! the process does. Threads that it starts inherit the priority (Linux keeps one for each thread).

use std::thread;

use tokio::sync::oneshot;

/// Of a possible 19: whatever answers clients gets about ten times the share of a busy core.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Runs `work` to its end, however long that takes.
///
/// # Errors
/// When there is no thread for it, or it panicked.
pub(crate) async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    let (sender, done) = oneshot::channel();
    let running = move || {
        step_back();
        // Nobody may be waiting any more; then what was made is dropped.
        drop(sender.send(work()));
    };
    let started = thread::Builder::new().name("render".to_owned()).spawn(running);
    started.map_err(|error| error.to_string())?;
    done.await.map_err(|_| "it panicked".to_owned())
}

fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, NICENESS) {
        tracing::warn!(%error, "rendering runs at the usual priority");
    }
}
