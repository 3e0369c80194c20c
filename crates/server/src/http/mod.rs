//! The routes. A handler says who asks, takes the body in, calls `wire`, calls the service, and answers;
//! refusals of every kind are put into the route's dialect by `envelope`.

mod auth;
mod body;
mod envelope;
mod files;
mod jiekou;
mod kinora;
mod kinora_batch;
mod kinora_events;
mod kinora_list;
mod kinora_usage;
mod kinora_wait;
mod kinora_webhooks;
mod linger;
mod listen;
mod models;
mod modelverse;
mod openai;
mod openapi;
mod openapi_examples;
mod openapi_refusals;
mod operations;
mod patience;
mod query;
mod range;
mod rate;
mod refused;
mod submit;
mod vidu;
mod vidu_uploads;

use std::sync::Arc;

use axum::{Router, middleware};
use service::Service;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) use jiekou::LINK_SECONDS;
pub(crate) use listen::listen;
pub use openapi::document;

use crate::config::ServerSettings;
use rate::Rate;

/// What every handler knows.
#[derive(Clone)]
pub(crate) struct App {
    service: Arc<Service>,
    settings: Arc<ServerSettings>,
    rate: Arc<Rate>,
}

impl App {
    pub(crate) fn new(service: Arc<Service>, settings: ServerSettings) -> Self {
        Self {
            service,
            rate: Arc::new(Rate::new(settings.requests_per_second)),
            settings: Arc::new(settings),
        }
    }
}

/// All routes, with what surrounds each.
pub(crate) fn router(app: App) -> Router {
    let (routes, _) = described().split_for_parts();
    routes
        .merge(openapi::routes())
        .fallback(envelope::unknown_route)
        .method_not_allowed_fallback(envelope::wrong_method)
        .layer(middleware::from_fn_with_state(app.clone(), envelope::envelope))
        .with_state(app)
}

/// The routes that the API's description speaks of.
fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::preface())
        .routes(routes!(modelverse::submit))
        .routes(routes!(modelverse::status, modelverse::status_by_post))
        .routes(routes!(models::list))
        .routes(routes!(jiekou::submit))
        .routes(routes!(jiekou::create))
        .routes(routes!(jiekou::task_result))
        .routes(routes!(openai::create, openai::list))
        .routes(routes!(openai::retrieve, openai::delete))
        .routes(routes!(openai::content))
        .routes(routes!(openai::remix))
        .routes(routes!(vidu::submit))
        .routes(routes!(vidu::creations))
        .routes(routes!(vidu::cancel))
        .routes(routes!(vidu::list))
        .routes(routes!(vidu::credits))
        .routes(routes!(vidu_uploads::begin))
        .routes(routes!(vidu_uploads::put))
        .routes(routes!(vidu_uploads::finish))
        .routes(routes!(kinora::submit, kinora_list::list))
        .routes(routes!(kinora::status, kinora::delete))
        .routes(routes!(kinora::cancel))
        .routes(routes!(kinora::retry))
        .routes(routes!(kinora_batch::submit))
        .routes(routes!(kinora_events::events))
        .routes(routes!(kinora_usage::usage))
        .routes(routes!(kinora_webhooks::list))
        .routes(routes!(kinora_webhooks::secret))
        .routes(routes!(kinora_webhooks::show))
        .routes(routes!(kinora_webhooks::resend))
        .routes(routes!(files::download))
        .routes(routes!(operations::healthz))
        .routes(routes!(operations::readyz))
        .routes(routes!(operations::metrics))
}
