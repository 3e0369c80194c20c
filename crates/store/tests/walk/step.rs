//! What can be done to a store, at random.

use std::time::Duration;

use domain::{
    store::{Claim, Outcome},
    time::Timestamp,
};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use store::contract::sample;

pub(crate) const LEASE: Duration = Duration::from_secs(10);

/// How an attempt ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Succeeded,
    Failed,
    Cancelled,
    Retry,
    Returned,
}

impl How {
    pub(crate) fn outcome(self, claim: &Claim, not_before: Timestamp) -> Outcome {
        match self {
            Self::Succeeded => sample::succeeded(claim),
            Self::Failed => Outcome::Failed(sample::failure()),
            Self::Cancelled => Outcome::Cancelled,
            Self::Retry => Outcome::Retry { not_before },
            Self::Returned => Outcome::Returned { not_before },
        }
    }
}

/// `which` picks a task by its remainder; `stale` uses the attempt before the task's latest.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Submit { off_peak: bool, webhook: bool },
    Claim { window: bool },
    Beat { which: usize, stale: bool, done: u32 },
    Finish { which: usize, stale: bool, how: How },
    Cancel { which: usize },
    Release { all: bool },
    FailOverdue { older_than: Duration },
    Advance { by: Duration },
}

/// One step. Attempts are mostly fresh and time mostly moves, so that walks get far.
pub(crate) fn any_step() -> impl Strategy<Value = Step> {
    let how = prop_oneof![
        Just(How::Succeeded),
        Just(How::Failed),
        Just(How::Cancelled),
        Just(How::Retry),
        Just(How::Returned),
    ];
    let stale = || proptest::bool::weighted(0.2);
    let seconds = |most: u64| (0..=most).prop_map(Duration::from_secs);
    prop_oneof![
        4 => (any::<bool>(), any::<bool>()).prop_map(|(off_peak, webhook)| Step::Submit { off_peak, webhook }),
        6 => any::<bool>().prop_map(|window| Step::Claim { window }),
        3 => (0..9usize, stale(), 0..200u32).prop_map(|(which, stale, done)| Step::Beat { which, stale, done }),
        6 => (0..9usize, stale(), how).prop_map(|(which, stale, how)| Step::Finish { which, stale, how }),
        2 => (0..9usize).prop_map(|which| Step::Cancel { which }),
        2 => proptest::bool::weighted(0.3).prop_map(|all| Step::Release { all }),
        1 => seconds(20).prop_map(|older_than| Step::FailOverdue { older_than }),
        4 => seconds(8).prop_map(|by| Step::Advance { by }),
    ]
}
