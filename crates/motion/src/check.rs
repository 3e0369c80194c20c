//! Everything that drawing relies on: recipes may come from outside.

use std::fmt::Display;

use domain::{
    recipe::{RECIPE_VERSION, Recipe},
    request::Amplitude,
};

use crate::{
    error::MotionError,
    keyframes::{CLOSEST, keyframes_that_fit},
};

/// Sixty seconds.
const MOST_FRAMES: u32 = 1440;
/// Entries of one list.
const MOST_ENTRIES: usize = 200;
/// A little more than a turn either way, in radians.
const MOST_HEADING: f32 = 7.0;

/// Finds the first thing in `recipe` that is out of its range, or that does not go with `pictures` pictures.
///
/// # Errors
/// `Version` or `Recipe`, which names the place.
pub fn check(recipe: &Recipe, pictures: usize) -> Result<(), MotionError> {
    if recipe.version != RECIPE_VERSION {
        return Err(MotionError::Version {
            found: recipe.version,
            known: RECIPE_VERSION,
        });
    }
    check_clip(recipe)?;
    check_movement(recipe)?;
    check_surroundings(recipe)?;
    check_transitions(recipe, pictures)
}

fn check_clip(recipe: &Recipe) -> Result<(), MotionError> {
    within("seed", recipe.seed, 1, 2_147_483_647)?;
    within("frames", recipe.frames, 1, MOST_FRAMES)?;
    for (name, side) in [("size.width", recipe.size.width), ("size.height", recipe.size.height)] {
        within(name, side, 2, 8192)?;
        if side % 2 == 1 {
            return Err(wrong(name, format!("{side} is not even")));
        }
    }
    if recipe.amplitude == Amplitude::Auto {
        return Err(wrong(
            "amplitude",
            "auto is not an amount: small, medium or large".to_owned(),
        ));
    }
    within("pace", recipe.pace, 0.1, 10.0)?;
    within("beat.tempo", recipe.beat.tempo, 60.0, 180.0)?;
    within("beat.bar", recipe.beat.bar, 1, 12)
}

fn check_movement(recipe: &Recipe) -> Result<(), MotionError> {
    for (place, track) in places("camera", &recipe.camera)? {
        stretch(&place, track.from, track.to, recipe.frames)?;
        within(&format!("{place}.travel"), track.travel, 0.0, 1.0)?;
        within(&format!("{place}.heading"), track.heading, -MOST_HEADING, MOST_HEADING)?;
        within(&format!("{place}.target[0]"), track.target.0, 0.0, 1.0)?;
        within(&format!("{place}.target[1]"), track.target.1, 0.0, 1.0)?;
    }
    for (place, action) in places("subject", &recipe.subject)? {
        stretch(&place, action.from, action.to, recipe.frames)?;
        within(&format!("{place}.strength"), action.strength, 0.0, 3.0)?;
        if let Some(times) = action.times {
            within(&format!("{place}.times"), times, 1, 100)?;
        }
    }
    Ok(())
}

fn check_surroundings(recipe: &Recipe) -> Result<(), MotionError> {
    for (place, motion) in places("scenery", &recipe.scenery)? {
        stretch(&place, motion.from, motion.to, recipe.frames)?;
        within(&format!("{place}.strength"), motion.strength, 0.0, 3.0)?;
        within(&format!("{place}.heading"), motion.heading, -MOST_HEADING, MOST_HEADING)?;
    }
    for (place, overlay) in places("overlays", &recipe.overlays)? {
        stretch(&place, overlay.from, overlay.to, recipe.frames)?;
        within(&format!("{place}.amount"), overlay.amount, 0.0, 3.0)?;
        within(&format!("{place}.wind"), overlay.wind, -MOST_HEADING, MOST_HEADING)?;
    }
    for (place, grade) in places("grade", &recipe.grade)? {
        stretch(&place, grade.from, grade.to, recipe.frames)?;
        within(&format!("{place}.strength"), grade.strength, 0.0, 2.0)?;
    }
    Ok(())
}

/// None at all is allowed: then pictures dissolve.
fn check_transitions(recipe: &Recipe, pictures: usize) -> Result<(), MotionError> {
    let transitions = places("transitions", &recipe.transitions)?;
    let shown = keyframes_that_fit(pictures, recipe.frames).len();
    let stretches = shown.saturating_sub(1);
    if !transitions.is_empty() && transitions.len() != stretches {
        let problem = format!(
            "{} for {shown} shown: there is one between each two pictures, or none at all",
            transitions.len()
        );
        return Err(wrong("transitions", problem));
    }
    let mut shown_at = 0;
    for (index, (place, transition)) in transitions.into_iter().enumerate() {
        if transition.from != shown_at {
            let problem = format!(
                "{} is not {shown_at}, the frame of picture {}",
                transition.from,
                index + 1
            );
            return Err(wrong(&format!("{place}.from"), problem));
        }
        let end = recipe.frames.saturating_sub(1);
        let place = format!("{place}.to");
        if index + 1 == stretches && transition.to != end {
            let problem = format!("{} is not {end}, the last frame", transition.to);
            return Err(wrong(&place, problem));
        }
        within(&place, transition.to, shown_at + CLOSEST as u32, end)?;
        shown_at = transition.to;
    }
    for (place, sound) in places("sounds", &recipe.sounds)? {
        stretch(&place, sound.from, sound.to, recipe.frames)?;
        within(&format!("{place}.level"), sound.level, 0.0, 3.0)?;
        within(&format!("{place}.place"), sound.place, 0.0, 1.0)?;
        within(&format!("{place}.width"), sound.width, 0.0, 1.0)?;
        if let Some(every) = sound.every {
            within(&format!("{place}.every"), every, 1.0, MOST_FRAMES as f32)?;
        }
    }
    Ok(())
}

/// The entries of a list with the place of each, as `camera[0]`.
fn places<'e, Entry>(name: &str, entries: &'e [Entry]) -> Result<Vec<(String, &'e Entry)>, MotionError> {
    if entries.len() > MOST_ENTRIES {
        let count = entries.len();
        return Err(wrong(name, format!("{count} entries are more than {MOST_ENTRIES}")));
    }
    let named = entries.iter().enumerate();
    Ok(named
        .map(|(index, entry)| (format!("{name}[{index}]"), entry))
        .collect())
}

fn stretch(place: &str, from: u32, to: u32, frames: u32) -> Result<(), MotionError> {
    within(&format!("{place}.to"), to, 0, frames)?;
    within(&format!("{place}.from"), from, 0, to)
}

/// What is not a number is within nothing.
fn within<Number: PartialOrd + Display>(
    place: &str,
    value: Number,
    low: Number,
    high: Number,
) -> Result<(), MotionError> {
    if value >= low && value <= high {
        return Ok(());
    }
    Err(wrong(place, format!("{value} is not within {low} to {high}")))
}

fn wrong(place: &str, problem: String) -> MotionError {
    MotionError::Recipe {
        place: place.to_owned(),
        problem,
    }
}
