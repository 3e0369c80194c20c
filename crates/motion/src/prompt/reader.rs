//! Reads the phrases of a prompt in their order.

use std::collections::HashSet;

use domain::recipe::SubjectKind;

use super::{
    binding::{Modifier, bind},
    lexicon::{Lexicon, lexicon},
    matches::{Found, cameras, find, heard_there},
    tokens::{Token, TokenKind, tokens},
    wishes::{Manners, Said, Start, Wanted, Wishes},
    words::{CameraWord, Manner, Meaning, MomentWord, SubjectWord, What},
};

/// A negation reaches over at most this many words.
const NEGATION_REACH: usize = 4;
/// A comparison reaches over at most this many words.
const COMPARISON_REACH: usize = 3;

/// Reads a prompt. Any text will do; what is not known is listed as without effect.
pub(crate) fn wishes(prompt: &str) -> Wishes {
    let lexicon = lexicon();
    let mut tokens = tokens(prompt);
    for token in &mut tokens {
        if let Some(plain) = lexicon.variants.get(&token.text) {
            token.text.clone_from(plain);
        }
    }
    let found = find(&tokens, &lexicon);
    let mut reader = Reader {
        prompt,
        clauses: clauses(&tokens, &found),
        cameras: cameras(&tokens, &lexicon),
        tokens: &tokens,
        found: &found,
        lexicon: &lexicon,
        wishes: Wishes {
            starts: vec![Start::Next],
            around: heard_there(&tokens, &lexicon),
            ..Wishes::default()
        },
        places: Vec::new(),
        modifiers: Vec::new(),
        is_known: vec![false; tokens.len()],
        step: 0,
        negation: None,
        refused: None,
        comparison: None,
    };
    for number in 0..found.len() {
        reader.read(number);
    }
    reader.finish()
}

/// The number of the clause that each token stands in.
fn clauses(tokens: &[Token], found: &[Found]) -> Vec<usize> {
    let joints: HashSet<usize> = found
        .iter()
        .filter(|found| matches!(found.meaning, Meaning::Joint | Meaning::Then | Meaning::Before))
        .map(Found::first)
        .collect();
    let mut clause = 0;
    let begins = |at: usize, token: &Token| token.kind != TokenKind::Word || joints.contains(&at);
    let numbered = tokens.iter().enumerate().map(|(at, token)| {
        clause += usize::from(begins(at, token));
        clause
    });
    numbered.collect()
}

/// Who a verb can be said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Actor {
    Camera,
    Who,
}

struct Reader<'p> {
    prompt: &'p str,
    tokens: &'p [Token],
    found: &'p [Found],
    lexicon: &'p Lexicon,
    clauses: Vec<usize>,
    /// Tokens that name the camera.
    cameras: Vec<usize>,
    wishes: Wishes,
    /// Where each wanted thing is said: its first and last token.
    places: Vec<(usize, usize)>,
    modifiers: Vec<Modifier>,
    is_known: Vec<bool>,
    step: usize,
    /// Where the last negation began and how far it reached.
    negation: Option<(usize, usize)>,
    /// Where the negation of the last phrase began, and that phrase's first token: it may mean more than one thing.
    refused: Option<(usize, usize)>,
    /// Where the last comparison ended.
    comparison: Option<usize>,
}

impl Reader<'_> {
    fn read(&mut self, number: usize) {
        let Some(found) = self.found.get(number) else { return };
        let negated_from = self
            .negation
            .filter(|(_, end)| self.reaches(*end, found.first(), NEGATION_REACH))
            .or(self.refused.filter(|(_, first)| *first == found.first()))
            .map(|(from, _)| from);
        self.refused = negated_from.map(|from| (from, found.first()));
        if self.is_comparison(found) {
            return;
        }
        for at in &found.tokens {
            if let Some(known) = self.is_known.get_mut(*at) {
                *known = true;
            }
        }
        if self.only_describes(number) || self.goes_on_with_a_thing(found) {
            return;
        }
        match found.meaning {
            Meaning::Neutral | Meaning::Who | Meaning::Joint => return,
            Meaning::Like => {
                self.comparison = Some(found.last());
                return;
            }
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
            Meaning::Before if !self.something_happens_after(number) => return,
            Meaning::Then | Meaning::Before => {
                self.begin_step(Start::Next);
                return;
            }
            _ => {}
        }
        let text_from = negated_from.unwrap_or(found.first());
        let said = self.say(text_from, found.last());
        let has_effect = if negated_from.is_some() {
            self.refuse(found.meaning, said, found)
        } else {
            self.grant(found.meaning, said, found)
        };
        if let Some(said) = self.wishes.said.get_mut(said) {
            said.has_effect = has_effect;
        }
        // A negation holds for what follows it directly, and on over "or".
        self.negation = negated_from
            .map(|from| (from, found.last()))
            .filter(|_| self.goes_on(found.last()));
    }

    /// Notes a wish. False: it will have no effect.
    fn grant(&mut self, meaning: Meaning, said: usize, found: &Found) -> bool {
        match meaning {
            Meaning::Wish(what) => {
                self.want(what, false, said, found);
                return what != What::Nothing;
            }
            Meaning::Mention(what) => self.want(what, true, said, found),
            Meaning::Either {
                camera,
                subject,
                otherwise_camera,
            } => {
                let camera_acts = match self.actor(found.first()) {
                    Some(Actor::Camera) => true,
                    Some(Actor::Who) => false,
                    // "push in, then roll": in a list of camera moves it is one more of them.
                    // And no subject does what it stands still for.
                    None => otherwise_camera || self.speaks_of_the_camera() || self.subject_stands_still(),
                };
                let what = if camera_acts {
                    What::Camera(camera)
                } else {
                    What::Subject(SubjectWord::Does(subject))
                };
                self.want(what, false, said, found);
            }
            Meaning::Manner(manner) | Meaning::Adjective(manner) => {
                self.modify(Modifier::manner(manners(manner)), said, found);
            }
            Meaning::Direction(direction) => self.modify(Modifier::heading(direction.heading()), said, found),
            Meaning::Times(times) => match times.or(found.number) {
                Some(times) => self.modify(Modifier::times(times), said, found),
                None => return false,
            },
            Meaning::Moment(word) => self.begin_at(word, found),
            Meaning::Time(word) => self.wishes.time = self.wishes.time.or(Some(word)),
            Meaning::Mood(mood) => self.wishes.mood = self.wishes.mood.or(Some(mood)),
            Meaning::Music(style) => self.wishes.music = self.wishes.music.or(Some(style)),
            Meaning::Sound(kind) => self.wishes.heard.push((kind, self.step)),
            _ => {}
        }
        true
    }

    /// Notes that something is not wanted. What is never done is not done either.
    fn refuse(&mut self, meaning: Meaning, said: usize, found: &Found) -> bool {
        match meaning {
            Meaning::Wish(What::Camera(CameraWord::Any)) => {
                self.want(What::Camera(CameraWord::Static), false, said, found);
            }
            Meaning::Wish(What::Subject(SubjectWord::Any)) => {
                self.want(What::Subject(SubjectWord::Still), false, said, found);
            }
            Meaning::Wish(what) | Meaning::Mention(what) => self.wishes.unwanted.push(what),
            Meaning::Sound(kind) => self.wishes.unheard.push(kind),
            Meaning::Either { camera, subject, .. } => {
                let both = [What::Camera(camera), What::Subject(SubjectWord::Does(subject))];
                self.wishes.unwanted.extend(both);
            }
            Meaning::Manner(manner) | Meaning::Adjective(manner) => {
                let Manners { speed, strength } = manners(manner);
                let opposite = Manners {
                    speed: -speed,
                    strength: -strength,
                };
                self.modify(Modifier::manner(opposite), said, found);
            }
            _ => {}
        }
        true
    }

    fn want(&mut self, what: What, mentioned: bool, said: usize, found: &Found) {
        let times = match what {
            What::Subject(SubjectWord::Does(_)) => found.number,
            _ => None,
        };
        self.wishes.wanted.push(Wanted {
            what,
            mentioned,
            step: self.step,
            manners: Manners::default(),
            heading: None,
            times,
            said,
        });
        self.places.push((found.first(), found.last()));
    }

    fn modify(&mut self, modifier: Modifier, said: usize, found: &Found) {
        self.modifiers.push(modifier.at(said, found.first(), found.last()));
    }

    fn begin_step(&mut self, start: Start) {
        self.wishes.starts.push(start);
        self.step = self.wishes.starts.len() - 1;
        self.negation = None;
    }

    /// "after two seconds it snows", and "it snows after two seconds": what is said before it in the same clause
    /// begins then, too.
    fn begin_at(&mut self, word: MomentWord, found: &Found) {
        let seconds = found.number.unwrap_or(0) as f32;
        let before = self.step;
        self.begin_step(match word {
            MomentWord::After => Start::Seconds(seconds),
            MomentWord::BeforeEnd => Start::SecondsBeforeEnd(seconds),
            MomentWord::Halfway => Start::Share(0.5),
        });
        let clause = self.clauses.get(found.first());
        let mut any = false;
        for (wanted, (first, _)) in self.wishes.wanted.iter_mut().zip(&self.places).rev() {
            if self.clauses.get(*first) != clause {
                break;
            }
            wanted.step = self.step;
            any = true;
        }
        if any {
            self.step = before;
        }
    }

    /// Who was named last, up to token `at`.
    fn actor(&self, at: usize) -> Option<Actor> {
        let camera = self.cameras.iter().copied().filter(|camera| *camera <= at).max();
        match (camera, self.last_who(at)) {
            (Some(camera), who) if who.is_none_or(|who| who < camera) => Some(Actor::Camera),
            (_, Some(_)) => Some(Actor::Who),
            _ => None,
        }
    }

    fn last_who(&self, at: usize) -> Option<usize> {
        let named = self.found.iter().filter(|found| found.meaning == Meaning::Who);
        let single = (0..=at).rev().find(|at| {
            let token = self.tokens.get(*at);
            token.is_some_and(|token| self.lexicon.who.contains(&token.text))
        });
        let last = named.map(Found::first).filter(|who| *who <= at).max();
        last.max(single)
    }

    fn speaks_of_the_camera(&self) -> bool {
        let last = self.wishes.wanted.last();
        last.is_some_and(|wanted| matches!(wanted.what, What::Camera(_)))
    }

    /// Whether that is said anywhere in the prompt.
    fn subject_stands_still(&self) -> bool {
        let still = Meaning::Wish(What::Subject(SubjectWord::Still));
        self.found.iter().any(|found| found.meaning == still)
    }

    /// "petals fall and drift": a verb of the petals, which says nothing new.
    fn goes_on_with_a_thing(&self, found: &Found) -> bool {
        let is_passive = match found.meaning {
            Meaning::Either { otherwise_camera, .. } => !otherwise_camera,
            Meaning::Wish(What::Subject(SubjectWord::Does(kind))) => matches!(
                kind,
                SubjectKind::Sway | SubjectKind::Float | SubjectKind::Fly | SubjectKind::Wiggle
            ),
            _ => false,
        };
        let last = self.wishes.wanted.last().zip(self.places.last());
        let Some((wanted, (_, end))) = last.filter(|_| is_passive) else {
            return false;
        };
        let clause = |token: usize| self.clauses.get(token).copied().unwrap_or(0);
        let is_near = clause(found.first()) <= clause(*end) + 1;
        let is_thing = matches!(wanted.what, What::Scenery(_) | What::Overlay(_) | What::Wind);
        let who = self.last_who(found.first());
        let named_since = who.is_some_and(|who| who > *end || clause(who) == clause(found.first()));
        let camera_since = self
            .cameras
            .iter()
            .any(|camera| camera > end && *camera <= found.first());
        is_near && is_thing && !named_since && !camera_since
    }

    /// "moves like smoke" asks for no smoke.
    fn is_comparison(&self, found: &Found) -> bool {
        let is_thing = matches!(
            found.meaning,
            Meaning::Mention(_) | Meaning::Wish(What::Scenery(_) | What::Overlay(_) | What::Look(_) | What::Wind)
        );
        let near = |from: usize| self.reaches(from, found.first(), COMPARISON_REACH);
        is_thing && self.comparison.is_some_and(near)
    }

    /// Whether phrase `number` is an adjective of something that is not asked for: "soft fur".
    fn only_describes(&self, number: usize) -> bool {
        let mut rest = self.found.get(number..).unwrap_or_default().iter();
        let Some(mut here) = rest.next() else { return false };
        if !matches!(here.meaning, Meaning::Adjective(_)) {
            return false;
        }
        loop {
            let next = here.last() + 1;
            if self.tokens.get(next).is_none_or(|token| token.kind != TokenKind::Word) {
                return false;
            }
            match rest.find(|found| found.first() >= next) {
                Some(found) if found.first() == next => match found.meaning {
                    Meaning::Adjective(_) | Meaning::Manner(_) => here = found,
                    Meaning::Neutral | Meaning::Who => return !self.is_linking(next),
                    _ => return false,
                },
                _ => return true,
            }
        }
    }

    /// "slow and steady"
    fn is_linking(&self, at: usize) -> bool {
        let text = self.tokens.get(at).map(|token| token.text.as_str());
        matches!(
            text,
            Some("and" | "but" | "in" | "for" | "的" | "地" | "而" | "且" | "又")
        )
    }

    /// Whether a wish for the camera or the subject follows in the same clause.
    fn something_happens_after(&self, number: usize) -> bool {
        let mut rest = self.found.get(number..).unwrap_or_default().iter();
        let clause = rest.next().and_then(|found| self.clauses.get(found.first()));
        rest.take_while(|found| self.clauses.get(found.first()) == clause)
            .any(|found| {
                matches!(
                    found.meaning,
                    Meaning::Either { .. } | Meaning::Wish(What::Camera(_) | What::Subject(_))
                )
            })
    }

    /// No break and few words lie between the tokens.
    fn reaches(&self, from: usize, to: usize, most: usize) -> bool {
        let between = self.tokens.get(from + 1..to).unwrap_or_default();
        between.len() <= most
            && between
                .iter()
                .all(|token| token.kind == TokenKind::Word || token.text == "、")
    }

    fn goes_on(&self, last: usize) -> bool {
        let next = self.tokens.get(last + 1).map(|token| token.text.as_str());
        matches!(next, Some("or" | "nor" | "、" | "或" | "和"))
    }

    /// Notes the words from one token to another, and gives their index.
    fn say(&mut self, first: usize, last: usize) -> usize {
        let range = self.tokens.get(first).zip(self.tokens.get(last));
        let (from, to) = range.map_or((0, 0), |(first, last)| (first.from, last.to));
        self.wishes.said.push(Said {
            from,
            text: self.prompt.get(from..to).unwrap_or_default().to_owned(),
            has_effect: false,
        });
        self.wishes.said.len() - 1
    }

    fn finish(mut self) -> Wishes {
        bind(&mut self.wishes, &self.places, &self.modifiers, &self.clauses);
        self.list_unknown();
        self.wishes
    }

    /// Lists the runs of words that no phrase holds.
    fn list_unknown(&mut self) {
        let is_unknown = |at: usize| {
            let token = self.tokens.get(at);
            self.is_known.get(at) == Some(&false) && token.is_some_and(|token| token.kind == TokenKind::Word)
        };
        let mut runs = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let length = (at..self.tokens.len()).take_while(|at| is_unknown(*at)).count();
            if length > 0 {
                runs.push((at, at + length - 1));
            }
            at += length + 1;
        }
        for (first, last) in runs {
            self.say(first, last);
        }
    }
}

fn manners(manner: Manner) -> Manners {
    let (speed, strength) = match manner {
        Manner::Slow => (-1, 0),
        Manner::Fast => (1, 0),
        Manner::Slight => (0, -1),
        Manner::Strong => (0, 1),
    };
    Manners { speed, strength }
}
