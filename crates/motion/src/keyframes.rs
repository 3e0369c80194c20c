//! Which of several pictures a clip has room for, and when each is shown.

/// Frames between two keyframes, at least.
const CLOSEST: usize = 6;

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

/// The frame at which keyframe `index` of `count` is shown whole: 0 for the first, the last frame for
/// the last.
pub(crate) fn frame_of(index: usize, count: usize, frames: u32) -> u32 {
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
}
