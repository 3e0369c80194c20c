//! How a dialect announces a task's end.

use crate::task::TaskView;

/// Makes a dialect's callback body.
pub trait CallbackBody: Send + Sync {
    /// The JSON text to POST.
    fn body(&self, view: &TaskView) -> String;
}
