//! A first guess for the picture as a whole: the zoom and the shift at which two small pictures are most alike, by
//! trying them all where they are smallest, and those near the best where they are larger. Search from coarse to fine
//! cannot find these by itself when they are large.

use super::{field::Flow, octave::Octave};
use crate::analysis::Map;

/// Steps of the zoom are a third of an octave; from a half to twice the size.
const ZOOMS: i32 = 3;
const ZOOM_STEP: f32 = 1.0 / 3.0;
/// Cells round a first guess within which a better one is looked for.
const NEAR: isize = 5;
/// Share of the smaller picture that must lie within the other one.
const OVERLAP: f32 = 0.5;
/// Nothing is gained by a guess that is hardly more alike than the pictures as they lie.
const GAIN: f32 = 0.05;

/// Where a cell of one picture lies in the other: `middle + (cell - middle) * zoom + shift`.
#[derive(Debug, Clone, Copy)]
struct Guess {
    zoom: f32,
    shift: (f32, f32),
    likeness: f32,
}

/// The flow from `from` to `to` as zoom and shift, if some other than none makes them more alike. Both are
/// small, and `smaller` are the same at half the size: the time taken grows with the square of their cells.
pub(super) fn whole(from: &Octave, to: &Octave, smaller: Option<(&Octave, &Octave)>) -> Option<Flow> {
    let plain = tried(from, to, 1.0, &Shifts::none()).likeness;
    let zooms = (-ZOOMS..=ZOOMS).map(|step| (step as f32 * ZOOM_STEP).exp2());
    let coarse = match smaller {
        Some((one, other)) => {
            let found = zooms.map(|zoom| tried(one, other, zoom, &Shifts::all(one)));
            let found = found.fold(None, better)?;
            tried(from, to, found.zoom, &Shifts::near(found, 2.0))
        }
        None => zooms
            .map(|zoom| tried(from, to, zoom, &Shifts::all(from)))
            .fold(None, better)?,
    };
    let fine = [-0.4, -0.2, 0.2, 0.4]
        .map(|step| {
            tried(
                from,
                to,
                coarse.zoom * (step * ZOOM_STEP).exp2(),
                &Shifts::near(coarse, 1.0),
            )
        })
        .into_iter()
        .fold(Some(coarse), better)?;
    if fine.likeness < plain + GAIN {
        return None;
    }
    let middle = ((from.width - 1) as f32 / 2.0, (from.height - 1) as f32 / 2.0);
    Some(Flow::new(from.width, from.height, |x, y| {
        (
            (x as f32 - middle.0) * (fine.zoom - 1.0) + fine.shift.0,
            (y as f32 - middle.1) * (fine.zoom - 1.0) + fine.shift.1,
        )
    }))
}

/// Which shifts are tried: those at most `reach` cells from `middle`, in cells of the picture that is shifted.
struct Shifts {
    middle: (f32, f32),
    reach: isize,
}

impl Shifts {
    fn none() -> Self {
        Self {
            middle: (0.0, 0.0),
            reach: 0,
        }
    }

    fn all(octave: &Octave) -> Self {
        Self {
            middle: (0.0, 0.0),
            reach: octave.width.max(octave.height) as isize,
        }
    }

    /// Round a guess that was made at `scale` times fewer cells.
    fn near(guess: Guess, scale: f32) -> Self {
        Self {
            middle: (guess.shift.0 * scale, guess.shift.1 * scale),
            reach: NEAR,
        }
    }
}

fn better(best: Option<Guess>, next: Guess) -> Option<Guess> {
    match best {
        Some(best) if best.likeness >= next.likeness => Some(best),
        _ => Some(next),
    }
}

/// The best of these shifts at this zoom.
fn tried(from: &Octave, to: &Octave, zoom: f32, shifts: &Shifts) -> Guess {
    let side = |length: usize| ((length as f32 / zoom).round() as usize).max(1);
    let (width, height) = (side(to.width), side(to.height));
    let middle = ((width - 1) as f32 / 2.0, (height - 1) as f32 / 2.0);
    let sized = Map::new(width, height, |x, y| {
        to.sample(
            (x as f32 - middle.0) * zoom + (to.width - 1) as f32 / 2.0,
            (y as f32 - middle.1) * zoom + (to.height - 1) as f32 / 2.0,
        )
    });
    let own = Map::new(from.width, from.height, |x, y| from.at(x as isize, y as isize));
    let squares = (Sums::of_squares(&own), Sums::of_squares(&sized));
    let least = OVERLAP * (own.values.len().min(sized.values.len())) as f32;
    let mut best = Guess {
        zoom,
        shift: (0.0, 0.0),
        likeness: -1.0,
    };
    // Half the difference of the sides lies between the two pictures' first cells when their middles meet.
    let offset = (
        (width as isize - own.width as isize) / 2,
        (height as isize - own.height as isize) / 2,
    );
    let middle = (
        (shifts.middle.0 / zoom).round() as isize + offset.0,
        (shifts.middle.1 / zoom).round() as isize + offset.1,
    );
    for down in -shifts.reach..=shifts.reach {
        for right in -shifts.reach..=shifts.reach {
            let place = (right + middle.0, down + middle.1);
            let Some(likeness) = likeness(&own, &sized, &squares, place, least) else {
                continue;
            };
            if likeness > best.likeness {
                let exact =
                    |place: isize, own: usize, sized: usize| (place as f32 - (sized as f32 - own as f32) / 2.0) * zoom;
                best.likeness = likeness;
                best.shift = (exact(place.0, own.width, width), exact(place.1, own.height, height));
            }
        }
    }
    best
}

/// Correlation of `own` with `other` when cell 0 of the one lies on cell `place` of the other, less for little
/// overlap.
fn likeness(own: &Map, other: &Map, squares: &(Sums, Sums), place: (isize, isize), least: f32) -> Option<f32> {
    let span = |place: isize, own: usize, other: usize| {
        let from = (-place).max(0);
        let to = (other as isize - place).min(own as isize);
        (from < to).then_some((from as usize, to as usize))
    };
    let (left, right) = span(place.0, own.width, other.width)?;
    let (top, bottom) = span(place.1, own.height, other.height)?;
    let cells = ((right - left) * (bottom - top)) as f32;
    if cells < least {
        return None;
    }
    let moved = |at: usize, place: isize| (at as isize + place) as usize;
    let mut sum = 0.0;
    for y in top..bottom {
        let mine = &own.values[y * own.width..][left..right];
        let start = moved(y, place.1) * other.width + moved(left, place.0);
        let theirs = &other.values[start..start + mine.len()];
        sum += product(mine, theirs);
    }
    let mine = squares.0.within(left, right, top, bottom);
    let theirs = squares.1.within(
        moved(left, place.0),
        moved(right, place.0),
        moved(top, place.1),
        moved(bottom, place.1),
    );
    let share = cells / own.values.len().min(other.values.len()) as f32;
    Some(sum / (mine * theirs).sqrt().max(1e-3) * share.sqrt())
}

/// In eight sums side by side, as the processor adds them.
fn product(left: &[f32], right: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (lefts, rights) = (left.chunks_exact(8), right.chunks_exact(8));
    let rest: f32 = lefts
        .remainder()
        .iter()
        .zip(rights.remainder())
        .map(|(a, b)| a * b)
        .sum();
    for (left, right) in lefts.zip(rights) {
        for ((sum, a), b) in sums.iter_mut().zip(left).zip(right) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// Sums over rectangles from sums over all that lies above and to the left.
struct Sums {
    stride: usize,
    values: Vec<f64>,
}

impl Sums {
    fn of_squares(map: &Map) -> Self {
        let stride = map.width + 1;
        let mut values = vec![0.0; stride * (map.height + 1)];
        for (y, row) in map.values.chunks_exact(map.width).enumerate() {
            let mut sum = 0.0;
            for (x, value) in row.iter().enumerate() {
                sum += f64::from(value * value);
                values[(y + 1) * stride + x + 1] = values[y * stride + x + 1] + sum;
            }
        }
        Self { stride, values }
    }

    fn within(&self, left: usize, right: usize, top: usize, bottom: usize) -> f32 {
        let at = |x: usize, y: usize| self.values[y * self.stride + x];
        (at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top)) as f32
    }
}
