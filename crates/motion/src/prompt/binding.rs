//! What manners, directions and counts are said of: the nearest thing in their clause, else everything.

use std::collections::HashSet;

use super::{
    wishes::{Manners, Wanted, Wishes},
    words::{CameraWord, SubjectWord, What},
};

/// A word that says how, where to or how often.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Modifier {
    kind: Kind,
    /// Index of its words.
    said: usize,
    /// Its tokens.
    first: usize,
    last: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Manner(Manners),
    Heading(f32),
    Times(u32),
}

impl Modifier {
    pub(super) fn manner(manners: Manners) -> Self {
        Self::of(Kind::Manner(manners))
    }

    pub(super) fn heading(heading: f32) -> Self {
        Self::of(Kind::Heading(heading))
    }

    pub(super) fn times(times: u32) -> Self {
        Self::of(Kind::Times(times))
    }

    fn of(kind: Kind) -> Self {
        Self {
            kind,
            said: 0,
            first: 0,
            last: 0,
        }
    }

    /// Said by these words, from token `first` to token `last`.
    pub(super) fn at(self, said: usize, first: usize, last: usize) -> Self {
        Self {
            said,
            first,
            last,
            ..self
        }
    }

    fn suits(&self, what: What) -> bool {
        match self.kind {
            Kind::Manner(_) => true,
            Kind::Heading(_) => has_direction(what),
            Kind::Times(_) => matches!(what, What::Subject(SubjectWord::Does(_))),
        }
    }
}

fn has_direction(what: What) -> bool {
    match what {
        What::Camera(word) => matches!(
            word,
            CameraWord::Pan
                | CameraWord::Tilt
                | CameraWord::Truck
                | CameraWord::Pedestal
                | CameraWord::Arc
                | CameraWord::Roll
                | CameraWord::Whip
                | CameraWord::Any
        ),
        What::Scenery(_) | What::Overlay(_) | What::Wind => true,
        What::Subject(_) | What::Look(_) | What::Nothing => false,
    }
}

/// Lets the modifiers have their effect. `places` are the first and last tokens of what is wanted, `clauses` the clause of
/// each token.
pub(super) fn bind(wishes: &mut Wishes, places: &[(usize, usize)], modifiers: &[Modifier], clauses: &[usize]) {
    let clause = |token: usize| clauses.get(token).copied().unwrap_or(0);
    for modifier in modifiers {
        let own = clause(modifier.first);
        let near = nearest(&wishes.wanted, places, modifier, |place| clause(place) == own);
        // "petals fall, drifting to the left", "it jumps, twice"
        let before = || nearest(&wishes.wanted, places, modifier, |place| clause(place) + 1 == own);
        let target = match modifier.kind {
            Kind::Manner(_) => near,
            Kind::Heading(_) | Kind::Times(_) => near.or_else(before),
        };
        apply(wishes, modifier, target);
    }
    share_in_clause(wishes, places, modifiers, clauses);
    lift(&mut wishes.wanted, &mut wishes.all);
}

fn apply(wishes: &mut Wishes, modifier: &Modifier, target: Option<usize>) {
    let wanted = target.and_then(|target| wishes.wanted.get_mut(target));
    match (modifier.kind, wanted) {
        (Kind::Manner(manners), Some(wanted)) if !wanted.what.is_any() => wanted.manners = manners.or(wanted.manners),
        (Kind::Manner(manners), Some(wanted)) if matches!(wanted.what, What::Camera(_)) => {
            wishes.camera = manners.or(wishes.camera);
        }
        (Kind::Manner(manners), _) => wishes.all = manners.or(wishes.all),
        (Kind::Heading(heading), Some(wanted)) => wanted.heading = Some(heading),
        (Kind::Times(times), Some(wanted)) => wanted.times = Some(times),
        (Kind::Heading(_) | Kind::Times(_), None) => {
            if let Some(said) = wishes.said.get_mut(modifier.said) {
                said.has_effect = false;
            }
        }
    }
}

/// The suitable thing with the fewest words between, of two equally near the later.
fn nearest(
    wanted: &[Wanted],
    places: &[(usize, usize)],
    modifier: &Modifier,
    is_eligible: impl Fn(usize) -> bool,
) -> Option<usize> {
    let distance = |(first, last): &(usize, usize)| {
        if *first > modifier.last {
            first - modifier.last
        } else {
            modifier.first.saturating_sub(*last)
        }
    };
    let suitable = wanted
        .iter()
        .zip(places)
        .enumerate()
        .filter(|(_, (wanted, (first, _)))| modifier.suits(wanted.what) && is_eligible(*first));
    suitable
        .min_by_key(|(index, (_, place))| (distance(place), std::cmp::Reverse(*index)))
        .map(|(index, _)| index)
}

/// A manner before all of a clause holds for all of it: "slowly pushes in and pans".
fn share_in_clause(wishes: &mut Wishes, places: &[(usize, usize)], modifiers: &[Modifier], clauses: &[usize]) {
    for modifier in modifiers {
        let Kind::Manner(manners) = modifier.kind else { continue };
        let clause = clauses.get(modifier.first);
        let in_clause = |(first, _): &(usize, usize)| clauses.get(*first) == clause;
        if places
            .iter()
            .filter(|place| in_clause(place))
            .any(|(first, _)| *first < modifier.first)
        {
            continue;
        }
        for (wanted, _) in wishes
            .wanted
            .iter_mut()
            .zip(places)
            .filter(|(_, place)| in_clause(place))
        {
            wanted.manners = wanted.manners.or(manners);
        }
    }
}

/// What is said of each thing that moves is said of all.
fn lift(wanted: &mut [Wanted], all: &mut Manners) {
    let moves = |wanted: &&Wanted| {
        !wanted.mentioned && !wanted.what.is_any() && !matches!(wanted.what, What::Look(_) | What::Nothing)
    };
    let speeds: HashSet<i32> = wanted.iter().filter(moves).map(|wanted| wanted.manners.speed).collect();
    let strengths: HashSet<i32> = wanted
        .iter()
        .filter(moves)
        .map(|wanted| wanted.manners.strength)
        .collect();
    let single = |set: HashSet<i32>| if set.len() == 1 { set.into_iter().next() } else { None };
    let common = Manners {
        speed: single(speeds).unwrap_or(0),
        strength: single(strengths).unwrap_or(0),
    };
    *all = common.or(*all);
    for wanted in wanted {
        if common.speed != 0 {
            wanted.manners.speed = 0;
        }
        if common.strength != 0 {
            wanted.manners.strength = 0;
        }
    }
}
