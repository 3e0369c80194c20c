use domain::{failure::Failure, recipe::Recipe, request::Warning};
use motion::Wish;

use super::{
    MotionSettings,
    make::Order,
    pictures::{Keyframes, read},
    warnings,
};
use crate::speech::quoted;

/// What would be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub recipe: Recipe,
    pub warnings: Vec<Warning>,
}

/// Plans the clip and draws nothing: the same recipe and warnings as making it gives.
///
/// # Errors
/// As [`super::make()`], for the pictures and a given recipe.
pub fn explain(order: &Order<'_>, settings: &MotionSettings) -> Result<Plan, Failure> {
    Ok(planned(order, &read(order, settings)?))
}

pub(super) fn planned(order: &Order<'_>, keyframes: &Keyframes) -> Plan {
    let recipe = match order.recipe {
        // It may have been changed since its summary was written.
        Some(given) => Recipe {
            summary: motion::summary(given, keyframes.studies.len()),
            ..given.clone()
        },
        None => from_prompt(order, keyframes),
    };
    let warnings = warnings::of(order, &keyframes.taken, &recipe);
    Plan { recipe, warnings }
}

fn from_prompt(order: &Order<'_>, keyframes: &Keyframes) -> Recipe {
    let request = order.request;
    let wish = Wish {
        // What is said is not asked for.
        prompt: &quoted(&request.prompt).rest,
        size: keyframes.size,
        frames: order.frames(),
        amplitude: request.amplitude,
        seed: request.seed,
        spans: &request.extras.spans,
    };
    motion::plan(&keyframes.studies, &wish)
}
