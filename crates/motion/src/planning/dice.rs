//! Chance that can be asked again: numbers from a seed and a purpose, the same on every machine.

/// 32 well-mixed bits of `seed` for `purpose` (the finaliser of MurmurHash3, by Austin Appleby, public
/// domain).
pub(crate) fn roll(seed: u32, purpose: u32) -> u32 {
    let mut bits = seed ^ purpose.wrapping_mul(0x9e37_79b9);
    for factor in [0x85eb_ca6b, 0xc2b2_ae35, 0x27d4_eb2f] {
        bits ^= bits >> 16;
        bits = bits.wrapping_mul(factor);
        bits ^= bits >> 13;
    }
    bits ^ (bits >> 16)
}

/// 0 to `sides` - 1; 0 when there are no sides.
pub(crate) fn pick(seed: u32, purpose: u32, sides: u32) -> u32 {
    roll(seed, purpose).checked_rem(sides).unwrap_or(0)
}

/// -1 to 1.
pub(crate) fn spread(seed: u32, purpose: u32) -> f32 {
    (roll(seed, purpose) >> 8) as f32 / (1 << 23) as f32 - 1.0
}

/// Slow noise, -1 to 1: a smooth curve through one chance value at each whole `time`.
pub(crate) fn drift(seed: u32, purpose: u32, time: f32) -> f32 {
    let time = time.max(0.0);
    let step = time.floor();
    let share = time - step;
    let smooth = share * share * (3.0 - 2.0 * share);
    let value = |index: u32| spread(seed, purpose.wrapping_mul(4099).wrapping_add(index));
    let index = step as u32;
    value(index) * (1.0 - smooth) + value(index.wrapping_add(1)) * smooth
}
