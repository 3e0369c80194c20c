//! One entry of a word list.
//!
//! A word that ends in `*` also stands for its other forms, `_` for a few words in between, `a|b` for either, `#` for a
//! number, `~` for a range of numbers, `#s` and `~s` for those with the unit right behind, `<who>` for a word from the
//! list of those who act.

use super::{tokens::tokens, words::Meaning};

/// One piece of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Exactly this word.
    Word(String),
    /// This word in any form.
    Forms(String),
    /// A few words.
    Gap,
    /// A number in digits or words, or in digits with these letters right after it.
    Number(String),
    /// Two numbers in digits with a hyphen between, and these letters right after it.
    Range(String),
    Who,
}

impl Piece {
    /// How everything begins that it stands for, if that is known.
    pub(super) fn initial(&self) -> Option<char> {
        match self {
            Self::Word(word) | Self::Forms(word) => word.chars().next(),
            Self::Gap | Self::Number(_) | Self::Range(_) | Self::Who => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) pieces: Vec<Piece>,
    pub(super) meaning: Meaning,
}

/// The phrases that an entry stands for: more than one where it holds alternatives.
pub(super) fn phrases(entry: &str, meaning: Meaning) -> Vec<Phrase> {
    let mut all: Vec<Vec<Piece>> = vec![Vec::new()];
    for (index, part) in entry.split('_').enumerate() {
        if index > 0 {
            all.iter_mut().for_each(|pieces| pieces.push(Piece::Gap));
        }
        for place in part.split_whitespace() {
            let choices: Vec<Vec<Piece>> = place.split('|').map(pieces).collect();
            let longer = |before: &Vec<Piece>| -> Vec<Vec<Piece>> {
                let with = |choice: &Vec<Piece>| [before.as_slice(), choice.as_slice()].concat();
                choices.iter().map(with).collect()
            };
            all = all.iter().flat_map(longer).collect();
        }
    }
    let phrase = |pieces| Phrase { pieces, meaning };
    all.into_iter().map(phrase).collect()
}

/// One word, or the characters of a script without spaces.
fn pieces(word: &str) -> Vec<Piece> {
    if word == "<who>" {
        return vec![Piece::Who];
    }
    if let Some(stem) = word.strip_suffix('*') {
        return vec![Piece::Forms(stem.to_owned())];
    }
    if let Some(unit) = word.strip_prefix('~') {
        return range(unit);
    }
    let mut pieces = Vec::new();
    for (index, part) in word.split('#').enumerate() {
        let mut own = tokens(part).into_iter().map(|token| token.text).peekable();
        if index > 0 {
            let unit = own.next_if(|unit| unit.chars().all(|letter| letter.is_ascii_alphabetic()));
            pieces.push(Piece::Number(unit.unwrap_or_default()));
        }
        pieces.extend(own.map(Piece::Word));
    }
    pieces
}

fn range(rest: &str) -> Vec<Piece> {
    if rest.is_ascii() {
        return vec![Piece::Range(rest.to_owned())];
    }
    let words = tokens(rest).into_iter().map(|token| Piece::Word(token.text));
    std::iter::once(Piece::Range(String::new())).chain(words).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::words::What, *};

    fn written(entry: &str) -> Vec<Vec<Piece>> {
        let all = phrases(entry, Meaning::Wish(What::Wind));
        all.into_iter().map(|phrase| phrase.pieces).collect()
    }

    #[test]
    fn entries_are_taken_apart() {
        let word = |text: &str| Piece::Word(text.to_owned());
        let forms = |text: &str| Piece::Forms(text.to_owned());
        assert_eq!(written("push* _ in"), [[forms("push"), Piece::Gap, word("in")]]);
        assert_eq!(
            written("转#圈"),
            [[word("转"), Piece::Number(String::new()), word("圈")]]
        );
        assert_eq!(written("after #s"), [[word("after"), Piece::Number("s".to_owned())]]);
        assert_eq!(written("<who> wave*"), [[Piece::Who, forms("wave")]]);
        assert_eq!(
            written("发|髪_ 飘|飘扬"),
            [
                vec![word("发"), Piece::Gap, word("飘")],
                vec![word("发"), Piece::Gap, word("飘"), word("扬")],
                vec![word("髪"), Piece::Gap, word("飘")],
                vec![word("髪"), Piece::Gap, word("飘"), word("扬")],
            ]
        );
    }
}
