//! What is drawn over the picture that was not in it: weather, particles, light and grain. Each kind is a file.
//!
//! Nothing is remembered from frame to frame: where a particle is follows from the seed, its number and the time,
//! so that any frame can be drawn at any time.

mod bokeh;
mod bubbles;
mod confetti;
mod dust;
mod embers;
mod film_grain;
mod fireflies;
mod fog;
mod leaves;
mod lens_flare;
mod light_rays;
mod lightning;
mod moment;
mod noise;
mod paint;
mod particle;
mod petals;
mod rain;
mod sight;
mod snow;
mod sparkles;
mod steam;
mod tumble;

use std::fmt::Debug;

use domain::{
    media::Frame,
    recipe::{Look, Overlay, OverlayKind, Recipe},
};

use self::{moment::Moment, paint::Canvas, sight::Sight};
use crate::{timing::Timing, view::View};

/// One kind of overlay with the tables that its frames share.
trait Effect: Debug + Send + Sync {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>);
}

/// All overlays of a clip, ready to be drawn over any of its frames.
#[derive(Debug)]
pub(crate) struct Overlays {
    recipe: Recipe,
    timing: Timing,
    effects: Vec<(Overlay, Light, Box<dyn Effect>)>,
}

/// Where what is drawn has its light from: it comes before or after the grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Light {
    Lit,
    Shining,
}

impl Light {
    fn of(kind: OverlayKind, recipe: &Recipe) -> Self {
        let glows = matches!(
            kind,
            OverlayKind::Fireflies | OverlayKind::Embers | OverlayKind::Sparkles | OverlayKind::Lightning
        );
        let colourless = recipe.grade.iter().any(|grade| grade.look == Look::BlackAndWhite);
        if glows && !colourless { Self::Shining } else { Self::Lit }
    }
}

impl Overlays {
    pub(crate) fn new(recipe: &Recipe, timing: Timing) -> Self {
        Self {
            recipe: recipe.clone(),
            timing,
            effects: recipe
                .overlays
                .iter()
                .map(|overlay| (*overlay, Light::of(overlay.kind, recipe), effect(overlay.kind)))
                .collect(),
        }
    }

    /// Draws those of one light over frame `index`. `views`: what it shows, with the shares of several pictures, which add up
    /// to 1.
    pub(crate) fn draw(&self, light: Light, index: u32, views: &[(View<'_>, f32)], frame: &mut Frame) {
        if views.is_empty() || !self.effects.iter().any(|(_, own, _)| *own == light) {
            return;
        }
        let sight = Sight::new(views);
        let mut canvas = Canvas::new(frame);
        for (number, (overlay, own, effect)) in (0..).zip(&self.effects) {
            let moment = Moment::new(&self.recipe, self.timing, overlay, number, index);
            if *own == light && moment.presence > 0.0 && moment.amount > 0.0 {
                effect.draw(&moment, &sight, &mut canvas);
            }
        }
    }
}

/// When lightning flashes and where it strikes: frames of the clip and shares of the width. `number` is the place of
/// the lightning among the recipe's overlays.
pub(crate) fn flashes(seed: u32, number: u32, lightning: &Overlay) -> Vec<(u32, f32)> {
    let strikes = lightning::strikes(moment::own_seed(seed, number), lightning.to);
    strikes.filter(|(frame, _)| *frame >= lightning.from).collect()
}

fn effect(kind: OverlayKind) -> Box<dyn Effect> {
    match kind {
        OverlayKind::Rain => Box::new(rain::Rain::new()),
        OverlayKind::Snow => Box::new(snow::Snow::new()),
        OverlayKind::Petals => Box::new(petals::Petals::new()),
        OverlayKind::Leaves => Box::new(leaves::Leaves::new()),
        OverlayKind::Dust => Box::new(dust::Dust::new()),
        OverlayKind::Fog => Box::new(fog::Fog::new()),
        OverlayKind::Fireflies => Box::new(fireflies::Fireflies::new()),
        OverlayKind::Sparkles => Box::new(sparkles::Sparkles::new()),
        OverlayKind::Bubbles => Box::new(bubbles::Bubbles::new()),
        OverlayKind::Embers => Box::new(embers::Embers::new()),
        OverlayKind::Confetti => Box::new(confetti::Confetti::new()),
        OverlayKind::LightRays => Box::new(light_rays::LightRays::new()),
        OverlayKind::LensFlare => Box::new(lens_flare::LensFlare::new()),
        OverlayKind::Bokeh => Box::new(bokeh::Bokeh::new()),
        OverlayKind::Lightning => Box::new(lightning::Lightning::new()),
        OverlayKind::FilmGrain => Box::new(film_grain::FilmGrain::new()),
        OverlayKind::Steam => Box::new(steam::Steam::new()),
    }
}
