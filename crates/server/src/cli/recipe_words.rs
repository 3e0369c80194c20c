//! A recipe for people: every part of it, in words.

use std::f32::consts::FRAC_PI_4;

use domain::{
    media::FRAME_RATE,
    recipe::{CameraMove, CameraTrack, Recipe, SubjectAction, SubjectKind},
    request::GenerationRequest,
};
use engines::speech;
use serde::Serialize;

use super::table;

/// The summary, then a table: which part, from when to when, and what.
pub(super) fn page(recipe: &Recipe, request: &GenerationRequest) -> String {
    let mut rows = vec![row("clip", "", clip(recipe))];
    let mut part = |name: &str, from: u32, to: u32, what: String| rows.push(row(name, &stretch(from, to), what));
    for track in &recipe.camera {
        part("camera", track.from, track.to, camera(track));
    }
    for action in &recipe.subject {
        part("subject", action.from, action.to, subject(action));
    }
    for motion in &recipe.scenery {
        let mut text = format!("{}, strength {:.2}", word(&motion.kind), motion.strength);
        text.push_str(&format!(", to the {}", side(motion.heading)));
        text.push_str(if motion.named {
            ", at the likeliest place"
        } else {
            ", where it is sure"
        });
        part("scenery", motion.from, motion.to, text);
    }
    for overlay in &recipe.overlays {
        let wind = side(overlay.wind);
        let text = format!(
            "{}, amount {:.2}, wind to the {wind}",
            word(&overlay.kind),
            overlay.amount
        );
        part("overlay", overlay.from, overlay.to, text);
    }
    for grade in &recipe.grade {
        let text = format!("{}, strength {:.2}", word(&grade.look), grade.strength);
        part("look", grade.from, grade.to, text);
    }
    for transition in &recipe.transitions {
        part("transition", transition.from, transition.to, word(&transition.kind));
    }
    rows.push(row("pace", "", pace(recipe.pace)));
    let beat = format!("{:.0} beats a minute, {} to a bar", recipe.beat.tempo, recipe.beat.bar);
    rows.push(row("beat", "", beat));
    rows.push(row("sound", "", sound(recipe, request)));
    for (name, words) in [
        ("understood", &recipe.understood),
        ("without effect", &recipe.without_effect),
    ] {
        if !words.is_empty() {
            rows.push(row(name, "", words.join(", ")));
        }
    }
    format!("{}\n{}", recipe.summary, table::columns(&rows))
}

fn row(name: &str, when: &str, what: String) -> Vec<String> {
    vec![name.to_owned(), when.to_owned(), what]
}

fn clip(recipe: &Recipe) -> String {
    let (size, amplitude) = (recipe.size, recipe.amplitude.name());
    let moves = if recipe.cut_out {
        "; the subject is a layer of its own"
    } else {
        ""
    };
    format!(
        "{} x {} pixels, {} frames, {amplitude} movement, seed {}{moves}",
        size.width, size.height, recipe.frames, recipe.seed
    )
}

fn camera(track: &CameraTrack) -> String {
    let name = word(&track.movement);
    let far = format!("{name} by {:.0} %", track.travel * 100.0);
    let (across, down) = (track.target.0 * 100.0, track.target.1 * 100.0);
    match track.movement {
        CameraMove::Static => name,
        CameraMove::Roll => format!(
            "{name} by {:.0} degrees to the {}",
            track.travel.to_degrees(),
            side(track.heading)
        ),
        CameraMove::PushIn | CameraMove::PullOut | CameraMove::ZoomIn | CameraMove::ZoomOut => {
            format!("{far}, aimed at {across:.0} % across and {down:.0} % down")
        }
        CameraMove::DollyZoom | CameraMove::FocusPull => {
            let other_way = track.heading.cos() < 0.0;
            format!("{far}{}", if other_way { ", the other way round" } else { "" })
        }
        CameraMove::Handheld | CameraMove::Follow => far,
        CameraMove::Pan
        | CameraMove::Tilt
        | CameraMove::Truck
        | CameraMove::Pedestal
        | CameraMove::Arc
        | CameraMove::Whip => format!("{far}, to the {}", side(track.heading)),
    }
}

fn subject(action: &SubjectAction) -> String {
    let mut text = format!("{}, strength {:.2}", word(&action.kind), action.strength);
    if let Some(times) = action.times {
        text.push_str(&format!(", {times} times"));
    }
    if matches!(action.kind, SubjectKind::Dance | SubjectKind::Bounce) {
        text.push_str(", on the beat");
    }
    text
}

fn pace(pace: f32) -> String {
    if (pace - 1.0).abs() < 0.01 {
        return "natural".to_owned();
    }
    format!("{pace:.2} times the natural")
}

fn sound(recipe: &Recipe, request: &GenerationRequest) -> String {
    let music = format!("{} music ({})", word(&recipe.mood), word(&recipe.music));
    let mut heard: Vec<String> = recipe.sounds.iter().map(|sound| word(&sound.kind)).collect();
    heard.dedup();
    let heard = if heard.is_empty() {
        "the air of a room".to_owned()
    } else {
        heard.join(", ")
    };
    let mut parts = Vec::new();
    if request.bgm {
        parts.push(format!("{music} on the beat"));
    }
    if request.audio {
        parts.push(heard.clone());
        let said = speech::quoted(&request.prompt).speech;
        if !said.is_empty() {
            parts.push(format!("a voice: {said}"));
        }
    }
    if parts.is_empty() {
        return format!("none; --bgm adds {music}, --audio {heard}");
    }
    parts.join(", ")
}

/// Where a heading goes within the frame, to the nearest eighth of a turn.
fn side(heading: f32) -> &'static str {
    const SIDES: [&str; 8] = [
        "right",
        "lower right",
        "bottom",
        "lower left",
        "left",
        "upper left",
        "top",
        "upper right",
    ];
    let eighth = (heading / FRAC_PI_4).round().rem_euclid(8.0) as usize;
    SIDES.get(eighth).copied().unwrap_or("right")
}

/// From when to when, in seconds.
fn stretch(from: u32, to: u32) -> String {
    let seconds = |frame: u32| frame as f32 / FRAME_RATE as f32;
    format!("{:.1} to {:.1} s", seconds(from), seconds(to))
}

/// `PushIn` as "push in": the names that JSON uses, with blanks.
fn word(value: &impl Serialize) -> String {
    let name = serde_json::to_value(value).unwrap_or_default();
    name.as_str().unwrap_or_default().replace('_', " ")
}
