//! Finding the phrases of a text, the longest first.

use std::collections::HashMap;

use super::{
    lexicon::{Meaning, Phrase, Piece},
    tokens::{Token, TokenKind, is_form_of},
};

/// A gap stands for at most this many words.
const GAP: usize = 3;

/// A phrase that was found. `tokens` are its own, ascending, without those that its gaps jump over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) meaning: Meaning,
    pub(super) tokens: Vec<usize>,
}

impl Found {
    pub(super) fn first(&self) -> usize {
        self.tokens.first().copied().unwrap_or(0)
    }

    pub(super) fn last(&self) -> usize {
        self.tokens.last().copied().unwrap_or(0)
    }
}

/// The phrases in the text, in the order in which they begin. No token belongs to two.
pub(super) fn find(tokens: &[Token], phrases: &[Phrase]) -> Vec<Found> {
    // Every form of a word begins like the word itself.
    let mut beginning_with: HashMap<char, Vec<&Phrase>> = HashMap::new();
    for phrase in phrases {
        if let Some(initial) = phrase.pieces.first().and_then(Piece::initial) {
            beginning_with.entry(initial).or_default().push(phrase);
        }
    }
    let mut candidates = Vec::new();
    for (start, token) in tokens.iter().enumerate() {
        let initial = token.text.chars().next();
        for phrase in initial
            .and_then(|initial| beginning_with.get(&initial))
            .into_iter()
            .flatten()
        {
            if let Some(own) = matched(&phrase.pieces, tokens, start) {
                candidates.push(Found {
                    meaning: phrase.meaning,
                    tokens: own,
                });
            }
        }
    }
    // Long ones first; of equally long ones those that say most, those without a gap, then the earlier.
    candidates.sort_by_key(|found| {
        let jumped = found.last() - found.first() + 1 - found.tokens.len();
        (
            usize::MAX - found.tokens.len(),
            found.meaning.is_vague(),
            jumped,
            found.first(),
        )
    });
    let mut taken = vec![false; tokens.len()];
    let mut found: Vec<Found> = Vec::new();
    for candidate in candidates {
        let is_free = |at: &usize| taken.get(*at) == Some(&false);
        if candidate.tokens.iter().all(is_free) {
            for at in &candidate.tokens {
                if let Some(slot) = taken.get_mut(*at) {
                    *slot = true;
                }
            }
            found.push(candidate);
        }
    }
    found.sort_by_key(Found::first);
    found
}

/// The tokens that `pieces` match from `start` on.
fn matched(pieces: &[Piece], tokens: &[Token], start: usize) -> Option<Vec<usize>> {
    let (piece, rest) = match pieces.split_first() {
        None => return Some(Vec::new()),
        Some(split) => split,
    };
    let token = tokens.get(start)?;
    let is_here = match piece {
        Piece::Word(word) => token.text == *word,
        Piece::Forms(word) => token.kind == TokenKind::Word && is_form_of(&token.text, word),
        Piece::Gap => return after_gap(rest, tokens, start),
    };
    if !is_here {
        return None;
    }
    let mut own = vec![start];
    own.extend(matched(rest, tokens, start + 1)?);
    Some(own)
}

fn after_gap(rest: &[Piece], tokens: &[Token], start: usize) -> Option<Vec<usize>> {
    for jumped in 0..=GAP {
        if let Some(own) = matched(rest, tokens, start + jumped) {
            return Some(own);
        }
        if tokens.get(start + jumped)?.kind != TokenKind::Word {
            return None;
        }
    }
    None
}
