//! The last part of a submit's path, which stands for a model and a kind of generation.

use domain::failure::{Code, Failure};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

use crate::{unserved, vidu::endpoint::Endpoint};

/// What one path means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The path after `/v3/async/`.
    pub slug: &'static str,
    /// A name of the catalog.
    pub model: &'static str,
    pub endpoint: Endpoint,
    /// Whether the manual demands the prompt's key; it may be empty even so.
    pub prompt_required: bool,
}

const fn pictures(slug: &'static str, model: &'static str, prompt_required: bool) -> Route {
    Route {
        slug,
        model,
        endpoint: Endpoint::Img2Video,
        prompt_required,
    }
}

const fn other(slug: &'static str, model: &'static str, endpoint: Endpoint) -> Route {
    Route {
        slug,
        model,
        endpoint,
        prompt_required: false,
    }
}

const fn both_ends(slug: &'static str, model: &'static str) -> Route {
    other(slug, model, Endpoint::StartEnd2Video)
}

const fn references(slug: &'static str, model: &'static str) -> Route {
    other(slug, model, Endpoint::Reference2Video)
}

const fn frames(slug: &'static str, model: &'static str) -> Route {
    other(slug, model, Endpoint::MultiFrame)
}

const fn text(slug: &'static str, model: &'static str) -> Route {
    other(slug, model, Endpoint::Text2Video)
}

/// Every path that is served.
pub const ROUTES: [Route; 25] = [
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
    both_ends("vidu-q3-pro-f2v", "viduq3-pro"),
    both_ends("vidu-q3-turbo-f2v", "viduq3-turbo"),
    references("viduq2-pro-fast", "viduq2-pro-fast"),
    references("vidu-q2-reference2video", "viduq2"),
    references("vidu-q1-reference2video", "viduq1"),
    references("vidu-2.0-reference2video", "vidu2.0"),
    frames("vidu-q2-pro-multiframe", "viduq2-pro"),
    frames("vidu-q2-turbo-multiframe", "viduq2-turbo"),
    text("vidu-q2-text2video", "viduq2"),
    text("vidu-q1-text2video", "viduq1"),
    text("vidu-q3-pro-t2v", "viduq3-pro"),
    text("vidu-q3-turbo-t2v", "viduq3-turbo"),
    // The oldest path of the family, with fields of its own: see [`super::legacy`].
    pictures(super::legacy::SLUG, super::legacy::MODEL, false),
];

/// The last part of a path, for the API's description.
#[derive(Debug, Clone, Copy)]
pub struct Slug;

impl PartialSchema for Slug {
    fn schema() -> RefOr<Schema> {
        let slugs = ROUTES.map(|route| route.slug);
        let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(slugs));
        schema.into()
    }
}

impl ToSchema for Slug {}

/// Finds a path's meaning.
///
/// # Errors
/// `RouteUnknown` when there is no such path.
pub fn find(slug: &str) -> Result<Route, Failure> {
    let route = ROUTES.into_iter().find(|route| route.slug == slug);
    route.ok_or_else(|| {
        let why = unserved::reason(&format!("/v3/async/{slug}"));
        Failure::new(Code::RouteUnknown, why.unwrap_or_else(|| "api not found".to_owned()))
    })
}

/// What a name means where the body names the model: a path's own name, or the model's with the kind of generation
/// that `endpoint` says. A model's name comes first, as one path is called like its model.
pub fn named(name: &str, endpoint: Endpoint) -> Option<Route> {
    let by_model =
        |route: &Route| route.model == name && route.endpoint == endpoint && route.slug != super::legacy::SLUG;
    let mut routes = ROUTES.into_iter();
    routes
        .clone()
        .find(by_model)
        .or_else(|| routes.find(|route| route.slug == name))
}
