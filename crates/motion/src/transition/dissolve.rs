//! One picture fades while the next appears.

use domain::media::Frame;

/// Lays `over` on `frame`, which has the same size.
pub(super) fn lay(over: &Frame, share: f32, frame: &mut Frame) {
    let share = (share.clamp(0.0, 1.0) * 256.0).round() as u32;
    for (under, over) in [
        (&mut frame.y, &over.y),
        (&mut frame.u, &over.u),
        (&mut frame.v, &over.v),
    ] {
        for (under, over) in under.iter_mut().zip(over) {
            let value = u32::from(*under) * (256 - share) + u32::from(*over) * share + 128;
            *under = (value >> 8) as u8;
        }
    }
}
