//! Which of the callbacks that are due go next.

use std::collections::{HashMap, VecDeque};

use domain::{id::KeyId, store::DeliveryTerms};

use super::{operation::Writing, queries};
use crate::{error::Error, rows::NamedColumns};

/// Callbacks of one key that are looked at: where so many are due to receivers that have no place left, the key's
/// other receivers wait as well. Other keys do not.
const LOOKED_AT: u32 = 500;

/// A callback that is due.
struct Due {
    id: i64,
    receiver: String,
}

/// The ids of the callbacks that go next. Keys take turns, those first that have the fewest under way.
pub(super) fn choose(writing: &Writing<'_>, terms: &DeliveryTerms) -> Result<Vec<i64>, Error> {
    let mut places = Places::new(terms);
    let now = writing.now.milliseconds();
    let mut keys = writing.all(queries::KEYS_WITH_DUE, [now], |row| Ok(KeyId(row.integer("id")?)))?;
    keys.retain(|key| places.has_room(*key));
    keys.sort_by_key(|key| places.of_keys.get(key).copied());
    let mut waiting = Vec::with_capacity(keys.len());
    for key in keys {
        let due = writing.all(queries::DUE_OF_KEY, (key.0, now, LOOKED_AT), |row| {
            Ok(Due {
                id: row.integer("id")?,
                receiver: row.text("receiver")?.to_owned(),
            })
        })?;
        waiting.push((key, VecDeque::from(due)));
    }
    let mut chosen = Vec::new();
    let limit = usize::try_from(terms.limit).unwrap_or(usize::MAX);
    while !waiting.is_empty() {
        let mut left = Vec::with_capacity(waiting.len());
        for (key, mut due) in waiting {
            if chosen.len() == limit {
                return Ok(chosen);
            }
            if let Some(next) = places.next(key, &mut due) {
                chosen.push(next);
                left.push((key, due));
            }
        }
        waiting = left;
    }
    Ok(chosen)
}

/// How many places are taken.
struct Places<'terms> {
    terms: &'terms DeliveryTerms,
    of_keys: HashMap<KeyId, u32>,
    of_receivers: HashMap<String, u32>,
}

impl<'terms> Places<'terms> {
    fn new(terms: &'terms DeliveryTerms) -> Self {
        let mut places = Self {
            terms,
            of_keys: HashMap::new(),
            of_receivers: HashMap::new(),
        };
        for lane in &terms.under_way {
            places.take(lane.key, &lane.receiver);
        }
        places
    }

    fn take(&mut self, key: KeyId, receiver: &str) {
        *self.of_keys.entry(key).or_default() += 1;
        *self.of_receivers.entry(receiver.to_owned()).or_default() += 1;
    }

    fn has_room(&self, key: KeyId) -> bool {
        self.of_keys.get(&key).is_none_or(|taken| *taken < self.terms.per_key)
    }

    /// Takes a place for the key's next callback whose receiver has one left; those before it are dropped.
    fn next(&mut self, key: KeyId, due: &mut VecDeque<Due>) -> Option<i64> {
        if !self.has_room(key) {
            return None;
        }
        while let Some(next) = due.pop_front() {
            let taken = self.of_receivers.get(&next.receiver);
            if taken.is_none_or(|taken| *taken < self.terms.per_receiver) {
                self.take(key, &next.receiver);
                return Some(next.id);
            }
        }
        None
    }
}
