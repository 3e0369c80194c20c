//! What was accepted and will have no effect.

use domain::{recipe::Recipe, request::Warning};

use super::make::Order;

/// `taken` are the positions of the pictures that the clip shows.
pub(super) fn of(order: &Order<'_>, taken: &[usize], recipe: &Recipe) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let count = order.pictures.len();
    let left_out: Vec<String> = (0..count)
        .filter(|index| !taken.contains(index))
        .map(|index| (index + 1).to_string())
        .collect();
    if !left_out.is_empty() {
        let reason = format!(
            "left out: {}; keyframes are at least 6 frames apart, and {} frames have room for {} of {count}",
            left_out.join(", "),
            recipe.frames,
            taken.len(),
        );
        warnings.push(Warning::new("images", reason));
    }
    // A given recipe's words are those of the prompt that it was once made from.
    if order.recipe.is_none() && !recipe.without_effect.is_empty() {
        let reason = format!("without effect: {}", recipe.without_effect.join(", "));
        warnings.push(Warning::new("prompt", reason));
    }
    warnings
}
