//! Work that must not slow down answers: on a thread of its own, which gets what everything else that the process does
//! leaves over. Threads that it starts inherit that (Linux keeps it for each thread).

use std::thread;

use tokio::sync::oneshot;

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

/// A lower nice value would not do: whoever wakes up to answer then waits, now and then, until the renderer's slice is
/// over, which is milliseconds. A thread of this policy makes way at once, and its processor counts as a free one.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the system call has no safe form")]
fn step_back() {
    let no_priority = libc::sched_param { sched_priority: 0 };
    // SAFETY: 0 is the calling thread, and the pointer is to a value that outlives the call.
    let set = unsafe { libc::sched_setscheduler(0, libc::SCHED_IDLE, &raw const no_priority) };
    if set != 0 {
        let error = std::io::Error::last_os_error();
        tracing::warn!(%error, "rendering runs at the usual priority");
    }
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    fn policy() -> i32 {
        let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
        // The 41st field; the second one, in parentheses, may hold spaces.
        let fields = stat.rsplit(") ").next().unwrap();
        fields.split(' ').nth(38).unwrap().parse().unwrap()
    }

    #[tokio::test]
    async fn work_and_the_threads_it_starts_get_what_is_left_over() {
        let policies = run(|| (policy(), thread::spawn(policy).join().unwrap())).await;
        assert_eq!(policies, Ok((libc::SCHED_IDLE, libc::SCHED_IDLE)));
        assert_eq!(policy(), libc::SCHED_OTHER, "whoever asks for it goes on as before");
    }
}
