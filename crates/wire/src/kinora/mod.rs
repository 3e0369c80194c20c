//! Kinora's own: `POST|GET /kinora/v1/tasks`, `GET /kinora/v1/tasks/{id}`, `POST /kinora/v1/tasks/{id}/cancel`.
//!
//! - One object, [`status::View`], answers submits, queries and cancels and is the body of callbacks. All its
//!   keys are always there; what does not exist yet is `null`.
//! - It shows what the other dialects have no words for: frames done, the place in the queue, attempts,
//!   timings, warnings, the recipe, links to the cover and the last frame, whose fault a failure is.
//! - What was asked is echoed without picture bytes, and URLs without their query: a query may hold a secret.
//! - Errors name every faulty field at once.
//!
//! ```json
//! {"images": ["https://example.com/cat.png"], "prompt": "make it dance.", "duration": 5, "resolution": "720p"}
//! ```

pub mod batch;
pub mod callback;
pub mod echo;
pub mod error;
pub mod fields;
pub mod list;
pub mod remake;
pub mod status;
pub mod submit;
pub mod usage;
pub mod webhook;
