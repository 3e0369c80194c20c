//! What a prompt puts between quotation marks, which is what is said.

/// Pairs of quotation marks in the scripts that prompts come in.
const PAIRS: [(char, char); 8] = [
    ('"', '"'),
    ('\u{201c}', '\u{201d}'),
    ('\u{201e}', '\u{201c}'),
    ('\u{ab}', '\u{bb}'),
    ('\u{300c}', '\u{300d}'),
    ('\u{300e}', '\u{300f}'),
    ('\u{2018}', '\u{2019}'),
    ('\'', '\''),
];

/// A prompt, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The quoted passages, in order, joined by blanks; empty when there are none.
    pub speech: String,
    /// The prompt without them.
    pub rest: String,
}

/// Takes the quoted passages out of `prompt`. An apostrophe is no quotation mark, nor is the sign of an inch.
pub fn quoted(prompt: &str) -> Quoted {
    let mut passages: Vec<&str> = Vec::new();
    let mut rest = String::with_capacity(prompt.len());
    let mut from = 0;
    while let Some((open, text, after)) = next(prompt, from) {
        rest.push_str(prompt.get(from..open).unwrap_or_default());
        rest.push(' ');
        if !text.trim().is_empty() {
            passages.push(text.trim());
        }
        from = after;
    }
    rest.push_str(prompt.get(from..).unwrap_or_default());
    Quoted {
        speech: passages.join(" "),
        rest,
    }
}

/// The next passage from byte `from` on: where its opening mark stands, its text, and where it has ended.
fn next(prompt: &str, from: usize) -> Option<(usize, &str, usize)> {
    let tail = prompt.get(from..)?;
    tail.char_indices().find_map(|(at, mark)| {
        let at = from + at;
        PAIRS
            .iter()
            .filter(|(open, _)| *open == mark)
            .find_map(|(open, close)| {
                let start = at + open.len_utf8();
                if !opens(prompt, at, start) {
                    return None;
                }
                let end = closing(prompt, start, *close)?;
                Some((at, prompt.get(start..end)?, end + close.len_utf8()))
            })
    })
}

/// A mark that is the same at both ends opens where no letter or digit stands before it and no blank after it.
fn opens(prompt: &str, at: usize, start: usize) -> bool {
    let before = prompt.get(..at).and_then(|text| text.chars().next_back());
    let after = prompt.get(start..).and_then(|text| text.chars().next());
    let is_ascii = prompt.as_bytes().get(at).is_some_and(u8::is_ascii);
    !is_ascii
        || (!before.is_some_and(|letter| letter.is_ascii_alphanumeric()) && !after.is_none_or(char::is_whitespace))
}

/// Where the passage that begins at `start` ends: at the first mark that does not stand inside a word.
fn closing(prompt: &str, start: usize, close: char) -> Option<usize> {
    let tail = prompt.get(start..)?;
    let marks = tail.char_indices().filter(|(_, mark)| *mark == close);
    marks.map(|(at, _)| start + at).find(|at| {
        let after = prompt.get(at + close.len_utf8()..).and_then(|text| text.chars().next());
        let apostrophe = matches!(close, '\'' | '\u{2019}');
        !apostrophe || !after.is_some_and(|letter| letter.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_is_what_stands_between_quotation_marks() {
        for (prompt, speech) in [
            ("She says \"hello there\" and waves", "hello there"),
            ("she says: 'it's fine, don't worry'", "it's fine, don't worry"),
            ("他说：“你好”", "你好"),
            ("「こんにちは」と言う", "こんにちは"),
            ("Er sagt „hallo“", "hallo"),
            ("elle dit « bonjour »", "bonjour"),
            ("\"One.\" Then: \"Two.\"", "One. Two."),
            ("says ‘good morning’", "good morning"),
        ] {
            assert_eq!(quoted(prompt).speech, speech, "{prompt}");
        }
        for prompt in [
            "",
            "a cat",
            "a 12\" screen, a 15\" one",
            "\"\"",
            "she's here, it's fine",
            "the dogs' bowl",
        ] {
            assert_eq!(quoted(prompt).speech, "", "{prompt}");
        }
    }

    #[test]
    fn what_is_said_is_not_asked_for() {
        assert_eq!(
            quoted("push in, she says \"dance with me\" softly").rest,
            "push in, she says   softly"
        );
    }
}
