//! OpenAI's videos: `/v1/videos`, create, retrieve, list, delete, content, remix.
//!
//! - Bodies are JSON or multipart ([`crate::form`]); the picture is `input_reference`: a file part, an object with
//!   `image_url` or `file_id`, the same as bracketed form keys, or a bare string.
//! - Ids are `video_<task id>`; status words are `queued`, `in_progress`, `completed`, `failed`.
//! - `seconds` is text in answers, whatever came; `size` must be the picture's own with the `sora` models, as in the
//!   service itself; with others pictures are cropped to it.
//! - Errors are `{"error": {"message", "type", "param", "code"}}`.
//!
//! ```json
//! {"model": "sora-2", "prompt": "make it dance.", "seconds": "4", "input_reference": {"image_url": "https://example.com/cat.png"}}
//! ```
//! ```json
//! {"id": "video_7530125487000584192", "object": "video", "status": "queued", "progress": 0, …}
//! ```

pub mod callback;
pub mod error;
pub mod fields;
pub mod list;
pub mod remix;
pub mod status;
pub mod submit;
