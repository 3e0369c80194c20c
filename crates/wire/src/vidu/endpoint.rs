//! The last part of a submit's path, which says which kind of generation is meant.

use domain::{
    catalog::Operation,
    failure::{Code, Failure},
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

use crate::unserved;

/// A kind of generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    Img2Video,
    StartEnd2Video,
    Reference2Video,
    Text2Video,
    MultiFrame,
}

impl Endpoint {
    pub const ALL: [Self; 5] = [
        Self::Img2Video,
        Self::StartEnd2Video,
        Self::Reference2Video,
        Self::Text2Video,
        Self::MultiFrame,
    ];

    /// What it means in our words; text alone is none of our operations.
    pub fn operation(self) -> Operation {
        match self {
            Self::Img2Video | Self::Text2Video => Operation::ImageToVideo,
            Self::StartEnd2Video => Operation::StartEndToVideo,
            Self::Reference2Video => Operation::ReferenceToVideo,
            Self::MultiFrame => Operation::MultiFrame,
        }
    }

    /// As it stands in the path.
    pub fn name(self) -> &'static str {
        match self {
            Self::Img2Video => "img2video",
            Self::StartEnd2Video => "start-end2video",
            Self::Reference2Video => "reference2video",
            Self::Text2Video => "text2video",
            Self::MultiFrame => "multiframe",
        }
    }
}

impl PartialSchema for Endpoint {
    fn schema() -> RefOr<Schema> {
        let names = Self::ALL.map(Self::name);
        let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names));
        schema.into()
    }
}

impl ToSchema for Endpoint {}

/// Finds a path's meaning.
///
/// # Errors
/// `RouteUnknown` when there is no such path.
pub fn find(name: &str) -> Result<Endpoint, Failure> {
    let endpoint = Endpoint::ALL.into_iter().find(|endpoint| endpoint.name() == name);
    endpoint.ok_or_else(|| {
        let why = unserved::reason(&format!("/ent/v2/{name}"));
        Failure::new(
            Code::RouteUnknown,
            why.unwrap_or_else(|| "there is no such endpoint".to_owned()),
        )
    })
}
