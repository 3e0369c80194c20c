//! `GET /v1/videos`: which tasks, and a page of them.

use std::time::Duration;

use domain::{
    failure::Failure,
    store::{ListOrder, ListQuery},
    task::TaskView,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::status::{self, Video};

const PAGE: u32 = 20;
const LONGEST_PAGE: u32 = 100;

/// A page of videos.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = openai::VideoList, example = json!({
    "object": "list", "data": [{
        "id": "video_7530125487000584192", "object": "video", "model": "sora-2", "status": "queued", "progress": 0,
        "created_at": 1795160405, "completed_at": null, "expires_at": null, "seconds": "4", "size": "720x1280",
        "prompt": "make it dance.", "remixed_from_video_id": null, "error": null}],
    "first_id": "video_7530125487000584192", "last_id": "video_7530125487000584192", "has_more": false
}))]
pub struct List {
    /// Always `list`.
    pub object: String,
    pub data: Vec<Video>,
    pub first_id: Option<String>,
    /// For `after`.
    pub last_id: Option<String>,
    pub has_more: bool,
}

/// Reads the query's parameters.
///
/// # Errors
/// `FieldInvalid`, naming the parameter.
pub fn query(after: Option<&str>, limit: Option<&str>, order: Option<&str>) -> Result<ListQuery, Failure> {
    let after = after.map(status::parse).transpose();
    let limit = limit.map_or(Some(PAGE), |text| {
        text.parse().ok().filter(|limit| (1..=LONGEST_PAGE).contains(limit))
    });
    Ok(ListQuery {
        after: after.map_err(|_| Failure::of_parameter("after", "must be a video's id"))?,
        limit: limit.ok_or_else(|| Failure::of_parameter("limit", "must be a whole number from 1 to 100"))?,
        order: match order {
            None | Some("desc") => ListOrder::NewestFirst,
            Some("asc") => ListOrder::OldestFirst,
            Some(_) => return Err(Failure::of_parameter("order", "must be asc or desc")),
        },
        ..ListQuery::default()
    })
}

/// Shows a page. `more`: there is another one.
pub fn answer(views: &[TaskView], more: bool, kept: Duration) -> List {
    let id = |view: &TaskView| status::id(view.task.id);
    List {
        object: "list".to_owned(),
        data: views.iter().map(|view| status::answer(view, kept)).collect(),
        first_id: views.first().map(id),
        last_id: views.last().map(id),
        has_more: more,
    }
}
