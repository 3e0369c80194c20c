//! For each place in a hole the known place whose surroundings are most alike, and the colours that these places vote
//! for: PatchMatch (Barnes et al., SIGGRAPH 2009) within the turns of Wexler, Shechtman and Irani (PAMI 2007).

use super::canvas::Canvas;
use crate::planning::dice;

/// Cells from a patch's centre to its side.
pub(super) const REACH: usize = 3;
/// What a place costs for each unit of squared difference from the smooth guess, against the difference of two patches: so
/// that a small thing does not grow over all that is hidden. And for its distance across and down, in squares of the longer
/// side.
const STRANGE: f32 = 0.6;
const FAR: (f32, f32) = (0.004, 0.06);
/// The share of a place's own colour against what the places round it vote for, in the end.
const COPIED: f32 = 0.8;
/// A known place that no patch fits into.
const NONE: u32 = u32::MAX;

/// Known places for the places of a hole.
#[derive(Debug, Clone)]
pub(super) struct Matches {
    width: usize,
    height: usize,
    /// Cells whose patches touch the hole, row by row.
    targets: Vec<u32>,
    /// Centres of patches that are wholly known.
    sources: Vec<u32>,
    is_source: Vec<bool>,
    /// The colours with the hole filled smoothly.
    guess: Vec<[f32; 4]>,
    /// For each cell the centre of the most like patch, and how unlike it is.
    found: Vec<(u32, f32)>,
    chance: u32,
}

impl Matches {
    /// Anything for anywhere; nothing if no patch is wholly known. The hole of `canvas` is filled smoothly.
    pub(super) fn by_chance(canvas: &Canvas, chance: u32) -> Option<Self> {
        let (width, height) = (canvas.width, canvas.height);
        let near = near(canvas);
        let whole = |at: usize| {
            let (x, y) = (at % width, at / width);
            x >= REACH && y >= REACH && x + REACH < width && y + REACH < height && !near[at]
        };
        let is_source: Vec<bool> = (0..near.len()).map(whole).collect();
        let places = |chosen: &[bool]| -> Vec<u32> {
            let cells = (0..).zip(chosen);
            cells.filter(|(_, chosen)| **chosen).map(|(at, _)| at).collect()
        };
        let sources = places(&is_source);
        if sources.is_empty() {
            return None;
        }
        let mut matches = Self {
            width,
            height,
            targets: places(&near),
            sources,
            is_source,
            guess: canvas.colours.clone(),
            found: vec![(NONE, f32::INFINITY); near.len()],
            chance,
        };
        for number in 0..matches.targets.len() {
            let at = matches.targets[number] as usize;
            matches.found[at].0 = matches.any();
        }
        Some(matches)
    }

    /// The same on a canvas of twice the size.
    pub(super) fn enlarged(&self, canvas: &Canvas) -> Option<Self> {
        let mut larger = Self::by_chance(canvas, self.chance)?;
        for number in 0..larger.targets.len() {
            let at = larger.targets[number] as usize;
            let (x, y) = (at % larger.width, at / larger.width);
            let (source, _) = self.found[y / 2 * self.width + x / 2];
            if source == NONE {
                continue;
            }
            let source = (source as usize % self.width, source as usize / self.width);
            let place = (source.1 * 2 + y % 2) * larger.width + source.0 * 2 + x % 2;
            if larger.is_source.get(place) == Some(&true) {
                larger.found[at].0 = place as u32;
            }
        }
        Some(larger)
    }

    /// The known place for a cell of the hole.
    pub(super) fn source(&self, at: usize) -> Option<usize> {
        let (source, _) = *self.found.get(at)?;
        (source != NONE).then_some(source as usize)
    }

    fn any(&mut self) -> u32 {
        self.chance = self.chance.wrapping_add(1);
        let at = dice::pick(self.chance, 0x0f11, self.sources.len() as u32);
        self.sources[at as usize]
    }

    /// Looks for better places, `sweeps` times over all.
    pub(super) fn search(&mut self, canvas: &Canvas, sweeps: usize) {
        for number in 0..self.targets.len() {
            let at = self.targets[number] as usize;
            self.found[at].1 = self.unlike(canvas, at, self.found[at].0 as usize, f32::INFINITY);
        }
        for sweep in 0..sweeps {
            let back = sweep % 2 == 1;
            for number in 0..self.targets.len() {
                let number = if back { self.targets.len() - 1 - number } else { number };
                let at = self.targets[number] as usize;
                self.follow(canvas, at, back);
                self.roam(canvas, at);
            }
        }
    }

    /// What fits beside a neighbour's place fits here.
    fn follow(&mut self, canvas: &Canvas, at: usize, back: bool) {
        let steps: [isize; 2] = if back {
            [1, self.width as isize]
        } else {
            [-1, -(self.width as isize)]
        };
        for step in steps {
            let neighbour = at.checked_add_signed(step).and_then(|other| self.found.get(other));
            if let Some((source, _)) = neighbour.copied().filter(|(source, _)| *source != NONE) {
                self.offer(canvas, at, (source as usize).wrapping_add_signed(-step));
            }
        }
    }

    /// Looks round the place found, nearer and nearer.
    fn roam(&mut self, canvas: &Canvas, at: usize) {
        let mut radius = self.width.max(self.height) as i32 / 2;
        while radius >= 1 {
            let from = self.found[at].0 as usize;
            self.chance = self.chance.wrapping_add(1);
            let bits = dice::roll(self.chance, 0x0f12);
            let away = |bits: u32| (bits % (2 * radius as u32 + 1)) as isize - radius as isize;
            let x = (from % self.width).checked_add_signed(away(bits & 0xffff));
            let y = (from / self.width).checked_add_signed(away(bits >> 16));
            if let (Some(x), Some(y)) = (x, y)
                && x < self.width
                && y < self.height
            {
                self.offer(canvas, at, y * self.width + x);
            }
            radius /= 3;
        }
    }

    fn offer(&mut self, canvas: &Canvas, at: usize, source: usize) {
        let (now, cost) = self.found[at];
        if now as usize == source || self.is_source.get(source) != Some(&true) {
            return;
        }
        let unlike = self.unlike(canvas, at, source, cost);
        if unlike < cost {
            self.found[at] = (source as u32, unlike);
        }
    }

    /// Squared differences of two patches, per cell; at least `most` if it comes to that.
    fn unlike(&self, canvas: &Canvas, at: usize, source: usize, most: f32) -> f32 {
        let (x, y) = (at % self.width, at / self.width);
        let left = x.min(REACH);
        let right = (self.width - 1 - x).min(REACH);
        let (above, below) = (y.min(REACH), (self.height - 1 - y).min(REACH));
        let count = (left + right + 1) as f32 * (above + below + 1) as f32;
        let mut sums = [0.0_f32; 4];
        let dear = self.dear(canvas, at, source) * count;
        for row in 0..=above + below {
            let start = |centre: usize| centre + row * self.width - above * self.width - left;
            let line = |centre: usize| &canvas.colours[start(centre)..start(centre) + left + right + 1];
            for (one, other) in line(at).iter().zip(line(source)) {
                for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
                    *sum += (one - other) * (one - other);
                }
            }
            if dear + sums.iter().sum::<f32>() >= most * count {
                return most;
            }
        }
        (dear + sums.iter().sum::<f32>()) / count
    }

    /// What a place costs by itself.
    fn dear(&self, canvas: &Canvas, at: usize, source: usize) -> f32 {
        let pairs = self.guess[at].iter().zip(&canvas.colours[source]);
        let strange: f32 = pairs.map(|(guess, colour)| (guess - colour) * (guess - colour)).sum();
        let across = (at % self.width) as f32 - (source % self.width) as f32;
        let down = (at / self.width) as f32 - (source / self.width) as f32;
        let long = self.width.max(self.height) as f32;
        STRANGE * strange + (FAR.0 * across * across + FAR.1 * down * down) / (long * long)
    }

    /// Takes each cell of the hole towards the place found for it: votes alone are smoother than any picture.
    pub(super) fn copy(&self, canvas: &mut Canvas) {
        for at in (0..canvas.hole.len()).filter(|at| canvas.hole[*at]) {
            let Some(source) = self.source(at) else { continue };
            let found = canvas.colours[source];
            for (value, found) in canvas.colours[at].iter_mut().zip(found) {
                *value += COPIED * (found - *value);
            }
        }
    }

    /// Sets the hole of `canvas` to what the places vote for.
    pub(super) fn vote(&self, canvas: &mut Canvas) {
        let (width, height) = (self.width as isize, self.height as isize);
        let reach = REACH as isize;
        let mut filled = Vec::new();
        for at in (0..canvas.hole.len()).filter(|at| canvas.hole[*at]) {
            let (x, y) = (at as isize % width, at as isize / width);
            let (mut sum, mut total) = ([0.0; 4], 0.0);
            for down in -reach..=reach {
                for across in -reach..=reach {
                    if x + across < 0 || x + across >= width || y + down < 0 || y + down >= height {
                        continue;
                    }
                    let step = down * width + across;
                    let (source, unlike) = self.found[at.wrapping_add_signed(step)];
                    if source == NONE {
                        continue;
                    }
                    let weight = (1.0 / (unlike + 2e-4)).powi(2);
                    let colour = canvas.colours[(source as usize).wrapping_add_signed(-step)];
                    total += weight;
                    for (sum, value) in sum.iter_mut().zip(colour) {
                        *sum += weight * value;
                    }
                }
            }
            if total > 0.0 {
                filled.push((at, sum.map(|sum: f32| sum / total)));
            }
        }
        for (at, colour) in filled {
            canvas.colours[at] = colour;
        }
    }
}

/// The cells whose patches touch the hole.
fn near(canvas: &Canvas) -> Vec<bool> {
    let (width, height) = (canvas.width, canvas.height);
    let mut across = canvas.hole.clone();
    for (line, hole) in across.chunks_exact_mut(width).zip(canvas.hole.chunks_exact(width)) {
        for (x, near) in line.iter_mut().enumerate() {
            *near = hole[x.saturating_sub(REACH)..(x + REACH + 1).min(width)].contains(&true);
        }
    }
    let cells = (0..across.len()).map(|at| {
        let (x, y) = (at % width, at / width);
        (y.saturating_sub(REACH)..(y + REACH + 1).min(height)).any(|y| across[y * width + x])
    });
    cells.collect()
}
