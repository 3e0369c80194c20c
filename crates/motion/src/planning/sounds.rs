//! What is heard with the picture, and where: the weather and the scenery that move, what the prompt names, steps,
//! thunder, fast turns of the camera; and where there is nothing of all that, the air of a room.

use domain::{
    media::FRAME_RATE,
    recipe::{
        CameraMove, CameraTrack, Overlay, OverlayKind, Recipe, SceneryKind, SceneryMotion, SoundKind, SoundSource,
        SubjectKind, Transition, TransitionKind,
    },
};

use super::Brief;
use crate::{analysis::Map, camera::flight, overlay::flashes, prompt::What, subject::frames_per_step};

/// Thunder comes later than its flash, in frames: it struck some way off.
const THUNDER_LATE: u32 = 14;
/// Frames for which it rolls.
const THUNDER_ROLLS: u32 = 84;

/// The sounds of a planned clip.
pub(super) fn sounds(brief: &Brief<'_>, recipe: &Recipe) -> Vec<SoundSource> {
    let ear = Ear { brief, recipe };
    let mut heard: Vec<SoundSource> = Vec::new();
    for (number, overlay) in (0..).zip(&recipe.overlays) {
        heard.extend(ear.weather(number, overlay));
    }
    heard.extend(ear.scenery());
    heard.extend(ear.wind());
    heard.extend(brief.wishes.around.iter().map(|kind| ear.around(*kind, 0, 0.8)));
    for (kind, step) in &brief.wishes.heard {
        let from = brief.parts.get(*step).copied().flatten().map_or(0, |(from, _)| from);
        heard.push(ear.around(*kind, from, 1.15));
    }
    heard.extend(ear.steps());
    heard.extend(recipe.camera.iter().filter_map(|track| ear.whoosh(track)));
    heard.extend(
        recipe
            .transitions
            .iter()
            .filter_map(|transition| ear.passage(transition)),
    );
    let mut sounds = Vec::new();
    for sound in heard {
        add(&mut sounds, sound);
    }
    sounds.retain(|sound| !brief.wishes.unheard.contains(&sound.kind) && sound.from < sound.to);
    if !sounds.iter().any(|sound| is_lasting(sound.kind)) {
        sounds.push(ear.around(SoundKind::RoomTone, 0, 0.8));
    }
    sounds.truncate(64);
    sounds
}

/// Each kind that lasts is heard once: at the louder level of both, from the earlier beginning to the later end.
fn add(sounds: &mut Vec<SoundSource>, new: SoundSource) {
    match sounds
        .iter_mut()
        .find(|sound| sound.kind == new.kind && is_lasting(new.kind))
    {
        Some(old) => {
            old.level = old.level.max(new.level);
            old.from = old.from.min(new.from);
            old.to = old.to.max(new.to);
        }
        None => sounds.push(new),
    }
}

fn is_lasting(kind: SoundKind) -> bool {
    !matches!(kind, SoundKind::Thunder | SoundKind::Footsteps | SoundKind::Whoosh)
}

struct Ear<'a> {
    brief: &'a Brief<'a>,
    recipe: &'a Recipe,
}

impl Ear<'_> {
    fn source(&self, kind: SoundKind, (from, to): (u32, u32), level: f32, spot: Spot) -> SoundSource {
        SoundSource {
            kind,
            from,
            to: to.min(self.recipe.frames),
            level: level.clamp(0.0, 3.0),
            place: spot.place,
            width: spot.width,
            every: None,
        }
    }

    /// From `from` to the end, where the picture has it.
    fn around(&self, kind: SoundKind, from: u32, level: f32) -> SoundSource {
        self.source(kind, (from, self.recipe.frames), level, self.spot(kind))
    }

    fn weather(&self, number: u32, overlay: &Overlay) -> Vec<SoundSource> {
        let stretch = (overlay.from, overlay.to);
        let lasting = |kind, level: f32| vec![self.source(kind, stretch, level * overlay.amount, Spot::ALL_ROUND)];
        match overlay.kind {
            OverlayKind::Rain => lasting(SoundKind::Rain, 1.0),
            OverlayKind::Snow | OverlayKind::Petals | OverlayKind::Leaves | OverlayKind::Fog => {
                lasting(SoundKind::Wind, 0.6)
            }
            OverlayKind::Dust => lasting(SoundKind::Wind, 0.8),
            OverlayKind::Fireflies => lasting(SoundKind::Insects, 0.8),
            OverlayKind::Embers => lasting(SoundKind::Fire, 0.8),
            OverlayKind::Confetti => lasting(SoundKind::Crowd, 0.7),
            OverlayKind::Lightning => self.thunder(number, overlay),
            _ => Vec::new(),
        }
    }

    /// A clap after each flash, from where its bolt struck.
    fn thunder(&self, number: u32, overlay: &Overlay) -> Vec<SoundSource> {
        let flashes = flashes(self.recipe.seed, number, overlay);
        let clap = |(frame, place): (u32, f32)| {
            let from = frame + THUNDER_LATE;
            let spot = Spot { place, width: 0.6 };
            self.source(SoundKind::Thunder, (from, from + THUNDER_ROLLS), overlay.amount, spot)
        };
        flashes.into_iter().map(clap).collect()
    }

    fn scenery(&self) -> Vec<SoundSource> {
        let sound = |motion: &SceneryMotion| {
            let (kind, level) = match motion.kind {
                // Still water laps and does not roar.
                SceneryKind::Water if self.is_sea() => (SoundKind::Sea, 0.8),
                SceneryKind::Water => (SoundKind::Stream, 0.6),
                SceneryKind::Stream => (SoundKind::Stream, 1.0),
                SceneryKind::Fire => (SoundKind::Fire, 0.9),
                SceneryKind::Foliage | SceneryKind::Cloth => (SoundKind::Wind, 0.7),
                SceneryKind::Hair | SceneryKind::Clouds => (SoundKind::Wind, 0.45),
                SceneryKind::Stars => (SoundKind::Insects, 0.5),
                SceneryKind::Smoke | SceneryKind::Shimmer | SceneryKind::Lights => return None,
            };
            let stretch = (motion.from, motion.to);
            Some(self.source(kind, stretch, level * motion.strength, self.spot(kind)))
        };
        self.recipe.scenery.iter().filter_map(sound).collect()
    }

    /// Whether the prompt speaks of the sea, or says nothing of any other water.
    fn is_sea(&self) -> bool {
        let around = &self.brief.wishes.around;
        around.contains(&SoundKind::Sea) || !around.contains(&SoundKind::Stream)
    }

    fn wind(&self) -> Option<SoundSource> {
        let wanted = self.brief.wishes.wanted.iter();
        let mut windy = wanted.filter(|wanted| wanted.what == What::Wind);
        let wind = windy.next()?;
        let (from, to) = self.brief.part(wind)?;
        Some(self.source(
            SoundKind::Wind,
            (from, to.max(self.recipe.frames)),
            self.brief.strength(wind),
            Spot::ALL_ROUND,
        ))
    }

    /// One for each footfall, where the subject is.
    fn steps(&self) -> Vec<SoundSource> {
        let subject = self.brief.analysis.map_or(0.5, |analysis| analysis.subject.centre.0);
        let spot = Spot {
            place: subject.clamp(0.0, 1.0),
            width: 0.1,
        };
        let walks = self.recipe.subject.iter();
        let walks = walks.filter(|action| matches!(action.kind, SubjectKind::Walk | SubjectKind::Run));
        walks
            .map(|action| {
                let level = if action.kind == SubjectKind::Run { 1.2 } else { 0.9 };
                SoundSource {
                    every: Some(frames_per_step(action, self.recipe.pace).max(1.0)),
                    ..self.source(SoundKind::Footsteps, (action.from, action.to), level, spot)
                }
            })
            .collect()
    }

    /// A view that is flung about whistles past the ear.
    fn whoosh(&self, track: &CameraTrack) -> Option<SoundSource> {
        let length = (track.to - track.from).max(1);
        let seconds = length as f32 / FRAME_RATE as f32;
        let is_fast = match track.movement {
            CameraMove::Whip => true,
            CameraMove::Pan | CameraMove::Tilt | CameraMove::Truck | CameraMove::Arc => track.travel / seconds > 0.2,
            CameraMove::PushIn | CameraMove::PullOut | CameraMove::ZoomIn | CameraMove::ZoomOut => {
                track.travel / seconds > 0.25
            }
            _ => false,
        };
        if !is_fast {
            return None;
        }
        let stretch = match track.movement {
            CameraMove::Whip => flight(track),
            _ => (track.from, track.to),
        };
        // The world goes the other way than the view.
        let spot = Spot {
            place: 0.5 - 0.35 * track.heading.cos(),
            width: 0.5,
        };
        Some(self.source(SoundKind::Whoosh, stretch, 1.0, spot))
    }

    fn passage(&self, transition: &Transition) -> Option<SoundSource> {
        let length = transition.to.saturating_sub(transition.from);
        let level = match transition.kind {
            TransitionKind::Whip => 1.0,
            TransitionKind::ZoomThrough => 0.8,
            _ => return None,
        };
        // The passage itself is in the middle of its stretch.
        let middle = transition.from + length / 2;
        let half = (length / 2).min(FRAME_RATE / 2);
        let spot = Spot { place: 0.5, width: 0.7 };
        Some(self.source(SoundKind::Whoosh, (middle - half, middle + half), level, spot))
    }

    /// Where the picture has what makes such a sound.
    fn spot(&self, kind: SoundKind) -> Spot {
        let Some(analysis) = self.brief.analysis else {
            return Spot::ALL_ROUND;
        };
        let regions = &analysis.regions;
        let region = match kind {
            SoundKind::Sea | SoundKind::Stream => &regions.water,
            SoundKind::Fire => &regions.fire,
            SoundKind::Birds | SoundKind::Insects => &regions.foliage,
            _ => return Spot::ALL_ROUND,
        };
        if region.confidence < 0.2 {
            return Spot::ALL_ROUND;
        }
        Spot::of(&region.weight)
    }
}

/// A place in the panorama, both as shares of the frame's width.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spot {
    place: f32,
    width: f32,
}

impl Spot {
    const ALL_ROUND: Self = Self { place: 0.5, width: 1.0 };

    /// The middle of a map's mass, and four deviations of it.
    fn of(map: &Map) -> Self {
        let (mut mass, mut sum, mut squares) = (1e-6_f32, 0.0, 0.0);
        for (at, weight) in map.values.iter().enumerate() {
            let across = ((at % map.width) as f32 + 0.5) / map.width as f32;
            mass += weight;
            sum += weight * across;
            squares += weight * across * across;
        }
        let place = sum / mass;
        let deviation = (squares / mass - place * place).max(0.0).sqrt();
        Self {
            place: place.clamp(0.0, 1.0),
            width: (4.0 * deviation).clamp(0.05, 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_is_where_the_mass_is() {
        let map = Map::new(40, 10, |x, _| if (28..32).contains(&x) { 1.0 } else { 0.0 });
        let spot = Spot::of(&map);
        assert!((spot.place - 0.75).abs() < 0.01 && spot.width < 0.2, "{spot:?}");
    }
}
