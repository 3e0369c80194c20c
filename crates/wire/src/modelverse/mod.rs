//! UCloud Modelverse: `POST /v1/tasks/submit` and `GET|POST /v1/tasks/status?task_id=`, as the manual's Vidu
//! pages describe them.
//!
//! - The key comes raw (the manual), as `Bearer` (every real client) or as `Token`; a bad one is a 401 with
//!   the code `auth_error`.
//! - The body is nested: `model`, `input`, `parameters`; `parameters.vidu_type` says which kind of generation.
//! - Every answer to a known task is HTTP 200, a failed one's too, and has no `code` or `error` at its top:
//!   clients take either for a failed call.
//! - Status words: `Pending`, `Running`, `Success`, `Failure`, and no other: clients raise on those.
//!
//! A submit and its answer:
//!
//! ```json
//! {"model": "viduq2-pro",
//!  "input": {"first_frame_url": "https://example.com/cat.png", "prompt": "make it dance."},
//!  "parameters": {"vidu_type": "img2video", "duration": 5, "resolution": "1080p", "movement_amplitude": "auto", "bgm": true}}
//! ```
//! ```json
//! {"output": {"task_id": "7530125487000584192"}, "request_id": "0b6e…"}
//! ```

pub mod error;
pub mod fields;
pub mod models;
pub mod status;
pub mod submit;
