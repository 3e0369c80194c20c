//! From a prompt and pictures to a recipe.

mod camera;
pub(crate) mod dice;
mod mood;
mod subject;
mod summary;
mod transition;

use domain::{
    media::{FRAME_RATE, Size},
    recipe::{RECIPE_VERSION, Recipe},
    request::Amplitude,
};

use crate::{
    analysis::Analysis,
    keyframes::{frame_of, keyframes_that_fit},
    prompt::{Wishes, wishes},
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
}

/// Decides what to do with these pictures. Always gives a whole recipe: what the prompt leaves open, the
/// picture and the seed decide.
pub fn plan(studies: &[Study], wish: &Wish<'_>) -> Recipe {
    let wishes = wishes(wish.prompt);
    let used = keyframes_that_fit(studies.len(), wish.frames).len();
    let brief = Brief {
        wish,
        amplitude: resolved(wish.amplitude, &wishes),
        wishes,
        analysis: studies.first().map(Study::analysis),
        times: (0..used).map(|index| frame_of(index, used, wish.frames)).collect(),
    };
    let subject = subject::actions(&brief);
    let camera = camera::tracks(&brief, &subject);
    let mood = mood::mood(&brief, &subject);
    let mut recipe = Recipe {
        version: RECIPE_VERSION,
        seed: wish.seed,
        size: wish.size,
        frames: wish.frames,
        amplitude: brief.amplitude,
        beat: mood::beat(&brief, &subject, mood),
        camera,
        subject,
        cut_out: false,
        scenery: Vec::new(),
        overlays: Vec::new(),
        grade: Vec::new(),
        transitions: transition::transitions(&brief, studies),
        pace: 1.0,
        mood,
        understood: brief.wishes.understood,
        without_effect: brief.wishes.without_effect,
        summary: String::new(),
    };
    recipe.summary = summary::summary(&recipe, used);
    recipe
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
        Amplitude::Auto => match wishes.strength {
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
        let shade = match (self.wish.amplitude, self.wishes.strength) {
            (Amplitude::Auto, _) | (_, 0) => 1.0,
            (_, 1..) => 1.12,
            (_, ..0) => 0.88,
        };
        gain(self.amplitude) * shade
    }

    fn seconds(&self) -> f32 {
        self.wish.frames as f32 / FRAME_RATE as f32
    }

    fn confidence(&self) -> f32 {
        self.analysis
            .as_ref()
            .map_or(0.0, |analysis| analysis.subject.confidence)
    }

    /// The frames from which to which the part after the `step`-th "then" lasts, of `steps` in all.
    fn part(&self, step: u32, steps: u32) -> (u32, u32) {
        let share = |step: u32| {
            let frame = u64::from(self.wish.frames) * u64::from(step) / u64::from(steps.max(1));
            u32::try_from(frame).unwrap_or(self.wish.frames)
        };
        (share(step), share(step + 1))
    }
}
