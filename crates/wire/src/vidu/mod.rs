//! Vidu's own API: `POST /ent/v2/<endpoint>`, `GET /ent/v2/tasks/{id}/creations`, cancel, list, credits, and
//! uploads under `/tools/v2/files`.
//!
//! - The key comes as `Token` (the manual) or as `Bearer` (resellers).
//! - Bodies are flat; the path says which kind of generation ([`endpoint`]).
//! - Status words: `created` (the answer to a submit), `queueing`, `processing`, `success`, `failed`. A
//!   cancelled task is `failed` with the `err_code` `UserCancelled`.
//! - Every answer to a known task is HTTP 200 without a `code` at its top: the official client takes one for
//!   a failed call. `creations` is always a list.
//! - Errors are `{"code", "reason", "message", "metadata": {"trace_id"}}`.
//! - `callback_url` is called when the task begins and when it ends, signed with the key's token.
//!
//! ```json
//! {"model": "viduq2-pro", "images": ["https://example.com/cat.png"], "prompt": "make it dance.", "duration": 5}
//! ```
//! ```json
//! {"task_id": "7530125487000584192", "state": "created", "model": "viduq2-pro", "credits": 20, …}
//! ```

pub mod account;
pub mod callback;
pub mod credits;
pub mod endpoint;
pub mod error;
pub mod fields;
pub mod list;
pub mod status;
pub mod submit;
pub mod upload;
