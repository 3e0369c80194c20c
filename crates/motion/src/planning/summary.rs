//! A recipe in one or two plain sentences.

use domain::{
    recipe::{CameraMove, CameraTrack, Recipe, SubjectKind},
    request::Amplitude,
};

/// `pictures`: how many the clip shows.
pub(super) fn summary(recipe: &Recipe, pictures: usize) -> String {
    let pace = match recipe.amplitude {
        Amplitude::Small => "slight ",
        Amplitude::Auto | Amplitude::Medium => "",
        Amplitude::Large => "wide ",
    };
    let mut moves: Vec<String> = Vec::new();
    let mut from = 0;
    for track in &recipe.camera {
        let text = move_text(track);
        if moves.contains(&text) {
            continue;
        }
        moves.push(if track.from > from {
            format!("then {text}")
        } else {
            text
        });
        from = track.from;
    }
    let mut actions: Vec<&str> = Vec::new();
    for action in &recipe.subject {
        let text = match action.kind {
            SubjectKind::Breathe => "breathing",
            SubjectKind::Sway if action.strength < 0.5 => "a light sway",
            SubjectKind::Sway => "swaying",
            SubjectKind::Bounce => "bouncing on the beat",
            SubjectKind::Dance => "dancing to the beat",
            SubjectKind::Nod => "nodding",
            SubjectKind::ShakeHead => "shaking the head",
            SubjectKind::Jump => "jumping",
            SubjectKind::Spin => "turning",
            SubjectKind::Float => "floating",
            SubjectKind::Wiggle => "wiggling",
            SubjectKind::Shiver => "shivering",
            SubjectKind::Walk => "walking",
            SubjectKind::Run => "running",
            SubjectKind::Fly => "flying",
            SubjectKind::Wave => "waving",
            SubjectKind::LookRound => "looking round",
        };
        if !actions.contains(&text) {
            actions.push(text);
        }
    }
    let camera = moves.join(", ");
    let moving = recipe.camera.iter().any(|track| track.movement != CameraMove::Static);
    let camera = if moving { format!("{pace}{camera}") } else { camera };
    let mut text = match pictures {
        0 | 1 => capitalised(&camera),
        _ => capitalised(&format!(
            "{camera} through {pictures} pictures, each passing into the next"
        )),
    };
    if !actions.is_empty() {
        text.push_str("; the subject is ");
        text.push_str(&actions.join(" with "));
        if recipe.subject.iter().any(|action| action.kind == SubjectKind::Dance) {
            text.push_str(&format!(", {:.0} beats a minute", recipe.beat.tempo));
        }
    }
    text.push('.');
    text
}

fn move_text(track: &CameraTrack) -> String {
    let side = if track.heading.cos() < 0.0 { "left" } else { "right" };
    let up = if track.heading.sin() < 0.0 { "up" } else { "down" };
    match track.movement {
        CameraMove::Static => "static camera".to_owned(),
        CameraMove::PushIn => "push in on the subject".to_owned(),
        CameraMove::PullOut => "pull out from the subject".to_owned(),
        CameraMove::Pan => format!("pan to the {side}"),
        CameraMove::Tilt => format!("tilt {up}"),
        CameraMove::Truck => format!("sideways move to the {side}"),
        CameraMove::Pedestal => format!("camera move {up}"),
        CameraMove::Arc => format!("arc to the {side} round the subject"),
        CameraMove::Roll => format!("roll to the {side}"),
        CameraMove::ZoomIn => "zoom in".to_owned(),
        CameraMove::ZoomOut => "zoom out".to_owned(),
        CameraMove::DollyZoom => "dolly zoom".to_owned(),
        CameraMove::Handheld => "handheld camera".to_owned(),
        CameraMove::Whip => format!("whip pan to the {side}"),
        CameraMove::Follow => "camera that follows the subject".to_owned(),
        CameraMove::FocusPull => "pull of the focus".to_owned(),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}
