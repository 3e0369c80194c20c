//! From a prompt and pictures to a recipe.

pub(crate) mod dice;

use domain::{
    media::{Picture, Size},
    recipe::{Beat, CameraMove, CameraTrack, Mood, RECIPE_VERSION, Recipe, SubjectAction, SubjectKind},
    request::Amplitude,
};

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    pub prompt: &'a str,
    /// Of the clip, both sides even.
    pub size: Size,
    pub frames: u32,
    pub amplitude: Amplitude,
    pub seed: u32,
}

/// Decides what to do with these pictures.
pub fn plan(pictures: &[Picture], wish: &Wish<'_>) -> Recipe {
    let _ = pictures;
    Recipe {
        version: RECIPE_VERSION,
        seed: wish.seed,
        size: wish.size,
        frames: wish.frames,
        amplitude: Amplitude::Medium,
        camera: vec![CameraTrack {
            movement: CameraMove::PushIn,
            from: 0,
            to: wish.frames,
            travel: 0.2,
            heading: 0.0,
            target: (0.5, 0.5),
        }],
        subject: vec![SubjectAction {
            kind: SubjectKind::Breathe,
            from: 0,
            to: wish.frames,
            strength: 1.0,
        }],
        beat: Beat { tempo: 84.0, bar: 4 },
        mood: Mood::Calm,
        understood: Vec::new(),
        without_effect: Vec::new(),
        summary: "Slow push in on the subject, breathing.".to_owned(),
    }
}
