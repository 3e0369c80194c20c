//! Lightning: a dull sky that flashes at chance times, with a branching bolt behind the subject.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, PITCH, Streak, Veil},
    particle::Particle,
    sight::Sight,
};
use domain::media::FRAME_RATE;

/// Seconds of the clip from one flash to the next: never less, and so much more by chance. Not hurried by any
/// pace: quick flashes harm some who watch.
const APART: f32 = 2.05;
const CHANCE: f32 = 0.75;
/// Seconds until a flash has died away.
const LASTS: f32 = 0.75;
/// Halvings of a bolt: it has two to this power of pieces.
const HALVINGS: u32 = 7;
const PIECES: usize = 1 << HALVINGS;
/// Pieces of the glow round it.
const KNOTS: usize = 8;

#[derive(Debug)]
pub(super) struct Lightning;

/// A crooked line from cloud to ground.
struct Bolt {
    points: [(f32, f32); PIECES + 1],
    width: f32,
    alpha: f32,
}

impl Lightning {
    pub(super) fn new() -> Self {
        Self
    }
}

/// The flash of this moment, if there is one: its number and the seconds since it struck.
fn flash(moment: &Moment) -> Option<(Particle, f32)> {
    let seconds = moment.index as f32 / FRAME_RATE as f32;
    let slot = (seconds / (APART + CHANCE)).floor();
    [slot - 1.0, slot].into_iter().find_map(|slot| {
        let (strike, at) = strike(moment.seed, slot.max(0.0) as u32);
        let since = seconds - at;
        (slot >= 0.0 && (0.0..LASTS).contains(&since)).then_some((strike, since))
    })
}

/// A flash, and the second of the clip at which it strikes. With the jitter of both, two are at least `APART` apart.
fn strike(seed: u32, slot: u32) -> (Particle, f32) {
    let strike = Particle::new(seed, slot);
    (strike, slot as f32 * (APART + CHANCE) + 0.62 + CHANCE * strike.unit(0))
}

/// The first frame of each flash before `to`, and where it strikes as a share of the width.
pub(super) fn strikes(seed: u32, to: u32) -> impl Iterator<Item = (u32, f32)> {
    let flashes = (0..).map(move |slot| strike(seed, slot));
    let placed = flashes.map(|(strike, at)| ((at * FRAME_RATE as f32).ceil() as u32, across(strike)));
    placed.take_while(move |(frame, _)| *frame < to)
}

/// Where a bolt begins, as a share of the width.
fn across(strike: Particle) -> f32 {
    strike.between(3, 0.12, 0.88)
}

/// How bright a flash is `since` it struck: a stroke, a second one, and an afterglow.
fn brightness(strike: Particle, since: f32) -> f32 {
    let stroke = |at: f32, fall: f32| {
        if since < at { 0.0 } else { (-(since - at) / fall).exp() }
    };
    let second = strike.between(1, 0.13, 0.2);
    (stroke(0.0, 0.05) + strike.between(2, 0.55, 0.95) * stroke(second, 0.11)).min(1.0) * (1.0 - since / LASTS)
}

impl Effect for Lightning {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let dull = moment.presence * moment.amount.min(1.5);
        canvas.tone(1.0 - 0.24 * dull, 1.0 - 0.26 * dull);
        let Some((strike, since)) = flash(moment) else {
            return;
        };
        let light = brightness(strike, since) * moment.presence * moment.amount.sqrt().min(1.4);
        let bolt = Bolt::main(strike, moment, sight);
        illuminate(&bolt, light, moment, sight, canvas);
        // The bolt itself is seen while the strokes last.
        let visible = (light * 1.5).min(1.0) * (1.0 - since / 0.45).clamp(0.0, 1.0);
        bolt.draw(visible, moment, sight, canvas);
        for number in 0..5 {
            if let Some(branch) = bolt.branch(strike, number) {
                branch.draw(visible, moment, sight, canvas);
            }
        }
    }
}

/// The sky's light and the glow round the bolt.
fn illuminate(bolt: &Bolt, light: f32, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
    let ground = sight.ground();
    let knots = bolt.knots();
    let foot = bolt.points[PIECES].1;
    let way = foot - bolt.points[0].1;
    let veil = Veil::new(moment.size, |column, row| {
        let (x, y) = ((column * PITCH) as f32, (row * PITCH) as f32);
        let share = ((y - bolt.points[0].1) / way.max(1.0)).clamp(0.0, 1.0);
        let beside = between(&knots, share);
        let away = (x - beside).hypot((y - foot).max(0.0)) / moment.unit;
        let glow = 0.3 / (1.0 + (away / 26.0).powi(2)) + 0.3 / (1.0 + (away / 150.0).powi(2));
        let sky = 0.3 * (1.0 - 0.75 * y / moment.size.1);
        let (depth, behind) = ground.at(column, row);
        light * (0.08 + sky * (1.0 - 0.6 * depth) + glow * (0.25 + 0.75 * behind) * (1.0 - 0.5 * depth))
    });
    canvas.veil(&veil, Colour::rgb(0xe6e9ff));
}

/// The value at `share` of the way from the first knot to the last.
fn between(knots: &[f32; KNOTS + 1], share: f32) -> f32 {
    let place = share * KNOTS as f32;
    let knot = (place as usize).min(KNOTS - 1);
    knots[knot] + (knots[knot + 1] - knots[knot]) * (place - knot as f32)
}

impl Bolt {
    fn main(strike: Particle, moment: &Moment, sight: &Sight<'_>) -> Self {
        let (width, height) = moment.size;
        let top = across(strike);
        let from = sight.shown((top * width, -0.03 * height), 0.0);
        let lean = 0.22 * strike.spread(4);
        let to = sight.shown(((top + lean) * width, strike.between(5, 0.5, 0.66) * height), 0.0);
        Self {
            points: crooked(strike, from, to),
            width: 3.4 * moment.unit,
            alpha: 1.0,
        }
    }

    fn branch(&self, strike: Particle, number: u32) -> Option<Self> {
        let seed = strike.life(number.cast_signed() + 100);
        let start = seed.between(0, 0.12, 0.72);
        let from = *self.points.get((start * PIECES as f32) as usize)?;
        let (top, foot) = (self.points[0], self.points[PIECES]);
        let reach = (foot.0 - top.0).hypot(foot.1 - top.1) * seed.between(1, 0.16, 0.42);
        let angle = seed.between(2, 0.35, 0.95) * seed.spread(3).signum();
        let to = (from.0 + reach * angle.sin(), from.1 + reach * angle.cos());
        Some(Self {
            points: crooked(seed, from, to),
            width: self.width * 0.5,
            alpha: 0.7,
        })
    }

    /// About where it passes, from top to foot.
    fn knots(&self) -> [f32; KNOTS + 1] {
        std::array::from_fn(|knot| {
            let span = PIECES / KNOTS;
            let first = (knot * span).saturating_sub(span / 2);
            let (sum, count) = self
                .points
                .iter()
                .skip(first)
                .take(span)
                .fold((0.0, 0), |(sum, count), point| (sum + point.0, count + 1));
            sum / count.max(1) as f32
        })
    }

    fn draw(&self, shown: f32, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        for (index, pair) in self.points.windows(2).enumerate() {
            let &[from, to] = pair else { continue };
            let alpha = shown * self.alpha * sight.behind(to);
            let thinner = 1.0 - 0.55 * index as f32 / PIECES as f32;
            let halo = Streak {
                from,
                to,
                width: (2.6 * self.width + 2.0 * moment.unit) * thinner,
                alpha: [0.28 * alpha; 3],
            };
            canvas.streak(&halo, Colour::rgb(0xaab4ff));
            let core = Streak {
                width: self.width * thinner,
                alpha: [alpha; 3],
                ..halo
            };
            canvas.streak(&core, Colour::rgb(0xffffff));
        }
    }
}

/// Halved again and again, each middle moved to the side by a chance share of the length (midpoint displacement:
/// Fournier, Fussell and Carpenter, 1982).
fn crooked(seed: Particle, from: (f32, f32), to: (f32, f32)) -> [(f32, f32); PIECES + 1] {
    let mut points = [from; PIECES + 1];
    points[PIECES] = to;
    let mut step = PIECES;
    let mut purpose = 200;
    while step > 1 {
        for start in (0..PIECES).step_by(step) {
            let (a, b) = (points[start], points[start + step]);
            let sideways = 0.17 * seed.spread(purpose);
            purpose += 1;
            let along = (b.0 - a.0, b.1 - a.1);
            points[start + step / 2] = (
                (a.0 + b.0) / 2.0 - along.1 * sideways,
                (a.1 + b.1) / 2.0 + along.0 * sideways,
            );
        }
        step /= 2;
    }
    points
}
