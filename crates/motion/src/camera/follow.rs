//! What a camera that follows takes of its subject's movement.

/// Frames: a camera follows where somebody goes, not every step.
const SIGMA: f32 = 5.0;

/// `moved` at each of `frames` frames, smoothed by a Gaussian; at rest at the first frame.
pub(super) fn steadied(frames: u32, moved: impl Fn(f32) -> (f32, f32)) -> Vec<(f32, f32)> {
    let raw: Vec<(f32, f32)> = (0..frames).map(|frame| moved(frame as f32)).collect();
    let reach = (3.0 * SIGMA) as usize;
    let weight = |distance: usize| (-0.5 * (distance as f32 / SIGMA).powi(2)).exp();
    let smooth = |frame: usize| {
        let (from, to) = (frame.saturating_sub(reach), (frame + reach + 1).min(raw.len()));
        let near = raw.get(from..to).unwrap_or_default();
        let (mut x, mut y, mut weights) = (0.0, 0.0, 0.0);
        for (offset, at) in near.iter().enumerate() {
            let weight = weight((from + offset).abs_diff(frame));
            x += weight * at.0;
            y += weight * at.1;
            weights += weight;
        }
        // Smoothing must not move the first frame, which shows the picture at rest.
        let begun = 1.0 - weight(frame);
        (begun * x / weights, begun * y / weights)
    };
    (0..raw.len()).map(smooth).collect()
}
