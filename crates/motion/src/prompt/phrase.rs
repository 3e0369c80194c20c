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

/// What may stand at one place of a phrase: any of these, the longest first.
pub(super) type Place = Vec<Vec<Piece>>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) places: Vec<Place>,
    pub(super) meaning: Meaning,
}

/// The phrase of an entry.
pub(super) fn phrase(entry: &str, meaning: Meaning) -> Phrase {
    let mut places: Vec<Place> = Vec::new();
    for (index, part) in entry.split('_').enumerate() {
        if index > 0 {
            places.push(vec![vec![Piece::Gap]]);
        }
        for place in part.split_whitespace() {
            let mut choices: Place = place.split('|').map(pieces).collect();
            choices.sort_by_key(|choice| std::cmp::Reverse(choice.len()));
            places.push(choices);
        }
    }
    Phrase { places, meaning }
}

impl Phrase {
    /// How everything begins that it stands for; `None` for what is not known.
    pub(super) fn initials(&self) -> Vec<Option<char>> {
        let firsts = self.places.first().into_iter().flatten();
        let mut initials: Vec<Option<char>> = firsts.map(|pieces| pieces.first().and_then(Piece::initial)).collect();
        initials.sort_unstable();
        initials.dedup();
        initials
    }
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

    fn written(entry: &str) -> Vec<Place> {
        phrase(entry, Meaning::Wish(What::Wind)).places
    }

    #[test]
    fn entries_are_taken_apart() {
        let word = |text: &str| Piece::Word(text.to_owned());
        let forms = |text: &str| Piece::Forms(text.to_owned());
        let number = |unit: &str| Piece::Number(unit.to_owned());
        assert_eq!(
            written("push* _ in|out"),
            [
                vec![vec![forms("push")]],
                vec![vec![Piece::Gap]],
                vec![vec![word("in")], vec![word("out")]]
            ]
        );
        assert_eq!(written("转#圈"), [vec![vec![word("转"), number(""), word("圈")]]]);
        assert_eq!(written("#s"), [vec![vec![number("s")]]]);
        assert_eq!(
            written("<who> wave*"),
            [vec![vec![Piece::Who]], vec![vec![forms("wave")]]]
        );
        assert_eq!(
            written("飘|飘扬"),
            [vec![vec![word("飘"), word("扬")], vec![word("飘")]]]
        );
    }
}
