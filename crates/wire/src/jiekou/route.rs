//! The last part of a submit's path, which stands for a model and a kind of generation.

use domain::{
    catalog::Operation,
    failure::{Code, Failure},
};

/// What one path means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The path after `/v3/async/`.
    pub slug: &'static str,
    /// A name of the catalog.
    pub model: &'static str,
    pub operation: Operation,
    /// Whether the manual demands the prompt's key; it may be empty even so.
    pub prompt_required: bool,
}

const fn pictures(slug: &'static str, model: &'static str, prompt_required: bool) -> Route {
    Route {
        slug,
        model,
        operation: Operation::ImageToVideo,
        prompt_required,
    }
}

const fn both_ends(slug: &'static str, model: &'static str) -> Route {
    Route {
        slug,
        model,
        operation: Operation::StartEndToVideo,
        prompt_required: false,
    }
}

/// Every path that is served.
pub const ROUTES: [Route; 12] = [
    pictures("vidu-q2-pro-fast-img2video", "viduq2-pro-fast", true),
    pictures("vidu-q2-pro-img2video", "viduq2-pro", true),
    pictures("vidu-q2-turbo-img2video", "viduq2-turbo", true),
    both_ends("vidu-q2-pro-fast-startend2video", "viduq2-pro-fast"),
    both_ends("vidu-q2-pro-startend2video", "viduq2-pro"),
    both_ends("vidu-q2-turbo-startend2video", "viduq2-turbo"),
    pictures("vidu-q3-pro-i2v", "viduq3-pro", false),
    pictures("vidu-q3-turbo-i2v", "viduq3-turbo", false),
    pictures("vidu-2.0-img2video", "vidu2.0", false),
    both_ends("vidu-2.0-startend2video", "vidu2.0"),
    pictures("vidu-q1-img2video", "viduq1", false),
    both_ends("vidu-q1-startend2video", "viduq1"),
];

/// Finds a path's meaning.
///
/// # Errors
/// `RouteUnknown` when there is no such path.
pub fn find(slug: &str) -> Result<Route, Failure> {
    let route = ROUTES.into_iter().find(|route| route.slug == slug);
    route.ok_or_else(|| Failure::new(Code::RouteUnknown, "api not found"))
}
