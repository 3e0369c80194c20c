//! Where key frames stand.

/// The most frames from one key frame to the next.
const LONGEST: u32 = 48;

/// Groups come in fours, so that 1, 2 and 4 cores finish together.
const BATCH: u32 = 4;

/// Splits a clip into closed groups of pictures: at most 48 frames each, at least four to a clip, of
/// lengths that differ by one at most. Decided by the frame count alone, because group borders show in
/// the bytes and those must not depend on the machine's cores. Clips under eight frames get fewer
/// groups: two key frames in a row would share their `idr_pic_id` (H.264, 7.4.3).
pub fn gop_lengths(frames: u32) -> Vec<u32> {
    if frames == 0 {
        return Vec::new();
    }
    let groups = frames.div_ceil(LONGEST).next_multiple_of(BATCH).min(frames / 2).max(1);
    let (short, longer) = (frames / groups, frames % groups);
    (0..groups)
        .map(|group| if group < longer { short + 1 } else { short })
        .collect()
}
