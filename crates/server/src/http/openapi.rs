//! The description of the API, and a page that shows it. Nothing is loaded from anywhere else.

use axum::{
    Json, Router,
    http::{HeaderName, header},
    response::{IntoResponse, Redirect},
    routing::get,
};
use serde_json::Value;
use utoipa::{
    OpenApi,
    openapi::{
        self,
        security::{ApiKey, ApiKeyValue, SecurityScheme},
    },
};

use super::{App, openapi_examples, openapi_refusals};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kinora",
        description = "A picture and a prompt go in, a video comes out. Submitting returns a task's id at once; ask for \
            its status until it has ended, then GET the link. The same task can be read through every dialect.\n\n\
            The API key goes into the `Authorization` header: bare, or after `Bearer` or `Token`. Every answer carries \
            `x-request-id`.",
    ),
    tags(
        (name = "modelverse", description = "The wire format of UCloud Modelverse"),
        (name = "jiekou", description = "The wire format of Jiekou, Novita and PPIO"),
        (name = "vidu", description = "The wire format of Vidu itself"),
        (name = "openai", description = "The wire format of OpenAI's videos"),
        (name = "kinora", description = "Kinora's own: lists, cancelling, progress, warnings, recipes"),
        (name = "files", description = "Results"),
        (name = "operations", description = "For those who run the service"),
    ),
)]
struct Preface;

/// Everything of the description but the routes.
pub(super) fn preface() -> openapi::OpenApi {
    let mut preface = Preface::openapi();
    preface.info.version = env!("CARGO_PKG_VERSION").to_owned();
    let key = ApiKeyValue::with_description("authorization", "The key: bare, or after `Bearer` or `Token`");
    let components = preface.components.get_or_insert_default();
    components.add_security_scheme("key", SecurityScheme::ApiKey(ApiKey::Header(key)));
    preface
}

/// The whole description.
pub fn document() -> Value {
    let described = super::described().split_for_parts().1;
    // A description that does not serialise would be a fault of utoipa's; a test compares what is served.
    let mut document = serde_json::to_value(described).unwrap_or_default();
    openapi_refusals::fill_in(&mut document);
    openapi_examples::fill_in(&mut document);
    document
}

/// Where the description is served.
pub(super) fn routes() -> Router<App> {
    let document = document();
    Router::new()
        .route("/openapi.json", get(async move || Json(document.clone())))
        .route(
            "/docs",
            get(async || page("text/html; charset=utf-8", include_str!("../../assets/docs.html"))),
        )
        .route(
            "/docs.js",
            get(async || page("text/javascript; charset=utf-8", include_str!("../../assets/docs.js"))),
        )
        .route(
            "/docs.css",
            get(async || page("text/css; charset=utf-8", include_str!("../../assets/docs.css"))),
        )
        .route("/", get(async || Redirect::temporary("/docs")))
}

const OWN_FILES_ONLY: [(HeaderName, &str); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-cache"),
];

fn page(content_type: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, content_type)], OWN_FILES_ONLY, text)
}
