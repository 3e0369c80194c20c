//! The callback's body: the task, as a query would show it.

use domain::{callback::CallbackBody, task::TaskView};

use super::status;

/// Makes the bodies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Callback;

impl CallbackBody for Callback {
    fn body(&self, view: &TaskView) -> String {
        // Structs of strings and numbers always serialise.
        serde_json::to_string(&status::answer(view)).unwrap_or_default()
    }
}
