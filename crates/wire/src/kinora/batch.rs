//! Many submits in one body.

use domain::{
    draft::{Fault, Faults, Field},
    failure::Code,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{error, status::View, submit};

const MOST_TASKS: usize = 100;

/// The tasks of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::BatchRequest)]
pub struct Request {
    /// 1 to 100, each as the body of a submit.
    pub tasks: Vec<submit::Request>,
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::BatchAnswer)]
pub struct Answer {
    /// In the order of the request.
    pub data: Vec<Item>,
}

/// What became of one of its tasks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::BatchItem)]
pub struct Item {
    /// Its place in the request, from 0.
    pub index: usize,
    /// Null when it was refused.
    pub task: Option<View>,
    /// Null when it was accepted.
    pub error: Option<error::Error>,
}

/// Takes a batch apart: the body of each submit.
///
/// # Errors
/// When it is no object with a list of 1 to 100 tasks.
pub fn tasks(body: &[u8]) -> Result<Vec<Vec<u8>>, Faults> {
    let refuse = |problem: &str| Faults(vec![Fault::new(Field::Body, Code::BodyMalformed, problem)]);
    let value: Value = serde_json::from_slice(body).map_err(|_| refuse("is not valid JSON"))?;
    let tasks = value.get("tasks").and_then(Value::as_array);
    let tasks = tasks.ok_or_else(|| refuse("must be a JSON object with a list of tasks"))?;
    if tasks.is_empty() || tasks.len() > MOST_TASKS {
        return Err(refuse("must hold 1 to 100 tasks"));
    }
    Ok(tasks.iter().map(|task| task.to_string().into_bytes()).collect())
}
