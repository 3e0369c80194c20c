//! Seeded chance. Each part of the soundtrack draws from a stream of its own, so that a change in one
//! does not reshuffle the others.

/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// The stream called `name` of a seed.
    pub(crate) fn new(seed: u32, name: &str) -> Self {
        let state = name.bytes().fold(u64::from(seed).wrapping_add(1), |state, byte| {
            (state ^ u64::from(byte))
                .wrapping_mul(0x0000_0100_0000_01b3)
                .rotate_left(23)
        });
        let mut random = Self { state };
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// 0 to 1, without 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// -1 to 1, without 1: one sample of white noise.
    pub(crate) fn noise(&mut self) -> f32 {
        self.unit() * 2.0 - 1.0
    }

    /// From `low` to `high`, without `high`.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// True with this chance.
    pub(crate) fn chance(&mut self, chance: f32) -> bool {
        self.unit() < chance
    }

    /// A whole number from 0 to `count - 1`; 0 when `count` is 0.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() >> 33) as usize % count.max(1)
    }

    /// One of the choices.
    pub(crate) fn pick<T: Copy, const COUNT: usize>(&mut self, choices: [T; COUNT]) -> T {
        const { assert!(COUNT > 0) };
        choices[self.below(COUNT)]
    }
}
