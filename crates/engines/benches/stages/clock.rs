//! Wall and processor time.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    sync::Mutex,
    time::{Duration, Instant},
};

use domain::media::{Frame, FrameSource};
use motion::{Clip, Stages};
use rustix::time::{ClockId, clock_gettime};

pub(crate) const RUNS: usize = 3;

/// Seconds on the wall, and of all threads together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) wall: f64,
    pub(crate) cpu: f64,
}

impl Cost {
    pub(crate) fn less(self, other: Self) -> Self {
        Self {
            wall: self.wall - other.wall,
            cpu: self.cpu - other.cpu,
        }
    }
}

fn cpu_seconds(clock: ClockId) -> f64 {
    Duration::try_from(clock_gettime(clock)).unwrap().as_secs_f64()
}

pub(crate) fn once<Made>(work: impl FnOnce() -> Made) -> (Cost, Made) {
    let (start, before) = (Instant::now(), cpu_seconds(ClockId::ProcessCPUTime));
    let made = work();
    let cost = Cost {
        wall: start.elapsed().as_secs_f64(),
        cpu: cpu_seconds(ClockId::ProcessCPUTime) - before,
    };
    (cost, made)
}

/// The middle of several runs, and what the last one made.
pub(crate) fn timed<Made>(work: impl Fn() -> Made) -> (Cost, Made) {
    let mut costs = Vec::new();
    let mut last = None;
    for _ in 0..RUNS {
        let (cost, made) = once(&work);
        costs.push(cost);
        last = Some(made);
    }
    (median(costs), last.unwrap())
}

pub(crate) fn median(costs: Vec<Cost>) -> Cost {
    let middle = |value: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Cost {
        wall: middle(|cost| cost.wall),
        cpu: middle(|cost| cost.cpu),
    }
}

/// `work` without a second thread.
pub(crate) fn alone<Made: Send>(work: impl FnOnce() -> Made + Send) -> Made {
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap()
        .install(work)
}

/// All frames of `clip`, one after the other.
pub(crate) fn drawn(clip: &Clip) -> Vec<Frame> {
    let frame = |index| {
        let mut frame = Frame::black(clip.size());
        clip.render(index, &mut frame);
        frame
    };
    alone(|| (0..clip.frame_count()).map(frame).collect())
}

thread_local! {
    static BEGUN: RefCell<Vec<(Instant, f64)>> = const { RefCell::new(Vec::new()) };
}

/// What each step of a study takes on the thread that does it.
#[derive(Debug, Default)]
pub(crate) struct Parts(Mutex<BTreeMap<&'static str, Vec<Cost>>>);

impl Parts {
    /// The dearest first.
    pub(crate) fn medians(self) -> Vec<(&'static str, Cost)> {
        let parts = self.0.into_inner().unwrap();
        let mut parts: Vec<_> = parts.into_iter().map(|(step, costs)| (step, median(costs))).collect();
        parts.sort_by(|one, other| other.1.cpu.total_cmp(&one.1.cpu));
        parts
    }
}

impl Stages for Parts {
    fn begins(&self, _step: &'static str) {
        let now = (Instant::now(), cpu_seconds(ClockId::ThreadCPUTime));
        BEGUN.with_borrow_mut(|begun| begun.push(now));
    }

    fn ended(&self, step: &'static str) {
        let (start, before) = BEGUN.with_borrow_mut(Vec::pop).unwrap();
        let cost = Cost {
            wall: start.elapsed().as_secs_f64(),
            cpu: cpu_seconds(ClockId::ThreadCPUTime) - before,
        };
        self.0.lock().unwrap().entry(step).or_default().push(cost);
    }
}
