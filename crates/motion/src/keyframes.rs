//! Which of several pictures a clip has room for, and when each is shown.

use domain::recipe::Recipe;

/// Frames between two keyframes, at least.
pub(crate) const CLOSEST: usize = 6;

/// The positions in the list of those of `count` pictures that a clip of `frames` frames shows: all of
/// them when neighbours are at least 6 frames apart, else the first, the last and as many evenly chosen
/// between them as fit. Ascending, empty only when `count` is 0.
pub fn keyframes_that_fit(count: usize, frames: u32) -> Vec<usize> {
    let room = (frames.saturating_sub(1) as usize) / CLOSEST + 1;
    let used = count.min(room);
    match used {
        0 => Vec::new(),
        1 => vec![0],
        _ => (0..used)
            .map(|index| (index * (count - 1) + (used - 1) / 2) / (used - 1))
            .collect(),
    }
}

/// The frames at which `count` keyframes are shown whole: 0 for the first, the last frame for the last. Between them the
/// frames are shared out by `spans`, one for each two neighbours; evenly if there are not as many of them.
pub(crate) fn frames_of(count: usize, frames: u32, spans: &[u32]) -> Vec<u32> {
    let uneven = spans.windows(2).any(|pair| pair[0] != pair[1]);
    if !uneven || spans.len() + 1 != count {
        return (0..count).map(|index| frame_of(index, count, frames)).collect();
    }
    let whole: u64 = spans.iter().copied().map(u64::from).sum();
    let last = frames.saturating_sub(1);
    let mut passed = 0;
    let shown = spans.iter().map(|span| {
        passed += u64::from(*span);
        let at = (passed * u64::from(frames) + whole / 2) / whole.max(1);
        u32::try_from(at).unwrap_or(last).min(last)
    });
    std::iter::once(0).chain(shown).collect()
}

/// The frames at which a recipe's `count` keyframes are shown whole: as its transitions say, else evenly spaced.
pub(crate) fn frames_in(recipe: &Recipe, count: usize) -> Vec<u32> {
    let told = &recipe.transitions;
    if told.is_empty() || told.len() + 1 != count {
        return frames_of(count, recipe.frames, &[]);
    }
    std::iter::once(0)
        .chain(told.iter().map(|transition| transition.to))
        .collect()
}

/// The same for one of keyframes that are evenly spaced.
fn frame_of(index: usize, count: usize, frames: u32) -> u32 {
    let steps = u64::try_from(count.saturating_sub(1)).unwrap_or(1).max(1);
    let last = u64::from(frames.saturating_sub(1));
    let index = u64::try_from(index).unwrap_or(0).min(steps);
    u32::try_from((index * last + steps / 2) / steps).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_fit_when_there_is_room() {
        assert_eq!(keyframes_that_fit(1, 120), [0]);
        assert_eq!(keyframes_that_fit(3, 120), [0, 1, 2]);
        assert_eq!(keyframes_that_fit(0, 120), [] as [usize; 0]);
    }

    #[test]
    fn too_many_are_left_out_evenly() {
        let used = keyframes_that_fit(40, 24);
        assert_eq!(used, [0, 13, 26, 39]);
        for (count, frames) in [(40, 48), (7, 24), (40, 120), (2, 3), (5, 1)] {
            let used = keyframes_that_fit(count, frames);
            assert!(used.is_sorted_by(|left, right| left < right));
            assert_eq!(used.first(), Some(&0));
            if used.len() > 1 {
                assert_eq!(used.last(), Some(&(count - 1)));
                let times: Vec<u32> = (0..used.len())
                    .map(|index| frame_of(index, used.len(), frames))
                    .collect();
                assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= 6), "{times:?}");
                assert_eq!(times.last(), Some(&(frames - 1)));
            }
        }
    }

    #[test]
    fn each_picture_comes_at_the_end_of_its_span() {
        assert_eq!(frames_of(3, 120, &[]), [0, 60, 119]);
        assert_eq!(frames_of(3, 120, &[5, 5]), [0, 60, 119], "as if nothing were said");
        assert_eq!(frames_of(3, 168, &[2, 5]), [0, 48, 167]);
        assert_eq!(frames_of(4, 288, &[7, 2, 3]), [0, 168, 216, 287]);
        assert_eq!(frames_of(3, 168, &[2, 5, 1]), frames_of(3, 168, &[]), "not for these");
        assert_eq!(frames_of(1, 24, &[]), [0]);
    }
}
