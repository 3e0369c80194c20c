//! `GET /ent/v2/tasks`: which tasks, and a page of them.

use domain::{failure::Failure, id::TaskId, request::Shape, state::StateName, task::TaskView, time::Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    credits,
    status::{self, Creation, State},
    submit::image,
};
use crate::rfc3339;

const PAGE: u32 = 10;
const LONGEST_PAGE: u32 = 100;
const DEFAULT_DAYS: i64 = 7;
const MOST_PAGES: u32 = 10_000;

/// A page of tasks, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::TaskList, example = json!({
    "next_page_token": "", "tasks": [{
        "id": "7530125487000584192", "key_id": "1", "template": "", "state": "success", "err_code": "",
        "model": "viduq2-pro", "prompt": "make it dance.", "images": ["https://example.com/cat.png"], "duration": 5, "seed": 1406128203,
        "resolution": "720p", "aspect_ratio": "", "movement_amplitude": "auto", "payload": "order 7", "credits": 40, "bgm": false,
        "off_peak": false, "watermark": false, "created_at": "2026-11-20T07:40:05.120Z", "creations": []}]
}))]
pub struct List {
    /// For `pager.page_token`; empty on the last page.
    pub next_page_token: String,
    pub tasks: Vec<Row>,
}

/// One task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::TaskRow)]
pub struct Row {
    pub id: String,
    pub key_id: String,
    /// Always empty.
    pub template: String,
    pub state: State,
    pub err_code: String,
    pub model: String,
    pub prompt: String,
    pub images: Vec<String>,
    pub duration: u32,
    pub seed: u32,
    pub resolution: String,
    /// Empty where the picture decided.
    pub aspect_ratio: String,
    pub movement_amplitude: String,
    pub payload: String,
    pub credits: u32,
    pub bgm: bool,
    pub off_peak: bool,
    pub watermark: bool,
    /// RFC 3339, UTC.
    pub created_at: String,
    pub creations: Vec<Creation>,
}

/// Which tasks are wanted. Empty lists mean all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub from: Timestamp,
    pub to: Option<Timestamp>,
    /// `Some`: these alone.
    pub ids: Option<Vec<TaskId>>,
    pub models: Vec<String>,
    pub resolutions: Vec<String>,
    pub states: Vec<StateName>,
    /// Templates are another product: asking for some finds nothing.
    pub templates: bool,
    /// How many matches come before the page.
    pub skip: u32,
    pub size: u32,
    /// The page begins behind this task.
    pub after: Option<TaskId>,
}

impl Query {
    /// Reads the query's parameters; each may come several times, with commas, or with `[]` behind its name.
    ///
    /// # Errors
    /// `FieldInvalid`, naming the parameter.
    pub fn read<'p>(parameters: impl Iterator<Item = (&'p str, &'p str)>, now: Timestamp) -> Result<Self, Failure> {
        let week = now.milliseconds().saturating_sub(DEFAULT_DAYS * 86_400_000);
        let mut query = Self {
            from: Timestamp::from_milliseconds(week.max(0)),
            to: None,
            ids: None,
            models: Vec::new(),
            resolutions: Vec::new(),
            states: Vec::new(),
            templates: false,
            skip: 0,
            size: PAGE,
            after: None,
        };
        let mut page = 0;
        for (name, value) in parameters {
            if value.trim().is_empty() {
                continue;
            }
            let values = value.split(',').map(str::trim).filter(|value| !value.is_empty());
            match name
                .trim_end_matches("[]")
                .trim_start_matches("paper.")
                .trim_start_matches("pager.")
            {
                "created_at.from" => query.from = time(name, value)?,
                "created_at.to" => query.to = Some(time(name, value)?),
                // An id that is none of ours belongs to no task.
                "task_ids" => query
                    .ids
                    .get_or_insert_default()
                    .extend(values.filter_map(|id| id.parse::<TaskId>().ok())),
                "templates" => query.templates = true,
                "model_versions" => query.models.extend(values.map(model)),
                "resolutions" => query.resolutions.extend(values.map(str::to_ascii_lowercase)),
                "states" => states(values, &mut query.states)?,
                "page" => page = number(name, value, 0..=MOST_PAGES)?,
                "pagesz" => query.size = number(name, value, 1..=LONGEST_PAGE)?,
                "page_token" => {
                    query.after = Some(
                        value
                            .trim()
                            .parse()
                            .map_err(|_| Failure::of_parameter(name, "is no page's token"))?,
                    )
                }
                _ => {}
            }
        }
        query.skip = if query.after.is_some() { 0 } else { page * query.size };
        Ok(query)
    }

    /// Whether this task is wanted, its time aside.
    pub fn wants(&self, view: &TaskView) -> bool {
        let request = &view.task.request;
        let any = |list: &[String], word: &str| list.is_empty() || list.iter().any(|wanted| wanted == word);
        !self.templates
            && self.ids.as_ref().is_none_or(|ids| ids.contains(&view.task.id))
            && any(&self.models, &request.model)
            && any(&self.resolutions, request.resolution.name())
            && (self.states.is_empty() || self.states.contains(&view.task.state.name()))
    }
}

fn time(name: &str, value: &str) -> Result<Timestamp, Failure> {
    rfc3339::parse(value.trim())
        .ok_or_else(|| Failure::of_parameter(name, "must be a time such as 2026-11-20T07:40:05Z"))
}

fn number(name: &str, value: &str, allowed: std::ops::RangeInclusive<u32>) -> Result<u32, Failure> {
    let number = value.trim().parse().ok().filter(|number| allowed.contains(number));
    number.ok_or_else(|| {
        let problem = format!("must be a whole number from {} to {}", allowed.start(), allowed.end());
        Failure::of_parameter(name, problem)
    })
}

/// `q2-pro` is `viduq2-pro`.
fn model(version: &str) -> String {
    if version.starts_with("vidu") || version.starts_with("sora") {
        version.to_owned()
    } else {
        format!("vidu{version}")
    }
}

fn states<'v>(words: impl Iterator<Item = &'v str>, states: &mut Vec<StateName>) -> Result<(), Failure> {
    for word in words {
        match word {
            "created" | "queueing" => states.push(StateName::Queued),
            "processing" => states.push(StateName::Running),
            "success" => states.push(StateName::Succeeded),
            "failed" => states.extend([StateName::Failed, StateName::Cancelled]),
            _ => {
                let problem = "must be of created, queueing, processing, success, failed";
                return Err(Failure::of_parameter("states", problem));
            }
        }
    }
    Ok(())
}

/// Shows a page. `more`: there is another one.
pub fn answer(views: &[TaskView], more: bool) -> List {
    let last = views.last().filter(|_| more);
    List {
        next_page_token: last.map(|view| view.task.id.to_string()).unwrap_or_default(),
        tasks: views.iter().map(row).collect(),
    }
}

fn row(view: &TaskView) -> Row {
    let task = &view.task;
    let request = &task.request;
    Row {
        id: task.id.to_string(),
        key_id: task.key.0.to_string(),
        template: String::new(),
        state: State::of(&task.state),
        err_code: status::err_code(&task.state).to_owned(),
        model: request.model.clone(),
        prompt: request.prompt.clone(),
        images: request.images.iter().map(image).collect(),
        duration: request.duration,
        seed: request.seed,
        resolution: request.resolution.name().to_owned(),
        aspect_ratio: match request.extras.shape {
            Shape::Ratio(width, height) => format!("{width}:{height}"),
            _ => String::new(),
        },
        movement_amplitude: request.amplitude_word().to_owned(),
        payload: request.payload.clone().unwrap_or_default(),
        credits: credits::of(task),
        bgm: request.bgm,
        off_peak: request.off_peak,
        watermark: request.watermark,
        created_at: rfc3339::text(task.created_at),
        creations: status::creations(view),
    }
}
