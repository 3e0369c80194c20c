//! The catalog for those who want to know what they may ask for.

use axum::{Json, extract::State};
use wire::modelverse::models;

use super::App;

/// Lists the models. No key is needed.
#[utoipa::path(get, operation_id = "models_list", path = "/v1/models", tag = "modelverse", responses(
    (status = 200, description = "All models", body = models::Models),
))]
pub(crate) async fn list(State(app): State<App>) -> Json<models::Models> {
    Json(models::answer(app.service.catalog()))
}
