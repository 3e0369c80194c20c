//! One stretch of a clip between two pictures: when and how the earlier one gives way to the later one.

use domain::{
    media::Frame,
    recipe::{Recipe, TransitionKind},
};

use super::{
    dissolve, framing::Framing, light_leak::LightLeak, morph::Morph, order, reveal::Reveal, whip::Whip,
    zoom_through::ZoomThrough,
};
use crate::{camera::ease::smooth, planning::dice, scene::Scene, study::Study, view::View};

/// The two scenes of a stretch, the earlier one first, each with the number of its own stretch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sides<'c> {
    pub(crate) scenes: [&'c Scene; 2],
    pub(crate) stretches: [usize; 2],
}

/// What a drawn frame shows, with the share of each.
pub(crate) type Views<'c> = Vec<(View<'c>, f32)>;

#[derive(Debug)]
pub(crate) struct Passage {
    way: Way,
    /// The frames between which the pictures change; the first one shows the earlier picture alone and the last one
    /// the later picture alone.
    from: f32,
    to: f32,
}

#[derive(Debug)]
enum Way {
    Cut,
    Dissolve,
    ZoomThrough(ZoomThrough),
    Whip(Whip),
    Reveal(Box<Reveal>),
    LightLeak(LightLeak),
    Morph(Box<Morph>, [Study; 2]),
}

impl Passage {
    /// `times`: the frames that show the pictures whole; `number`: of the stretch; `rests`: whether the pictures are
    /// at rest there, where the neighbouring stretch does not carry on the same movement.
    pub(crate) fn new(
        kind: TransitionKind,
        pair: [&Study; 2],
        recipe: &Recipe,
        (from, to): (u32, u32),
        number: u32,
        rests: (bool, bool),
    ) -> Self {
        let (from, to) = (from as f32, to as f32);
        let length = if kind == TransitionKind::Morph {
            to - from
        } else {
            frames_of(kind).min((to - from - 2.0).max(1.0))
        };
        let middle = (from + to) / 2.0;
        let seed = dice::roll(recipe.seed, 920 + number);
        Self {
            way: way(kind, pair, recipe, length, seed, rests),
            from: middle - length / 2.0,
            to: middle + length / 2.0,
        }
    }

    /// How far the change has come, 0 to 1.
    fn time(&self, index: u32) -> f32 {
        let time = (index as f32 - self.from) / (self.to - self.from).max(1.0);
        match self.way {
            Way::Cut => (time - 0.5).signum() / 2.0 + 0.5,
            _ => time.clamp(0.0, 1.0),
        }
    }

    /// The later picture's share of frame `index`, 0 to 1.
    pub(crate) fn share(&self, index: u32) -> f32 {
        let time = self.time(index);
        match &self.way {
            Way::Cut => time,
            Way::Dissolve | Way::Reveal(_) | Way::LightLeak(_) => smooth(time),
            Way::Whip(_) => smooth(time),
            Way::ZoomThrough(_) => ZoomThrough::share(time),
            Way::Morph(morph, _) => morph.share(time),
        }
    }

    /// Draws frame `index`, and says what it shows.
    pub(crate) fn draw<'c>(&self, sides: Sides<'c>, index: u32, frame: &mut Frame) -> Views<'c> {
        let time = self.time(index);
        let framings = match &self.way {
            Way::ZoomThrough(zoom) => zoom.framings(time),
            _ => [Framing::WHOLE; 2],
        };
        let draw = |side: usize, frame: &mut Frame| {
            sides.scenes[side].draw(sides.stretches[side], index, framings[side], frame)
        };
        let share = self.share(index);
        // A morph's share is 0 or 1 only where its pictures are whole, a sweep's also before and after it.
        if time <= 0.0 {
            return vec![(draw(0, frame), 1.0)];
        }
        if time >= 1.0 {
            return vec![(draw(1, frame), 1.0)];
        }
        if let Way::Morph(morph, pair) = &self.way {
            let look = |side: usize| sides.scenes[side].look(sides.stretches[side], index);
            let views = [look(0), look(1)];
            let outer = |at: (f32, f32)| {
                let (one, other) = (views[0].source(at), views[1].source(at));
                (one.0 + (other.0 - one.0) * share, one.1 + (other.1 - one.1) * share)
            };
            morph.draw(time, [&pair[0], &pair[1]], outer, frame);
            return views.into_iter().zip([1.0 - share, share]).collect();
        }
        let mut over = Frame::black(frame.size);
        let mut views = Vec::with_capacity(2);
        let zooms = matches!(self.way, Way::ZoomThrough(_));
        if !zooms || share < 1.0 {
            views.push((draw(0, frame), 1.0 - share));
        }
        if !zooms || share > 0.0 {
            views.push((draw(1, &mut over), share));
        }
        self.lay(time, views.first().map(|(view, _)| view), &mut over, frame);
        views
    }

    fn lay(&self, time: f32, earlier: Option<&View<'_>>, over: &mut Frame, frame: &mut Frame) {
        match (&self.way, earlier) {
            (Way::Reveal(reveal), Some(view)) => reveal.lay(time, view, over, frame),
            (Way::ZoomThrough(zoom), _) => zoom.lay(time, over, frame),
            (Way::Whip(whip), _) => whip.lay(time, over, frame),
            (Way::LightLeak(leak), _) => leak.lay(time, over, frame),
            _ => dissolve::lay(over, smooth(time), frame),
        }
    }
}

/// How many frames a change takes where there is room.
fn frames_of(kind: TransitionKind) -> f32 {
    match kind {
        TransitionKind::Cut => 1.0,
        TransitionKind::Whip => 15.0,
        TransitionKind::Dissolve => 18.0,
        TransitionKind::ZoomThrough => 24.0,
        TransitionKind::LumaReveal | TransitionKind::LightLeak => 30.0,
        TransitionKind::DepthReveal | TransitionKind::Morph => 34.0,
    }
}

fn way(kind: TransitionKind, pair: [&Study; 2], recipe: &Recipe, frames: f32, seed: u32, rests: (bool, bool)) -> Way {
    let size = recipe.size;
    let extent = (size.width as f32, size.height as f32);
    match kind {
        TransitionKind::Cut => Way::Cut,
        TransitionKind::Dissolve => Way::Dissolve,
        TransitionKind::ZoomThrough => {
            let centres = pair.map(|study| study.analysis().subject.centre);
            Way::ZoomThrough(ZoomThrough::new(centres, size, frames))
        }
        TransitionKind::Whip => Way::Whip(Whip {
            down: size.height > size.width,
            forward: dice::pick(seed, 921, 2) == 0,
            frames,
        }),
        TransitionKind::LumaReveal => {
            let bright_first = pair[0].analysis().brightness < 0.62;
            Way::Reveal(Box::new(Reveal::new(
                order::by_luma(pair[0], bright_first, seed),
                extent,
                60.0,
            )))
        }
        TransitionKind::DepthReveal => Way::Reveal(Box::new(Reveal::new(order::by_depth(pair[0], seed), extent, 36.0))),
        TransitionKind::LightLeak => Way::LightLeak(LightLeak::new(seed)),
        TransitionKind::Morph => Way::Morph(Box::new(Morph::new(pair, frames, rests)), pair.map(Study::clone)),
    }
}
