//! Task ids, no two alike.

use std::sync::{Mutex, PoisonError};

use domain::{id::TaskId, time::Timestamp};

/// The ids that a process gives. Where thousands of tasks are born in a second, chance alone gives two of the same
/// millisecond the same id now and then: each id is above the one before it.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    last: Mutex<Option<TaskId>>,
}

impl Ids {
    /// An id of this time, or just above the last one if that was no smaller.
    pub(crate) fn next(&self, now: Timestamp, random: u32) -> TaskId {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let drawn = TaskId::new(now, random);
        let id = last.map_or(drawn, |last| drawn.max(last.following()));
        *last = Some(id);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_differ_and_grow() {
        let ids = Ids::default();
        let now = Timestamp::from_milliseconds(1_700_000_000_000);
        let given: Vec<TaskId> = [7, 7, 3, u32::MAX, 0].map(|random| ids.next(now, random)).into();
        assert!(given.is_sorted_by(|one, next| one < next), "{given:?}");
        assert_eq!(given.first(), Some(&TaskId::new(now, 7)));
        // A clock that goes back changes nothing.
        let earlier = Timestamp::from_milliseconds(1_600_000_000_000);
        assert!(ids.next(earlier, 1) > given[4]);
    }
}
