//! What a prompt asks for, as a whole.

use domain::recipe::Mood;

use super::{
    lexicon::{CameraWord, Manner, Meaning, SubjectWord, phrases},
    matches::{Found, find},
    tokens::{Token, TokenKind, tokens},
};

/// A negation reaches over at most this many words.
const NEGATION_REACH: usize = 4;

/// A prompt in our words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Wishes {
    /// In the order of the text, with the number of the "then" before it.
    pub(crate) camera: Vec<(CameraWord, u32)>,
    pub(crate) camera_unwanted: Vec<CameraWord>,
    pub(crate) subject: Vec<(SubjectWord, u32)>,
    pub(crate) subject_unwanted: Vec<SubjectWord>,
    pub(crate) mood: Option<Mood>,
    /// How fast, -1 slow to 1 fast.
    pub(crate) speed: i32,
    /// How strong, -1 slight to 1 strong.
    pub(crate) strength: i32,
    pub(crate) understood: Vec<String>,
    pub(crate) without_effect: Vec<String>,
}

/// Reads a prompt. Any text will do; what is not known is listed as without effect.
pub(crate) fn wishes(prompt: &str) -> Wishes {
    let tokens = tokens(prompt);
    let found = find(&tokens, &phrases());
    let mut reader = Reader {
        prompt,
        tokens: &tokens,
        wishes: Wishes::default(),
        step: 0,
        negation: None,
    };
    for phrase in &found {
        reader.read(phrase);
    }
    reader.list_unknown(&found);
    reader.wishes
}

struct Reader<'p> {
    prompt: &'p str,
    tokens: &'p [Token],
    wishes: Wishes,
    /// How often "then" was said.
    step: u32,
    /// Where the last negation began and how far it reached.
    negation: Option<(usize, usize)>,
}

impl Reader<'_> {
    fn read(&mut self, found: &Found) {
        let negated_from = self
            .negation
            .filter(|(_, end)| self.reaches(*end, found.first()))
            .map(|(from, _)| from);
        match found.meaning {
            Meaning::Neutral => return,
            Meaning::Not => {
                self.negation = Some((found.first(), found.last()));
                return;
            }
            // "no rain or snow": the negation goes on.
            Meaning::Or => {
                if let (Some(from), Some(negation)) = (negated_from, &mut self.negation) {
                    *negation = (from, found.last());
                }
                return;
            }
            Meaning::Then => {
                self.step += 1;
                self.negation = None;
                return;
            }
            Meaning::Camera(_)
            | Meaning::Subject(_)
            | Meaning::Manner(_)
            | Meaning::Mood(_)
            | Meaning::WithoutEffect => {}
        }
        let first = negated_from.unwrap_or(found.first());
        let text = self.written(first, found.last());
        let has_effect = if negated_from.is_some() {
            self.refuse(found.meaning)
        } else {
            self.grant(found.meaning)
        };
        let list = if has_effect {
            &mut self.wishes.understood
        } else {
            &mut self.wishes.without_effect
        };
        if !list.contains(&text) {
            list.push(text);
        }
        // A negation holds for what follows it directly, and on over "or".
        self.negation = negated_from
            .map(|from| (from, found.last()))
            .filter(|_| self.goes_on(found.last()));
    }

    /// Notes a wish. False: it will have no effect.
    fn grant(&mut self, meaning: Meaning) -> bool {
        let wishes = &mut self.wishes;
        match meaning {
            Meaning::Camera(CameraWord::Any) | Meaning::Subject(SubjectWord::Any) => {}
            Meaning::Camera(word) => wishes.camera.push((word, self.step)),
            Meaning::Subject(word) => wishes.subject.push((word, self.step)),
            Meaning::Manner(Manner::Slow) => wishes.speed = -1,
            Meaning::Manner(Manner::Fast) => wishes.speed = 1,
            Meaning::Manner(Manner::Slight) => wishes.strength = -1,
            Meaning::Manner(Manner::Strong) => wishes.strength = 1,
            Meaning::Mood(mood) => wishes.mood = wishes.mood.or(Some(mood)),
            Meaning::Not | Meaning::Or | Meaning::Then | Meaning::Neutral => {}
            Meaning::WithoutEffect => return false,
        }
        true
    }

    /// Notes that something is not wanted. What is never done is not done either.
    fn refuse(&mut self, meaning: Meaning) -> bool {
        let wishes = &mut self.wishes;
        match meaning {
            Meaning::Camera(CameraWord::Any) => wishes.camera.push((CameraWord::Static, self.step)),
            Meaning::Camera(word) => wishes.camera_unwanted.push(word),
            Meaning::Subject(SubjectWord::Any) => wishes.subject.push((SubjectWord::Still, self.step)),
            Meaning::Subject(word) => wishes.subject_unwanted.push(word),
            Meaning::Manner(Manner::Slow) => wishes.speed = 1,
            Meaning::Manner(Manner::Fast) => wishes.speed = -1,
            Meaning::Manner(Manner::Slight) => wishes.strength = 1,
            Meaning::Manner(Manner::Strong) => wishes.strength = -1,
            Meaning::Mood(_) | Meaning::WithoutEffect => {}
            Meaning::Not | Meaning::Or | Meaning::Then | Meaning::Neutral => {}
        }
        true
    }

    /// No break and few words lie between the tokens.
    fn reaches(&self, from: usize, to: usize) -> bool {
        let between = self.tokens.get(from + 1..to).unwrap_or_default();
        between.len() <= NEGATION_REACH
            && between
                .iter()
                .all(|token| token.kind == TokenKind::Word || token.text == "、")
    }

    fn goes_on(&self, last: usize) -> bool {
        let next = self.tokens.get(last + 1).map(|token| token.text.as_str());
        matches!(next, Some("or" | "nor" | "、" | "或" | "和"))
    }

    fn written(&self, first: usize, last: usize) -> String {
        let range = self.tokens.get(first).zip(self.tokens.get(last));
        let text = range.and_then(|(first, last)| self.prompt.get(first.from..last.to));
        text.unwrap_or_default().to_owned()
    }

    /// Lists the runs of words that no phrase holds.
    fn list_unknown(&mut self, found: &[Found]) {
        let mut known = vec![false; self.tokens.len()];
        for at in found.iter().flat_map(|found| &found.tokens) {
            if let Some(slot) = known.get_mut(*at) {
                *slot = true;
            }
        }
        let is_unknown = |at: usize| {
            let token = self.tokens.get(at);
            known.get(at) == Some(&false) && token.is_some_and(|token| token.kind == TokenKind::Word)
        };
        let mut at = 0;
        while at < self.tokens.len() {
            let length = (at..self.tokens.len()).take_while(|at| is_unknown(*at)).count();
            if length > 0 {
                let text = self.written(at, at + length - 1);
                if !self.wishes.without_effect.contains(&text) {
                    self.wishes.without_effect.push(text);
                }
            }
            at += length + 1;
        }
    }
}
