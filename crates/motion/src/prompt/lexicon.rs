//! The word lists: a file per language, read once per prompt.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::recipe::{Look, Mood, MusicStyle, OverlayKind, SceneryKind, SoundKind, SubjectKind};
use serde::Deserialize;

use super::{
    phrase::{Phrase, phrase},
    words::{CameraWord, Direction, LifeWord, Manner, Meaning, MomentWord, SubjectWord, TimeWord, What},
};

/// Everything that all languages say.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) phrases: Vec<Phrase>,
    /// Words for those who act.
    pub(super) who: HashSet<String>,
    /// Characters that are read as others.
    pub(super) variants: HashMap<String, String>,
    /// Phrases for the camera itself.
    pub(super) cameras: Vec<Phrase>,
    /// Phrases for things and places that are heard, whatever else they mean.
    pub(super) places: Vec<Phrase>,
    pub(super) numbers: HashMap<String, u32>,
}

type Lists<Key> = BTreeMap<Key, Vec<String>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    camera: Lists<CameraWord>,
    subject: Lists<SubjectKind>,
    life: Lists<LifeWord>,
    either: Vec<EitherList>,
    scenery: Lists<SceneryKind>,
    overlays: Lists<OverlayKind>,
    looks: Lists<Look>,
    mentions: Mentions,
    time: Lists<TimeWord>,
    manner: Lists<Manner>,
    adjective: Lists<Manner>,
    direction: Lists<Direction>,
    mood: Lists<Mood>,
    music: Lists<MusicStyle>,
    sounds: Lists<SoundKind>,
    /// Things and places that are heard, whatever else they mean.
    places: Lists<SoundKind>,
    moments: Lists<MomentWord>,
    /// How often: a number, or `n` for phrases that hold it.
    times: Lists<String>,
    numbers: BTreeMap<String, u32>,
    grammar: Grammar,
    without_effect: Vec<String>,
    wind: Vec<String>,
    /// Pairs of characters: the first is read as the second.
    #[serde(default)]
    variants: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EitherList {
    camera: CameraWord,
    subject: SubjectKind,
    /// Whether the camera is meant when nobody was named.
    #[serde(default)]
    otherwise_camera: bool,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mentions {
    scenery: Lists<SceneryKind>,
    overlays: Lists<OverlayKind>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    not: Vec<String>,
    or: Vec<String>,
    then: Vec<String>,
    before: Vec<String>,
    like: Vec<String>,
    joint: Vec<String>,
    camera: Vec<String>,
    who: Vec<String>,
    neutral: Vec<String>,
}

const LANGUAGES: [&str; 2] = [include_str!("en.toml"), include_str!("zh.toml")];

/// All phrases of all languages.
pub(super) fn lexicon() -> Lexicon {
    let mut lexicon = Lexicon::default();
    for text in LANGUAGES {
        let file: Result<File, toml::de::Error> = toml::from_str(text);
        debug_assert!(file.is_ok(), "{file:?}");
        if let Ok(file) = file {
            file.list(&mut lexicon);
        }
    }
    lexicon
}

impl File {
    fn list(&self, lexicon: &mut Lexicon) {
        let all = &mut lexicon.phrases;
        add_all(all, &self.camera, |word| Meaning::Wish(What::Camera(*word)));
        add_all(all, &self.subject, |kind| {
            Meaning::Wish(What::Subject(SubjectWord::Does(*kind)))
        });
        add_all(all, &self.life, |word| {
            Meaning::Wish(What::Subject(match word {
                LifeWord::Any => SubjectWord::Any,
                LifeWord::Still => SubjectWord::Still,
            }))
        });
        for either in &self.either {
            let meaning = Meaning::Either {
                camera: either.camera,
                subject: either.subject,
                otherwise_camera: either.otherwise_camera,
            };
            add(all, &either.words, meaning);
        }
        add_all(all, &self.scenery, |kind| Meaning::Wish(What::Scenery(*kind)));
        add_all(all, &self.overlays, |kind| Meaning::Wish(What::Overlay(*kind)));
        add_all(all, &self.looks, |look| Meaning::Wish(What::Look(*look)));
        add_all(all, &self.mentions.scenery, |kind| {
            Meaning::Mention(What::Scenery(*kind))
        });
        add_all(all, &self.mentions.overlays, |kind| {
            Meaning::Mention(What::Overlay(*kind))
        });
        add(all, &self.wind, Meaning::Wish(What::Wind));
        add(all, &self.without_effect, Meaning::Wish(What::Nothing));
        add_all(all, &self.time, |word| Meaning::Time(*word));
        add_all(all, &self.manner, |manner| Meaning::Manner(*manner));
        add_all(all, &self.adjective, |manner| Meaning::Adjective(*manner));
        add_all(all, &self.direction, |direction| Meaning::Direction(*direction));
        add_all(all, &self.mood, |mood| Meaning::Mood(*mood));
        add_all(all, &self.music, |style| Meaning::Music(*style));
        add_all(all, &self.sounds, |kind| Meaning::Sound(*kind));
        add_all(all, &self.moments, |word| Meaning::Moment(*word));
        add_all(all, &self.times, |key| Meaning::Times(key.parse().ok()));
        add_all(&mut lexicon.places, &self.places, |kind| Meaning::Sound(*kind));
        for pair in &self.variants {
            let mut characters = pair.chars().map(String::from);
            lexicon.variants.extend(characters.next().zip(characters.next()));
        }
        self.grammar.list(lexicon);
        lexicon
            .numbers
            .extend(self.numbers.iter().map(|(word, number)| (word.clone(), *number)));
    }
}

impl Grammar {
    fn list(&self, lexicon: &mut Lexicon) {
        let all = &mut lexicon.phrases;
        add(all, &self.not, Meaning::Not);
        add(all, &self.or, Meaning::Or);
        add(all, &self.then, Meaning::Then);
        add(all, &self.before, Meaning::Before);
        add(all, &self.like, Meaning::Like);
        add(all, &self.joint, Meaning::Joint);
        add(all, &self.who, Meaning::Who);
        add(all, &self.neutral, Meaning::Neutral);
        add(
            &mut lexicon.cameras,
            &self.camera,
            Meaning::Wish(What::Camera(CameraWord::Any)),
        );
        let words = self.who.iter().flat_map(|entry| entry.split('|'));
        lexicon.who.extend(words.map(str::to_owned));
    }
}

fn add_all<Key: Ord>(all: &mut Vec<Phrase>, lists: &Lists<Key>, meaning: impl Fn(&Key) -> Meaning) {
    for (key, entries) in lists {
        add(all, entries, meaning(key));
    }
}

fn add(all: &mut Vec<Phrase>, entries: &[String], meaning: Meaning) {
    all.extend(entries.iter().map(|entry| phrase(entry, meaning)));
}
