//! Eased time: every curve runs from 0 to 1 with time from 0 to 1, and stays there outside.

/// Speed 0 and acceleration 0 at both ends.
pub(crate) fn smooth(time: f32) -> f32 {
    let t = time.clamp(0.0, 1.0);
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

/// Starts at rest, moves steadily, and comes to rest: the speed is a trapezium with softened corners. `rise` and
/// `fall` are the shares of the time that starting and stopping take; together at most 1.
pub(crate) fn glide(time: f32, rise: f32, fall: f32) -> f32 {
    let t = time.clamp(0.0, 1.0);
    let total = 1.0 - (rise + fall) / 2.0;
    // The integral of the curve 3x^2 - 2x^3 from 0 to x.
    let ramp = |x: f32| x * x * x * (1.0 - x / 2.0);
    let covered = if t < rise {
        rise * ramp(t / rise)
    } else if t <= 1.0 - fall {
        rise / 2.0 + (t - rise)
    } else {
        total - fall * ramp((1.0 - t) / fall)
    };
    covered / total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_run_from_zero_to_one_without_turning_back() {
        let curves: [&dyn Fn(f32) -> f32; 4] = [&smooth, &|t| glide(t, 0.3, 0.2), &|t| glide(t, 0.1, 0.9), &|t| {
            glide(t, 0.5, 0.5)
        }];
        for curve in curves {
            assert!(curve(-1.0).abs() < 1e-6 && curve(0.0).abs() < 1e-6);
            assert!((curve(1.0) - 1.0).abs() < 1e-6 && (curve(2.0) - 1.0).abs() < 1e-6);
            let values: Vec<f32> = (0..=200).map(|step| curve(step as f32 / 200.0)).collect();
            assert!(values.windows(2).all(|pair| pair[1] >= pair[0] - 1e-6));
        }
    }
}
