//! A client takes a task back, or wants to hear of it no more.

use domain::{
    id::{KeyId, TaskId},
    state::StateName,
    store::{Cancellation, Deletion, Reach},
};

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::{
    error::Error,
    rows::{self, NamedColumns},
};

pub(super) struct Cancel {
    pub(super) key: KeyId,
    pub(super) task: TaskId,
    pub(super) reach: Reach,
}

impl Operation for Cancel {
    type Answer = Cancellation;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<Cancellation, Error> {
        writing.waiting.clear();
        let values = (
            self.task.as_i64(),
            self.key.0,
            writing.now.milliseconds(),
            self.reach == Reach::Running,
        );
        let touched = writing.first(queries::CANCEL_TASK, values, |row| {
            Ok((rows::state_name(row)?, row.flag("has_webhook")?))
        })?;
        let Some((state, has_webhook)) = touched else {
            return self.too_late(writing);
        };
        if state != StateName::Cancelled {
            return Ok(Cancellation::Requested);
        }
        if has_webhook {
            writing.announce(self.task)?;
        }
        Ok(Cancellation::Cancelled)
    }
}

impl Cancel {
    fn too_late(&self, writing: &Writing<'_>) -> Result<Cancellation, Error> {
        let values = (self.task.as_i64(), self.key.0);
        let state = writing.first(queries::FIND_STATE, values, |row| rows::state_name(row))?;
        Ok(state.map_or(Cancellation::Unknown, Cancellation::TooLate))
    }
}

pub(super) struct Delete {
    pub(super) key: KeyId,
    pub(super) task: TaskId,
}

impl Operation for Delete {
    type Answer = Deletion;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<Deletion, Error> {
        writing.waiting.clear();
        let values = (self.task.as_i64(), self.key.0, writing.now.milliseconds());
        let state = writing.first(queries::HIDE_TASK, values, |row| rows::state_name(row))?;
        Ok(match state {
            None => Deletion::Unknown,
            Some(StateName::Running) => Deletion::Stopping,
            Some(_) => Deletion::Deleted,
        })
    }
}
