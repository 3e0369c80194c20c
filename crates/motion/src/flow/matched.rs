//! Two pictures matched: the flow both ways, what of each is seen in the other, and how good all that is.

use rayon::join;

use super::{field::Flow, sight::Sight};
use crate::analysis::Map;

#[derive(Debug)]
pub(crate) struct Match {
    pub(crate) forward: Flow,
    pub(crate) backward: Flow,
    /// For each cell of the earlier and of the later picture, whether the other one shows it: 0 to 1.
    pub(crate) seen: (Map, Map),
    /// Share of the cells that both show.
    pub(crate) share: f32,
    /// Mean difference of what both show, against its contrast.
    pub(crate) residual: f32,
}

/// Pictures of which less is seen in each other, or is less alike, do not show the same scene.
const LEAST_SHARE: f32 = 0.5;
const MOST_RESIDUAL: f32 = 0.55;

impl Match {
    /// Whether two pictures show the same scene.
    pub(crate) fn is_likely(earlier: &Sight, later: &Sight) -> bool {
        Self::new(earlier, later).is_some_and(|found| found.is_good())
    }

    pub(crate) fn is_good(&self) -> bool {
        self.share > LEAST_SHARE && self.residual < MOST_RESIDUAL
    }

    pub(crate) fn new(earlier: &Sight, later: &Sight) -> Option<Self> {
        let (forward, backward) = join(|| earlier.flow_to(later), || later.flow_to(earlier));
        let (forward, backward) = (forward?, backward?);
        let seen = (seen(&forward, &backward), seen(&backward, &forward));
        let share = (seen.0.mean() + seen.1.mean()) / 2.0;
        let (from, to) = (earlier.finest()?, later.finest()?);
        let residual = Map::new(forward.width(), forward.height(), |x, y| {
            let moved = forward.at(x as f32, y as f32);
            let there = to.sample(x as f32 + moved.0, y as f32 + moved.1);
            (there - from.at(x as isize, y as isize)).abs() * seen.0.at(x as isize, y as isize)
        })
        .mean();
        let contrast = Map::new(forward.width(), forward.height(), |x, y| {
            from.at(x as isize, y as isize).abs() * seen.0.at(x as isize, y as isize)
        })
        .mean();
        Some(Self {
            forward,
            backward,
            seen,
            share,
            residual: residual / contrast.max(1e-3),
        })
    }
}

fn seen(flow: &Flow, back: &Flow) -> Map {
    Map::new(flow.width(), flow.height(), |x, y| {
        let (x, y) = (x as f32, y as f32);
        let moved = flow.at(x, y);
        let there = (x + moved.0, y + moved.1);
        let right = (flow.width() - 1) as f32;
        let bottom = (flow.height() - 1) as f32;
        if there.0 < -0.5 || there.1 < -0.5 || there.0 > right + 0.5 || there.1 > bottom + 0.5 {
            return 0.0;
        }
        let returned = back.at(there.0, there.1);
        let off = (moved.0 + returned.0).hypot(moved.1 + returned.1);
        let allowed = 1.0 + 0.03 * moved.0.hypot(moved.1);
        (2.0 - off / allowed).clamp(0.0, 1.0)
    })
}
