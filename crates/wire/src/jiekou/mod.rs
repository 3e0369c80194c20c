//! Jiekou, and with it Novita and PPIO: `POST /v3/async/<slug>` and `GET /v3/async/task-result?task_id=`.
//!
//! - The path names the model and the kind of generation ([`route`]); the body is flat.
//! - The key comes as `Bearer` (the manual) or raw (the official JavaScript SDK); a bad one is a 403 with the
//!   reason `INVALID_API_KEY`.
//! - Every answer to a known task is HTTP 200, a failed one's too. `extra` is always an object, the three
//!   lists are always there, and `debug_info` appears only when all its times are known: the official Python
//!   SDK turns each of them into an integer.
//! - Status words: `TASK_STATUS_` with `QUEUED`, `PROCESSING`, `SUCCEED` (so spelled), `FAILED`.
//! - Seeds, millisecond times and the video's lifetime are text, `eta` and `progress_percent` integers.
//! - `extra.webhook.url` is called once when the task ends, without a signature.
//!
//! A submit and its answer:
//!
//! ```json
//! {"images": ["https://example.com/cat.png"], "prompt": "The camera slowly pushes in", "duration": 5,
//!  "resolution": "720p", "movement_amplitude": "high", "seed": 42, "bgm": true}
//! ```
//! ```json
//! {"task_id": "7530125487000584192"}
//! ```

pub mod callback;
pub mod error;
pub mod fields;
pub mod legacy;
pub mod route;
pub mod status;
pub mod submit;
pub mod unified;
