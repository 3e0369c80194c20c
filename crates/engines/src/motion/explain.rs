use std::path::PathBuf;

use domain::{failure::Failure, recipe::Recipe, request::GenerationRequest, request::Warning};
use motion::Wish;

use super::{
    pictures::{Keyframes, frames, read},
    warnings,
};
use crate::speech::quoted;

/// What would be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub recipe: Recipe,
    pub warnings: Vec<Warning>,
}

/// Plans the clip and draws nothing: the same recipe and warnings as making it gives. `pictures` are the
/// files of the request's images, in order.
///
/// # Errors
/// As [`super::make()`], for the pictures.
pub fn explain(request: &GenerationRequest, pictures: &[PathBuf]) -> Result<Plan, Failure> {
    Ok(planned(request, &read(request, pictures)?))
}

pub(super) fn planned(request: &GenerationRequest, keyframes: &Keyframes) -> Plan {
    let wish = Wish {
        // What is said is not asked for.
        prompt: &quoted(&request.prompt).rest,
        size: keyframes.size,
        frames: frames(request),
        amplitude: request.amplitude,
        seed: request.seed,
    };
    let recipe = motion::plan(&keyframes.studies, &wish);
    let warnings = warnings::of(request, &keyframes.taken, &recipe);
    Plan { recipe, warnings }
}
