//! `GET /v1/models`: the catalog as OpenAI and Modelverse list it.

use domain::catalog::Catalog;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// All models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::Models)]
pub struct Models {
    /// Always `list`.
    #[schema(example = "list")]
    pub object: String,
    pub data: Vec<Model>,
}

/// One model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::Model)]
pub struct Model {
    #[schema(example = "viduq2-pro")]
    pub id: String,
    /// Always `model`.
    #[schema(example = "model")]
    pub object: String,
    /// Unix seconds; the same for all.
    #[schema(example = 1767225600)]
    pub created: i64,
    #[schema(example = "kinora")]
    pub owned_by: String,
}

/// 2026-01-01: a catalog does not say when its models were made, and the field must be a number.
const CREATED: i64 = 1_767_225_600;

/// The models in the catalog's order.
pub fn answer(catalog: &Catalog) -> Models {
    let model = |name: &str| Model {
        id: name.to_owned(),
        object: "model".to_owned(),
        created: CREATED,
        owned_by: "kinora".to_owned(),
    };
    Models {
        object: "list".to_owned(),
        data: catalog.models.iter().map(|entry| model(&entry.name)).collect(),
    }
}
