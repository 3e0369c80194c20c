//! The task id of a status query.

use domain::{
    failure::{Code, Failure},
    id::TaskId,
};

/// Reads the id that a client asks for.
///
/// # Errors
/// `FieldMissing` when it was not sent or is empty. `TaskUnknown` when it is no id of ours: such a task does
/// not exist either, and the answer is the same.
pub fn parse(text: Option<&str>) -> Result<TaskId, Failure> {
    match text.map(str::trim) {
        None | Some("") => Err(Failure::new(Code::FieldMissing, "task_id is required")),
        Some(text) => text
            .parse()
            .map_err(|_| Failure::new(Code::TaskUnknown, "task not found")),
    }
}
