//! Text as words. Scripts without spaces give one token for each character.

/// A word, a Han character or a mark of punctuation, in lower case, and where it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) kind: TokenKind,
    /// In bytes.
    pub(super) from: usize,
    pub(super) to: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    /// Neither phrases nor negations reach across it.
    Break,
    /// Phrases do not reach across it.
    Comma,
}

pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_inside_word(character: char) -> bool {
    (character.is_alphanumeric() && !is_han(character)) || matches!(character, '\'' | '’' | '-')
}

/// The text's tokens in order. White space and symbols only separate them.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((from, character)) = characters.next() {
        let mut to = from + character.len_utf8();
        let kind = if is_han(character) {
            TokenKind::Word
        } else if character.is_alphanumeric() {
            while let Some((at, next)) = characters.next_if(|(_, next)| is_inside_word(*next)) {
                to = at + next.len_utf8();
            }
            TokenKind::Word
        } else if matches!(
            character,
            '.' | ';' | '!' | '?' | '\n' | '。' | '\u{ff1b}' | '\u{ff01}' | '\u{ff1f}' | '…'
        ) {
            TokenKind::Break
        } else if matches!(character, ',' | '\u{ff0c}' | '、' | ':' | '\u{ff1a}' | '(' | ')') {
            TokenKind::Comma
        } else {
            continue;
        };
        let written = text.get(from..to).unwrap_or_default();
        tokens.push(Token {
            text: written.to_lowercase().replace('’', "'"),
            kind,
            from,
            to,
        });
    }
    tokens
}

/// Whether `token` is `word` or, in English, its -s, -ed or -ing form.
pub(super) fn is_form_of(token: &str, word: &str) -> bool {
    let Some(rest) = token.strip_prefix(word) else {
        return is_changed_form(token, word);
    };
    let doubled = word.chars().last().is_some_and(|last| {
        let tail = rest.strip_prefix(last);
        matches!(tail, Some("ing" | "ed"))
    });
    matches!(rest, "" | "s" | "es" | "ed" | "d" | "ing") || doubled
}

/// "dance" to "dancing", "carry" to "carries".
fn is_changed_form(token: &str, word: &str) -> bool {
    if let Some(stem) = word.strip_suffix('e') {
        return token.strip_prefix(stem) == Some("ing");
    }
    if let Some(stem) = word.strip_suffix('y') {
        return matches!(token.strip_prefix(stem), Some("ies" | "ied"));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_characters_are_told_apart() {
        let texts: Vec<String> = tokens("Don’t PAN left, 镜头push-in。")
            .into_iter()
            .map(|token| token.text)
            .collect();
        assert_eq!(texts, ["don't", "pan", "left", ",", "镜", "头", "push-in", "。"]);
    }

    #[test]
    fn forms_are_recognised() {
        for form in ["dance", "dances", "danced", "dancing"] {
            assert!(is_form_of(form, "dance"), "{form}");
        }
        for form in ["pan", "pans", "panned", "panning"] {
            assert!(is_form_of(form, "pan"), "{form}");
        }
        for other in ["panel", "pancake", "spans"] {
            assert!(!is_form_of(other, "pan"), "{other}");
        }
    }
}
