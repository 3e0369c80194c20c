//! From a prompt and pictures to a recipe.

mod camera;
pub(crate) mod dice;
mod grade;
mod mood;
mod moves;
mod music;
mod overlay;
mod pace;
mod scenery;
mod sounds;
mod subject;
mod summary;
mod timeline;
mod tones;
mod transition;

use std::{collections::HashSet, f32::consts::PI};

use domain::{
    media::{FRAME_RATE, Size},
    recipe::{RECIPE_VERSION, Recipe, SceneryKind},
    request::Amplitude,
};

pub use summary::summary;

use crate::{
    analysis::Analysis,
    keyframes::{frames_of, keyframes_that_fit},
    prompt::{SubjectWord, Wanted, What, Wishes, wishes},
    study::Study,
};

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Any text.
    pub prompt: &'a str,
    /// Of the clip, both sides even.
    pub size: Size,
    pub frames: u32,
    pub amplitude: Amplitude,
    /// Another seed gives another clip.
    pub seed: u32,
    /// How long it is from each picture to the next, against one another; none when they are evenly spaced. The prompt
    /// is then taken to speak of each stretch in its own time.
    pub spans: &'a [u32],
}

/// Everything that the parts of a plan look at.
struct Brief<'a> {
    wish: &'a Wish<'a>,
    wishes: Wishes,
    /// Of the first picture, if there is one.
    analysis: Option<&'a Analysis>,
    amplitude: Amplitude,
    /// The frames at which the pictures are shown whole.
    times: Vec<u32>,
    /// From which frame to which each step of the prompt lasts.
    parts: Vec<Option<(u32, u32)>>,
    /// Where the one wind of the clip blows, in radians.
    wind: f32,
}

/// Decides what to do with these pictures. Always gives a whole recipe: what the prompt leaves open, the
/// picture and the seed decide.
pub fn plan(studies: &[Study], wish: &Wish<'_>) -> Recipe {
    let wishes = wishes(wish.prompt);
    let used = keyframes_that_fit(studies.len(), wish.frames).len();
    let brief = Brief {
        wish,
        amplitude: resolved(wish.amplitude, &wishes),
        parts: timeline::parts(&wishes, wish.frames),
        wind: wind(&wishes, wish.seed),
        wishes,
        analysis: studies.first().map(Study::analysis),
        times: frames_of(used, wish.frames, wish.spans),
    };
    let mut dropped = Vec::new();
    let subject = subject::actions(&brief, &mut dropped);
    let scenery = scenery::motions(&brief, &mut dropped);
    let overlays = overlay::overlays(&brief, &mut dropped);
    let grade = grade::grades(&brief, &overlays, &mut dropped);
    let busy = camera::Busy {
        performing: subject.iter().any(subject::performs),
        lively: !scenery.is_empty() || !overlays.is_empty(),
    };
    let camera = camera::tracks(&brief, busy, &mut dropped);
    let mood = mood::mood(&brief, &subject);
    let music = music::style(&brief, &subject, mood);
    let (understood, without_effect) = words(&brief.wishes, &dropped);
    let mut recipe = Recipe {
        version: RECIPE_VERSION,
        seed: wish.seed,
        size: wish.size,
        frames: wish.frames,
        amplitude: brief.amplitude,
        beat: music::beat(&brief, music),
        camera,
        pace: pace::pace(&brief, &subject),
        cut_out: used == 1 && subject.iter().any(subject::performs) && studies.first().is_some_and(Study::can_be_cut),
        subject,
        scenery,
        overlays,
        grade,
        transitions: transition::transitions(&brief, studies),
        mood,
        music,
        sounds: Vec::new(),
        understood,
        without_effect,
        summary: String::new(),
    };
    recipe.sounds = sounds::sounds(&brief, &recipe);
    recipe.summary = summary(&recipe, used);
    recipe
}

/// The prompt's words with and without effect, each once, in their order.
fn words(wishes: &Wishes, dropped: &[usize]) -> (Vec<String>, Vec<String>) {
    let mut said: Vec<(usize, bool, &str)> = Vec::new();
    for (index, words) in wishes.said.iter().enumerate() {
        let has_effect = words.has_effect && !dropped.contains(&index);
        said.push((words.from, has_effect, &words.text));
    }
    said.sort_by_key(|(from, ..)| *from);
    // Words that mean two things have an effect if either has.
    let effective: HashSet<(usize, &str)> = said.iter().filter(|said| said.1).map(|said| (said.0, said.2)).collect();
    let list = |wanted: bool| {
        let mut seen = HashSet::new();
        let own = said
            .iter()
            .filter(|(from, _, text)| effective.contains(&(*from, *text)) == wanted);
        let texts = own.map(|(_, _, text)| *text).filter(|text| seen.insert(*text));
        texts.map(str::to_owned).collect()
    };
    (list(true), list(false))
}

/// Where the prompt says that the wind blows, else to either side, by the seed.
fn wind(wishes: &Wishes, seed: u32) -> f32 {
    let windy = wishes.wanted.iter().filter(|wanted| {
        matches!(wanted.what, What::Wind | What::Overlay(_))
            || matches!(wanted.what, What::Scenery(kind) if kind != SceneryKind::Stream && kind != SceneryKind::Water)
    });
    let said = windy
        .filter_map(|wanted| wanted.heading)
        .find(|heading| heading.cos().abs() > 0.5);
    let side = if dice::pick(seed, 45, 2) == 0 { 0.0 } else { PI };
    said.unwrap_or(side + 0.15 * dice::spread(seed, 46))
}

/// How much everything moves against the natural medium: by more than 1.6 from each amplitude to the next.
pub(crate) fn gain(amplitude: Amplitude) -> f32 {
    match amplitude {
        Amplitude::Small => 0.54,
        Amplitude::Auto | Amplitude::Medium => 1.0,
        Amplitude::Large => 1.85,
    }
}

/// What `auto` means for this prompt.
fn resolved(amplitude: Amplitude, wishes: &Wishes) -> Amplitude {
    match amplitude {
        Amplitude::Auto => match wishes.all.strength {
            1 => Amplitude::Large,
            -1 => Amplitude::Small,
            _ => Amplitude::Medium,
        },
        chosen => chosen,
    }
}

impl Brief<'_> {
    /// How much everything moves against the natural medium.
    fn gain(&self) -> f32 {
        // Where the amplitude was given, strong and slight words shade it.
        let shade = match (self.wish.amplitude, self.wishes.all.strength) {
            (Amplitude::Auto, _) | (_, 0) => 1.0,
            (_, 1..) => 1.12,
            (_, ..0) => 0.88,
        };
        gain(self.amplitude) * shade
    }

    /// How much `wanted` moves against the natural medium: more or less than the rest where the prompt says so.
    fn strength(&self, wanted: &Wanted) -> f32 {
        let own = match (wanted.what, wanted.manners.strength) {
            (What::Camera(_), 0) => self.wishes.camera.strength,
            (_, own) => own,
        };
        let words = match own {
            ..0 => 0.62,
            0 => 1.0,
            1.. => 1.5,
        };
        self.gain() * words
    }

    /// -1 slow, 1 fast.
    fn speed(&self, wanted: &Wanted) -> i32 {
        let general = if matches!(wanted.what, What::Camera(_)) {
            self.wishes.camera.or(self.wishes.all)
        } else {
            self.wishes.all
        };
        wanted.manners.or(general).speed
    }

    /// How fast everything but the camera is asked to move: -1 slow, 1 fast.
    fn speed_of_life(&self) -> i32 {
        let alive = |wanted: &&Wanted| {
            matches!(
                wanted.what,
                What::Subject(SubjectWord::Does(_)) | What::Scenery(_) | What::Overlay(_) | What::Wind
            )
        };
        let living = self.wishes.wanted.iter().filter(alive);
        let speeds: Vec<i32> = living.map(|wanted| self.speed(wanted)).collect();
        if speeds.is_empty() {
            return self.wishes.all.speed;
        }
        speeds.iter().sum::<i32>().signum()
    }

    /// From which frame to which `wanted` lasts; nothing when it comes after the clip's end.
    fn part(&self, wanted: &Wanted) -> Option<(u32, u32)> {
        self.parts.get(wanted.step).copied().flatten()
    }

    fn is_unwanted(&self, what: What) -> bool {
        self.wishes.unwanted.contains(&what)
    }

    fn seconds(&self) -> f32 {
        self.wish.frames as f32 / FRAME_RATE as f32
    }

    fn confidence(&self) -> f32 {
        self.analysis
            .as_ref()
            .map_or(0.0, |analysis| analysis.subject.confidence)
    }
}
