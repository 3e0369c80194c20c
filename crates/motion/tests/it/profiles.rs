//! What the profiles are worth.

use domain::request::{Amplitude, Profile};

use crate::measure::{clip, example, frame, psnr, size, wish};

#[test]
fn pro_is_nearer_to_a_supersampled_render_than_fast() {
    let size = size(320, 214);
    for (name, prompt) in [
        ("coffee.png", "push in"),
        ("rocket.jpg", "pan right"),
        ("astronaut.png", "make it dance"),
    ] {
        let picture = [example(name)];
        let wish = wish(prompt, size, Amplitude::Medium);
        let likeness = |profile: Profile| {
            let (clip, _) = clip(&picture, &wish, profile);
            let of_frame = |index: u32| psnr(&frame(&clip, index).y, &clip.render_supersampled(index, 4).y);
            [37, 71, 110].map(of_frame).iter().sum::<f64>() / 3.0
        };
        let (pro, fast) = (likeness(Profile::Pro), likeness(Profile::Fast));
        assert!(pro > fast + 1.0, "{name}: pro {pro} dB, fast {fast} dB");
        assert!(pro > 34.0, "{name}: pro {pro} dB");
    }
}
