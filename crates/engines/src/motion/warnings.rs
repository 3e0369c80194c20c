//! What was accepted and will have no effect.

use domain::{recipe::Recipe, request::GenerationRequest, request::Warning};

use super::pictures::frames;

/// Pairs of quotation marks that set speech apart, in the scripts that prompts come in.
const QUOTES: [(char, char); 6] = [
    ('"', '"'),
    ('\u{201c}', '\u{201d}'),
    ('\u{300c}', '\u{300d}'),
    ('\u{300e}', '\u{300f}'),
    ('\u{ab}', '\u{bb}'),
    ('\u{201e}', '\u{201c}'),
];

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
    if request.audio && quotes_speech(&request.prompt) {
        let reason = "quoted words are not spoken: there is no speech engine; the clip gets ambience";
        warnings.push(Warning::new("audio", reason));
    }
    if request.audio && request.voice.is_some() {
        warnings.push(Warning::new("voice_id", "there is no speech engine"));
    }
    if !recipe.without_effect.is_empty() {
        let reason = format!("without effect: {}", recipe.without_effect.join(", "));
        warnings.push(Warning::new("prompt", reason));
    }
    warnings
}

/// Whether something of length stands between quotation marks.
fn quotes_speech(prompt: &str) -> bool {
    QUOTES.iter().any(|(open, close)| {
        let Some((_, after)) = prompt.split_once(*open) else {
            return false;
        };
        after
            .split_once(*close)
            .is_some_and(|(spoken, _)| !spoken.trim().is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::quotes_speech;

    #[test]
    fn speech_is_what_stands_between_quotation_marks() {
        for prompt in [
            "She says \"hello\"",
            "他说“你好”",
            "「こんにちは」と言う",
            "Er sagt „hallo“",
            "elle dit « bonjour »",
        ] {
            assert!(quotes_speech(prompt), "{prompt}");
        }
        for prompt in ["", "a cat", "a 12\" screen", "\"\"", "she's here, it's fine"] {
            assert!(!quotes_speech(prompt), "{prompt}");
        }
    }
}
