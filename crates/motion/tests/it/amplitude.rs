//! Amplitudes, in flow that is measured on the frames.

use domain::request::{Amplitude, Profile};

use crate::measure::{clip, example, flow, frame, mean_flow, size, wish};

#[test]
fn medium_moves_at_least_one_point_six_times_as_much_as_small_and_large_as_medium() {
    for (name, size) in [("coffee.png", size(480, 270)), ("astronaut.png", size(400, 400))] {
        let picture = [example(name)];
        for prompt in [
            "push in",
            "pull out",
            "pan right",
            "tilt down",
            "truck left",
            "orbit",
            "roll",
            "crane up",
        ] {
            let prompt = format!("{prompt}, the subject stands still");
            check(&picture, &prompt, size);
        }
        for prompt in [
            "static camera, make it dance",
            "static camera, it sways",
            "static camera, it bounces",
        ] {
            check(&picture, prompt, size);
        }
    }
}

fn check(picture: &[domain::media::Picture], prompt: &str, size: domain::media::Size) {
    let [small, medium, large] = [Amplitude::Small, Amplitude::Medium, Amplitude::Large]
        .map(|amplitude| mean_flow(&clip(picture, &wish(prompt, size, amplitude), Profile::Pro).0));
    assert!(small > 0.01, "{prompt:?} does not move: {small}");
    assert!(
        medium >= 1.6 * small && large >= 1.6 * medium,
        "{prompt:?}: {small} {medium} {large}"
    );
}

#[test]
fn a_dancer_moves_far_more_than_what_is_round_it() {
    let picture = [example("mascot.png")];
    let size = size(480, 480);
    let (clip, recipe) = clip(
        &picture,
        &wish("static camera, make it dance.", size, Amplitude::Medium),
        Profile::Pro,
    );
    assert!(recipe.beat.tempo > 100.0, "{recipe:?}");
    let whole = mean_flow(&clip);
    assert!(whole > 0.3, "{whole}");
    // The corners rest: what is there at the start is there all the time.
    let (first, later) = (frame(&clip, 0), frame(&clip, 77));
    for y in 0..20 {
        for x in 0..20 {
            assert!(first.y[y * 480 + x].abs_diff(later.y[y * 480 + x]) <= 1);
        }
    }
    assert!(flow(&frame(&clip, 40), &frame(&clip, 43)) > 0.3);
}
