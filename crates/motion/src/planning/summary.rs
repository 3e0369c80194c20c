//! A recipe in one or two plain sentences.

use domain::{
    recipe::{CameraMove, CameraTrack, Look, OverlayKind, Recipe, SceneryKind, SubjectAction, SubjectKind},
    request::Amplitude,
};

/// `pictures`: how many the clip shows. Looks at everything in the recipe but its own `summary`.
pub fn summary(recipe: &Recipe, pictures: usize) -> String {
    let mut text = capitalised(&camera(recipe));
    if pictures > 1 {
        text.push_str(&format!(" through {pictures} pictures, each passing into the next"));
    }
    let actions = each(recipe.subject.iter().map(action_text));
    if !actions.is_empty() {
        text.push_str(&format!("; the subject is {}", listed(&actions)));
        if recipe.subject.iter().any(|action| action.kind == SubjectKind::Dance) {
            text.push_str(&format!(", {:.0} beats a minute", recipe.beat.tempo));
        }
    }
    let scenery = each(recipe.scenery.iter().map(|motion| scenery_text(motion.kind).to_owned()));
    let overlays = each(
        recipe
            .overlays
            .iter()
            .map(|overlay| overlay_text(overlay.kind).to_owned()),
    );
    for part in [scenery, overlays] {
        if !part.is_empty() {
            text.push_str(&format!("; {}", listed(&part)));
        }
    }
    let looks = each(recipe.grade.iter().map(|grade| look_text(grade.look).to_owned()));
    if !looks.is_empty() {
        text.push_str(&format!("; {} look", listed(&looks)));
    }
    if recipe.pace >= 2.0 {
        text.push_str("; time passes fast");
    } else if recipe.pace <= 0.5 {
        text.push_str("; in slow motion");
    }
    text.push('.');
    text
}

fn camera(recipe: &Recipe) -> String {
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
    let moving = recipe.camera.iter().any(|track| track.movement != CameraMove::Static);
    let width = match recipe.amplitude {
        Amplitude::Small if moving => "slight ",
        Amplitude::Large if moving => "wide ",
        _ => "",
    };
    format!("{width}{}", moves.join(", "))
}

/// Each text once, in order.
fn each(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut each: Vec<String> = Vec::new();
    for text in texts {
        if !each.contains(&text) {
            each.push(text);
        }
    }
    each
}

/// "one, two and three"
fn listed(texts: &[String]) -> String {
    match texts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn action_text(action: &SubjectAction) -> String {
    let text = match action.kind {
        SubjectKind::Breathe => "breathing",
        SubjectKind::Sway if action.strength < 0.5 => "swaying lightly",
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
    match action.times {
        None => text.to_owned(),
        Some(1) => format!("{text} once"),
        Some(2) => format!("{text} twice"),
        Some(times) => format!("{text} {times} times"),
    }
}

fn scenery_text(kind: SceneryKind) -> &'static str {
    match kind {
        SceneryKind::Water => "water ripples",
        SceneryKind::Stream => "water flows",
        SceneryKind::Clouds => "clouds drift",
        SceneryKind::Smoke => "smoke rises",
        SceneryKind::Fire => "fire flickers",
        SceneryKind::Foliage => "leaves and grass sway",
        SceneryKind::Hair => "hair stirs",
        SceneryKind::Cloth => "cloth flutters",
        SceneryKind::Shimmer => "reflections shimmer",
        SceneryKind::Stars => "stars twinkle",
        SceneryKind::Lights => "lights flicker",
    }
}

fn overlay_text(kind: OverlayKind) -> &'static str {
    match kind {
        OverlayKind::Rain => "rain falls",
        OverlayKind::Snow => "snow falls",
        OverlayKind::Petals => "petals fall",
        OverlayKind::Leaves => "leaves fall",
        OverlayKind::Dust => "dust floats",
        OverlayKind::Fog => "fog drifts",
        OverlayKind::Fireflies => "fireflies glow",
        OverlayKind::Sparkles => "sparkles glitter",
        OverlayKind::Bubbles => "bubbles rise",
        OverlayKind::Embers => "embers fly",
        OverlayKind::Confetti => "confetti falls",
        OverlayKind::LightRays => "rays of light shine",
        OverlayKind::LensFlare => "the lens flares",
        OverlayKind::Bokeh => "blurred lights float",
        OverlayKind::Lightning => "lightning flashes",
        OverlayKind::FilmGrain => "film grain",
        OverlayKind::Steam => "steam rises",
    }
}

fn look_text(look: Look) -> &'static str {
    match look {
        Look::Sunset => "sunset",
        Look::Sunrise => "sunrise",
        Look::GoldenHour => "golden hour",
        Look::Night => "night",
        Look::Dreamy => "dreamy",
        Look::Vintage => "vintage",
        Look::BlackAndWhite => "black and white",
        Look::Cinematic => "cinematic",
        Look::Horror => "horror",
        Look::Underwater => "underwater",
        Look::Cyberpunk => "cyberpunk",
    }
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
