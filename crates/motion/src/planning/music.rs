//! The music's style and the beat that it shares with movement.

use domain::recipe::{Beat, Look, Mood, MusicStyle, OverlayKind, SceneryKind, SubjectAction, SubjectKind};

use super::{Brief, dice, tones::Tones};
use crate::prompt::What;

/// Beats to a bar.
const BAR: u32 = 4;

/// The style that the prompt names, else one of those that suit what happens, the mood and the picture.
pub(super) fn style(brief: &Brief<'_>, subject: &[SubjectAction], mood: Mood) -> MusicStyle {
    if let Some(style) = brief.wishes.music {
        return style;
    }
    let dances = subject.iter().any(|action| action.kind == SubjectKind::Dance);
    let choices = if dances {
        to_dance(brief, mood)
    } else {
        to_see(brief, mood)
    };
    let total: f32 = choices.iter().map(|(_, weight)| weight).sum();
    let mut left = total * (0.5 + 0.5 * dice::spread(brief.wish.seed, 91));
    for (style, weight) in &choices {
        left -= weight;
        if left <= 0.0 {
            return *style;
        }
    }
    choices.last().map_or(MusicStyle::Piano, |(style, _)| *style)
}

/// Styles with a beat of their own, each with its chance against the others.
fn to_dance(brief: &Brief<'_>, mood: Mood) -> Vec<(MusicStyle, f32)> {
    let warm = tones(brief).warmth > 0.05;
    match mood {
        Mood::Calm => vec![(MusicStyle::LoFi, 2.0), (MusicStyle::Acoustic, 1.0)],
        Mood::Bright if warm => vec![(MusicStyle::Funk, 3.0), (MusicStyle::Dance, 1.0)],
        Mood::Bright => vec![(MusicStyle::Funk, 2.0), (MusicStyle::Dance, 2.0)],
        Mood::Lively if warm => vec![(MusicStyle::Dance, 2.0), (MusicStyle::Funk, 2.0)],
        Mood::Lively | Mood::Grand | Mood::Dark => vec![(MusicStyle::Dance, 3.0), (MusicStyle::Funk, 1.0)],
    }
}

/// Styles for a clip in which nobody dances.
fn to_see(brief: &Brief<'_>, mood: Mood) -> Vec<(MusicStyle, f32)> {
    let scene = Scene::of(brief);
    let add = |wanted: bool, weight: f32| if wanted { weight } else { 0.0 };
    match mood {
        Mood::Calm => vec![
            (MusicStyle::Piano, 2.0 + add(scene.pale, 1.0)),
            (MusicStyle::Ambient, 0.8 + add(scene.vast, 2.5) + add(scene.slow, 0.5)),
            (MusicStyle::LoFi, 0.6 + add(scene.urban, 2.5) + add(scene.old, 1.0)),
            (MusicStyle::Acoustic, 0.6 + add(scene.warm, 1.0) + add(scene.green, 1.5)),
        ],
        Mood::Bright => vec![
            (MusicStyle::Acoustic, 3.0 + add(scene.green, 1.5)),
            (MusicStyle::Funk, 1.0 + add(scene.fast, 2.0) + add(scene.urban, 1.0)),
            (MusicStyle::Piano, add(scene.pale, 1.0)),
        ],
        Mood::Lively => vec![
            (MusicStyle::Dance, 2.0 + add(scene.urban, 1.5)),
            (MusicStyle::Funk, 2.0 + add(scene.warm, 1.0)),
        ],
        Mood::Grand => vec![
            (MusicStyle::Strings, 4.0 + add(scene.fast, 2.0)),
            (MusicStyle::Ambient, add(scene.vast && scene.slow, 2.0)),
        ],
        Mood::Dark => vec![
            (MusicStyle::Tense, 4.0 + add(scene.fast, 2.0)),
            (MusicStyle::Ambient, add(scene.vast, 1.0)),
        ],
    }
}

/// What a musician sees.
struct Scene {
    warm: bool,
    pale: bool,
    /// Sky, stars, sea or fog.
    vast: bool,
    green: bool,
    /// Lamps, rain on streets.
    urban: bool,
    old: bool,
    fast: bool,
    slow: bool,
}

impl Scene {
    fn of(brief: &Brief<'_>) -> Self {
        let tones = tones(brief);
        let has = |what: What| brief.wishes.wanted.iter().any(|wanted| wanted.what == what);
        let sure = |confidence: f32| confidence > 0.6;
        let regions = brief.analysis.map(|analysis| &analysis.regions);
        let speed = brief.speed_of_life() + brief.wishes.camera.speed;
        Self {
            warm: tones.warmth > 0.08,
            pale: tones.saturation < 0.15,
            vast: [
                SceneryKind::Clouds,
                SceneryKind::Stars,
                SceneryKind::Water,
                SceneryKind::Shimmer,
            ]
            .into_iter()
            .any(|kind| has(What::Scenery(kind)))
                || has(What::Overlay(OverlayKind::Fog))
                || has(What::Look(Look::Underwater))
                || regions.is_some_and(|regions| sure(regions.stars.confidence) || sure(regions.water.confidence)),
            green: has(What::Scenery(SceneryKind::Foliage))
                || has(What::Overlay(OverlayKind::Petals))
                || regions.is_some_and(|regions| sure(regions.foliage.confidence)),
            urban: has(What::Scenery(SceneryKind::Lights))
                || has(What::Overlay(OverlayKind::Rain))
                || has(What::Look(Look::Cyberpunk))
                || regions.is_some_and(|regions| sure(regions.lights.confidence)),
            old: has(What::Look(Look::Vintage)),
            fast: speed > 0,
            slow: speed < 0,
        }
    }
}

fn tones(brief: &Brief<'_>) -> Tones {
    brief
        .analysis
        .map_or_else(Tones::default, |analysis| Tones::of(&analysis.palette))
}

/// A tempo of the style's, by the seed, at which the last beat begins a bar or at least half of one: as a composer
/// fits a tempo to a scene.
pub(super) fn beat(brief: &Brief<'_>, style: MusicStyle) -> Beat {
    let pace = match brief.speed_of_life() {
        ..0 => 0.88,
        0 => 1.0,
        1.. => 1.14,
    };
    let (low, high) = style.tempi();
    let (low, high) = ((low * pace).max(60.0), (high * pace).clamp(62.0, 180.0));
    let natural = low + (high - low) * (0.5 + 0.4 * dice::spread(brief.wish.seed, 90));
    let cost = |tempo: f32| {
        let left = Beat { tempo, bar: BAR }.last(brief.wish.frames) % BAR;
        let closes = match left {
            0 => 0.0,
            2 => 0.04,
            _ => 0.2,
        };
        closes + (tempo - natural).abs() / natural
    };
    let steps = ((high - low) * 4.0) as u32;
    let tempi = (0..=steps).map(|step| low + step as f32 * 0.25);
    let tempo = tempi.min_by(|one, other| cost(*one).total_cmp(&cost(*other)));
    Beat {
        tempo: tempo.unwrap_or(natural),
        bar: BAR,
    }
}
