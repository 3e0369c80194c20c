//! The level that a stream announces (H.264, annex A): what a decoder must be able to take.

use domain::media::FRAME_RATE;

/// Where a sequence parameter set says its level, as ten times the number.
const LEVEL: usize = 3;

/// Levels and the most bits per second of each in High profile (table A-1, times 1.25).
const RATES: [(u8, u64); 8] = [
    (30, 12_500_000),
    (31, 17_500_000),
    (32, 25_000_000),
    (40, 25_000_000),
    (41, 62_500_000),
    (50, 168_750_000),
    (51, 300_000_000),
    (52, 300_000_000),
];

/// Raises the level of `sps` to what the frames' sizes (in bytes) ask for. The encoder chose it by the
/// picture's size alone; with a fixed quantiser the rate is known only in the end.
pub(crate) fn raise(sps: &mut [u8], sizes: &[u32]) {
    let needed = lowest_for(busiest_second(sizes));
    if let Some(level) = sps.get_mut(LEVEL) {
        *level = needed.max(*level);
    }
}

/// Bits of the second that has most.
fn busiest_second(sizes: &[u32]) -> u64 {
    let second = (FRAME_RATE as usize).min(sizes.len().max(1));
    let bytes = sizes
        .windows(second)
        .map(|frames| frames.iter().map(|size| u64::from(*size)).sum());
    bytes.max().unwrap_or(0_u64) * 8
}

fn lowest_for(bits_per_second: u64) -> u8 {
    let fitting = RATES.iter().find(|(_, most)| bits_per_second <= *most);
    fitting.or(RATES.last()).map_or(0, |(level, _)| *level)
}

#[cfg(test)]
mod tests {
    use super::raise;

    fn raised(level: u8, sizes: &[u32]) -> u8 {
        let mut sps = [0x67, 100, 0, level, 0xac];
        raise(&mut sps, sizes);
        sps[3]
    }

    #[test]
    fn a_level_rises_with_the_busiest_second_and_never_falls() {
        assert_eq!(raised(40, &[10_000; 240]), 40);
        assert_eq!(raised(31, &[100_000; 240]), 32);
        assert_eq!(raised(40, &[200_000; 240]), 41);
        let mut burst = vec![1_000; 240];
        burst[100..124].fill(400_000);
        assert_eq!(raised(40, &burst), 50);
        assert_eq!(raised(31, &[u32::MAX; 24]), 52);
        assert_eq!(raised(42, &[]), 42);
    }

    #[test]
    fn a_set_without_a_level_is_left_alone() {
        let mut short = [0x67, 100];
        raise(&mut short, &[1_000_000; 24]);
        assert_eq!(short, [0x67, 100]);
    }
}
