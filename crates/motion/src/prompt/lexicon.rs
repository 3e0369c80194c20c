//! The word lists: a file per language, read once per prompt.

use std::collections::BTreeMap;

use domain::recipe::Mood;
use serde::Deserialize;

use super::tokens::tokens;

/// What is asked of the camera, or, after a negation, what is not wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CameraWord {
    PushIn,
    PullOut,
    PanLeft,
    PanRight,
    Pan,
    TiltUp,
    TiltDown,
    Tilt,
    TruckLeft,
    TruckRight,
    Truck,
    PedestalUp,
    PedestalDown,
    Pedestal,
    ArcLeft,
    ArcRight,
    Arc,
    RollLeft,
    RollRight,
    Roll,
    Static,
    /// The camera as such.
    Any,
}

/// What is asked of the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SubjectWord {
    Dance,
    Sway,
    Bounce,
    Breathe,
    /// Movement as such.
    Any,
    Still,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Manner {
    Slow,
    Fast,
    Slight,
    Strong,
}

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Camera(CameraWord),
    Subject(SubjectWord),
    Manner(Manner),
    Mood(Mood),
    Not,
    Or,
    Then,
    /// Asks for nothing.
    Neutral,
    /// Asks for something that is not done.
    WithoutEffect,
}

impl Meaning {
    /// It says little, so that it gives way to anything of the same length that says more.
    pub(super) fn is_vague(self) -> bool {
        matches!(
            self,
            Self::Camera(CameraWord::Any) | Self::Subject(SubjectWord::Any) | Self::Neutral | Self::WithoutEffect
        )
    }
}

/// One piece of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Exactly this word.
    Word(String),
    /// This word in any form.
    Forms(String),
    /// Up to three words.
    Gap,
}

impl Piece {
    pub(super) fn initial(&self) -> Option<char> {
        match self {
            Self::Word(word) | Self::Forms(word) => word.chars().next(),
            Self::Gap => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) pieces: Vec<Piece>,
    pub(super) meaning: Meaning,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    camera: BTreeMap<CameraWord, Vec<String>>,
    subject: BTreeMap<SubjectWord, Vec<String>>,
    manner: BTreeMap<Manner, Vec<String>>,
    mood: BTreeMap<MoodWord, Vec<String>>,
    grammar: Grammar,
    without_effect: WithoutEffect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MoodWord {
    Calm,
    Bright,
    Lively,
    Grand,
    Dark,
}

impl From<MoodWord> for Mood {
    fn from(word: MoodWord) -> Self {
        match word {
            MoodWord::Calm => Self::Calm,
            MoodWord::Bright => Self::Bright,
            MoodWord::Lively => Self::Lively,
            MoodWord::Grand => Self::Grand,
            MoodWord::Dark => Self::Dark,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    not: Vec<String>,
    or: Vec<String>,
    then: Vec<String>,
    neutral: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WithoutEffect {
    words: Vec<String>,
}

const LANGUAGES: [&str; 2] = [include_str!("en.toml"), include_str!("zh.toml")];

/// All phrases of all languages.
pub(super) fn phrases() -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for text in LANGUAGES {
        let file: Result<File, toml::de::Error> = toml::from_str(text);
        debug_assert!(file.is_ok(), "{file:?}");
        if let Ok(file) = file {
            file.list(&mut phrases);
        }
    }
    phrases
}

impl File {
    fn list(self, phrases: &mut Vec<Phrase>) {
        let mut add = |words: &[String], meaning: Meaning| {
            phrases.extend(words.iter().map(|word| Phrase {
                pieces: pieces(word),
                meaning,
            }));
        };
        for (word, list) in &self.camera {
            add(list, Meaning::Camera(*word));
        }
        for (word, list) in &self.subject {
            add(list, Meaning::Subject(*word));
        }
        for (word, list) in &self.manner {
            add(list, Meaning::Manner(*word));
        }
        for (word, list) in &self.mood {
            add(list, Meaning::Mood((*word).into()));
        }
        add(&self.without_effect.words, Meaning::WithoutEffect);
        add(&self.grammar.not, Meaning::Not);
        add(&self.grammar.or, Meaning::Or);
        add(&self.grammar.then, Meaning::Then);
        add(&self.grammar.neutral, Meaning::Neutral);
    }
}

/// "push* _ in": the words between white space, and the characters of scripts without spaces.
fn pieces(phrase: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, part) in phrase.split('_').enumerate() {
        if index > 0 {
            pieces.push(Piece::Gap);
        }
        for word in part.split_whitespace() {
            match word.strip_suffix('*') {
                Some(stem) => pieces.push(Piece::Forms(stem.to_owned())),
                None => pieces.extend(tokens(word).into_iter().map(|token| Piece::Word(token.text))),
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read_and_no_phrase_is_empty() {
        let phrases = phrases();
        assert!(phrases.len() > 900, "{}", phrases.len());
        assert!(phrases.iter().all(|phrase| !phrase.pieces.is_empty()));
        let first_is_gap = |phrase: &Phrase| phrase.pieces.first() == Some(&Piece::Gap);
        assert!(!phrases.iter().any(first_is_gap));
    }
}
