//! Finding the phrases of a text, the longest first.

use std::{cmp::Reverse, collections::HashMap};

use domain::recipe::SoundKind;

use super::{
    lexicon::Lexicon,
    phrase::{Phrase, Piece, Place},
    tokens::{Token, TokenKind, is_form_of, is_han},
    words::Meaning,
};

/// A gap stands for at most this much: a word counts for two, a character of a script without spaces for one.
const GAP: usize = 6;
/// Larger numbers count nothing.
const MOST: u32 = 10_000;

/// A phrase that was found. `tokens` are its own, ascending, without those that its gaps jump over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) meaning: Meaning,
    pub(super) tokens: Vec<usize>,
    /// The number in the phrase.
    pub(super) number: Option<u32>,
}

impl Found {
    pub(super) fn first(&self) -> usize {
        self.tokens.first().copied().unwrap_or(0)
    }

    pub(super) fn last(&self) -> usize {
        self.tokens.last().copied().unwrap_or(0)
    }
}

/// The phrases in the text, in the order in which they begin. A token belongs to one phrase, but that phrase may
/// mean several things.
pub(super) fn find(tokens: &[Token], lexicon: &Lexicon) -> Vec<Found> {
    let mut candidates = candidates(tokens, lexicon);
    // Long ones first; of equally long ones those that say most, those without a gap, then the earlier.
    candidates.sort_by_cached_key(|found| {
        let jumped = found.last() - found.first() + 1 - found.tokens.len();
        (
            Reverse(found.tokens.len()),
            found.meaning.is_vague(),
            jumped,
            found.first(),
        )
    });
    let mut owners: Vec<Option<usize>> = vec![None; tokens.len()];
    let mut found: Vec<Found> = Vec::new();
    for candidate in candidates {
        let owner = |at: &usize| owners.get(*at).copied().flatten();
        if candidate.tokens.iter().all(|at| owner(at).is_none()) {
            for at in &candidate.tokens {
                if let Some(slot) = owners.get_mut(*at) {
                    *slot = Some(found.len());
                }
            }
            found.push(candidate);
        } else if let Some(other) = owner(&candidate.first()).and_then(|owner| found.get(owner)) {
            let is_same_place = other.tokens == candidate.tokens && other.meaning != candidate.meaning;
            if is_same_place && other.meaning.may_share() && candidate.meaning.may_share() {
                found.push(candidate);
            }
        }
    }
    found.sort_by_key(Found::first);
    found
}

/// Every place at which any phrase matches.
fn candidates(tokens: &[Token], lexicon: &Lexicon) -> Vec<Found> {
    // Every form of a word begins like the word itself.
    let mut beginning_with: HashMap<Option<char>, Vec<&Phrase>> = HashMap::new();
    for phrase in &lexicon.phrases {
        for initial in phrase.initials() {
            beginning_with.entry(initial).or_default().push(phrase);
        }
    }
    let mut candidates = Vec::new();
    for (start, token) in tokens.iter().enumerate() {
        let own = beginning_with.get(&token.text.chars().next());
        let open = beginning_with.get(&None);
        for phrase in own.into_iter().chain(open).flatten() {
            if let Some(matched) = matched(&phrase.places, tokens, start, lexicon) {
                candidates.push(Found {
                    meaning: phrase.meaning,
                    tokens: matched.tokens,
                    number: matched.number,
                });
            }
        }
    }
    candidates
}

/// Which tokens name the camera.
pub(super) fn cameras(tokens: &[Token], lexicon: &Lexicon) -> Vec<usize> {
    let names = |start: &usize| {
        let mut phrases = lexicon.cameras.iter();
        phrases.any(|phrase| matched(&phrase.places, tokens, *start, lexicon).is_some())
    };
    (0..tokens.len()).filter(names).collect()
}

/// What is heard in the places and from the things that the text names.
pub(super) fn heard_there(tokens: &[Token], lexicon: &Lexicon) -> Vec<SoundKind> {
    let mut kinds: Vec<SoundKind> = Vec::new();
    for phrase in &lexicon.places {
        let Meaning::Sound(kind) = phrase.meaning else { continue };
        let is_named = || (0..tokens.len()).any(|start| matched(&phrase.places, tokens, start, lexicon).is_some());
        if !kinds.contains(&kind) && is_named() {
            kinds.push(kind);
        }
    }
    kinds
}

#[derive(Debug, Default)]
struct Match {
    tokens: Vec<usize>,
    number: Option<u32>,
}

/// What `places` match from token `start` on.
fn matched(places: &[Place], tokens: &[Token], start: usize, lexicon: &Lexicon) -> Option<Match> {
    let Some((place, rest)) = places.split_first() else {
        return Some(Match::default());
    };
    if place.first().is_some_and(|pieces| pieces.first() == Some(&Piece::Gap)) {
        return after_gap(rest, tokens, start, lexicon);
    }
    place.iter().find_map(|pieces| {
        let mut number = None;
        for (at, piece) in (start..).zip(pieces) {
            number = number.or(meets(piece, tokens.get(at)?, lexicon)?);
        }
        let end = start + pieces.len();
        let mut found = matched(rest, tokens, end, lexicon)?;
        found.tokens.splice(0..0, start..end);
        found.number = number.or(found.number);
        Some(found)
    })
}

/// Whether the token is what `piece` stands for, and which number that is.
fn meets(piece: &Piece, token: &Token, lexicon: &Lexicon) -> Option<Option<u32>> {
    let is_here = match piece {
        Piece::Word(word) => token.text == *word,
        Piece::Forms(word) => token.kind == TokenKind::Word && is_form_of(&token.text, word),
        Piece::Who => lexicon.who.contains(&token.text),
        Piece::Number(unit) => return number_of(&token.text, unit, lexicon).map(Some),
        Piece::Range(unit) => return range_start(&token.text, unit).map(Some),
        Piece::Gap => false,
    };
    is_here.then_some(None)
}

fn after_gap(rest: &[Place], tokens: &[Token], mut start: usize, lexicon: &Lexicon) -> Option<Match> {
    let mut room = GAP;
    loop {
        if let Some(found) = matched(rest, tokens, start, lexicon) {
            return Some(found);
        }
        let jumped = tokens.get(start)?;
        let cost = if jumped.text.chars().all(is_han) { 1 } else { 2 };
        if jumped.kind != TokenKind::Word || cost > room {
            return None;
        }
        room -= cost;
        start += 1;
    }
}

/// "3", "three", "三", with the unit "s" also "3s".
fn number_of(text: &str, unit: &str, lexicon: &Lexicon) -> Option<u32> {
    let text = text.strip_suffix(unit)?;
    let known = lexicon.numbers.get(text).copied();
    known.or_else(|| text.parse().ok()).filter(|number| *number <= MOST)
}

/// Where "1-3" begins, with the unit "s" also "1-3s" and "1s-3s".
fn range_start(text: &str, unit: &str) -> Option<u32> {
    let (from, to) = text.strip_suffix(unit)?.split_once('-')?;
    let number = |text: &str| text.parse().ok().filter(|number: &u32| *number <= MOST);
    number(to)?;
    number(from.strip_suffix(unit).unwrap_or(from))
}
