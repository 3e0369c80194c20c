//! What was accepted and will have no effect.

use domain::{recipe::Recipe, request::GenerationRequest, request::Warning};

use super::pictures::frames;

/// `taken` are the positions of the pictures that the clip shows.
pub(super) fn of(request: &GenerationRequest, taken: &[usize], recipe: &Recipe) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let left_out: Vec<String> = (0..request.images.len())
        .filter(|index| !taken.contains(index))
        .map(|index| (index + 1).to_string())
        .collect();
    if !left_out.is_empty() {
        let reason = format!(
            "left out: {}; keyframes are at least 6 frames apart, and {} frames have room for {} of {}",
            left_out.join(", "),
            frames(request),
            taken.len(),
            request.images.len()
        );
        warnings.push(Warning::new("images", reason));
    }
    if !recipe.without_effect.is_empty() {
        let reason = format!("without effect: {}", recipe.without_effect.join(", "));
        warnings.push(Warning::new("prompt", reason));
    }
    warnings
}
