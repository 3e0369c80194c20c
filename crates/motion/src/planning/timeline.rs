//! When the steps of a prompt ("first ... then ...", "after two seconds") begin and end.

use domain::media::FRAME_RATE;

use crate::prompt::{Start, Wishes};

/// A step is at least this long.
const SHORTEST: u32 = 12;
/// Further steps happen together with the last.
const MOST: usize = 6;

/// The frames from which to which each step lasts; steps without a wish, or after the clip's end, are not there.
pub(super) fn parts(wishes: &Wishes, frames: u32) -> Vec<Option<(u32, u32)>> {
    let mut used: Vec<usize> = wishes.wanted.iter().map(|wanted| wanted.step).collect();
    used.sort_unstable();
    used.dedup();
    let room = MOST.min((frames / SHORTEST) as usize).max(1);
    let kept = used.get(..used.len().min(room)).unwrap_or_default();
    let starts = starts(wishes, kept, frames);
    let mut parts = vec![None; wishes.starts.len()];
    for (place, step) in used.iter().enumerate() {
        let place = place.min(kept.len().saturating_sub(1));
        let from = starts.get(place).copied().unwrap_or(0);
        let later = starts.iter().filter(|start| **start > from).min();
        let to = later.copied().unwrap_or(frames).min(frames);
        if let Some(part) = parts.get_mut(*step).filter(|_| from < to) {
            *part = Some((from, to));
        }
    }
    parts
}

/// The first frame of each of the `steps`: those with a time of their own then, the others evenly between.
fn starts(wishes: &Wishes, steps: &[usize], frames: u32) -> Vec<u32> {
    let frame = |seconds: f32| (seconds * FRAME_RATE as f32).round() as u32;
    let own = |step: &usize| match wishes.starts.get(*step) {
        Some(Start::Seconds(seconds)) => Some(frame(*seconds)),
        Some(Start::SecondsBeforeEnd(seconds)) => Some(frames.saturating_sub(frame(*seconds))),
        Some(Start::Share(share)) => Some((share * frames as f32).round() as u32),
        Some(Start::Next) | None => None,
    };
    let mut known: Vec<Option<u32>> = steps.iter().map(own).collect();
    if let Some(first) = known.first_mut() {
        *first = first.or(Some(0));
    }
    let mut starts: Vec<u32> = Vec::with_capacity(known.len());
    for (place, start) in known.iter().enumerate() {
        let start = start.unwrap_or_else(|| {
            let rest = known.get(place..).unwrap_or_default();
            let open = rest.iter().take_while(|start| start.is_none()).count();
            let end = rest.get(open).copied().flatten().unwrap_or(frames);
            let before = starts.last().copied().unwrap_or(0);
            before + end.saturating_sub(before) / (open as u32 + 1)
        });
        starts.push(start);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prompt::wishes;

    fn of(prompt: &str) -> Vec<(u32, u32)> {
        parts(&wishes(prompt), 120).into_iter().flatten().collect()
    }

    #[test]
    fn steps_follow_one_another() {
        assert_eq!(of("push in"), [(0, 120)]);
        assert_eq!(of("then push in"), [(0, 120)]);
        assert_eq!(of("first push in, then pan left"), [(0, 60), (60, 120)]);
        assert_eq!(of("push in, then pan left, then roll"), [(0, 40), (40, 80), (80, 120)]);
    }

    #[test]
    fn times_are_kept() {
        assert_eq!(of("dance, after 2 seconds push in"), [(0, 48), (48, 120)]);
        assert_eq!(of("dance. It snows after two seconds"), [(0, 48), (48, 120)]);
        assert_eq!(
            of("0-2s: push in; 2-4s: pan left; 4-5s: roll"),
            [(0, 48), (48, 96), (96, 120)]
        );
        assert_eq!(of("镜头推进,3秒后下雪"), [(0, 72), (72, 120)]);
        assert_eq!(of("dance, in the last 1 second jump"), [(0, 96), (96, 120)]);
        assert_eq!(of("dance, after 9 seconds push in"), [(0, 120)]);
    }
}
