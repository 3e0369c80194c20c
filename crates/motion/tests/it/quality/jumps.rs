//! From no frame to the next does more change than its neighbours allow.

use domain::{
    media::{Picture, Size},
    request::{Amplitude, Profile},
};

use super::{ACTIONS, Bound, Line, MOVES};
use crate::measure::{clip, wish, worst_jump};

/// What else moves; lightning, whips and freezes may jump.
const REST: [&str; 4] = [
    "waves roll, clouds drift, smoke rises",
    "leaves sway, city lights flicker, stars twinkle",
    "rain falls, petals fall, sparkles, bokeh",
    "vintage film grain, light rays, night",
];

pub(crate) fn lines(picture: &Picture, size: Size) -> Vec<Line> {
    let still = |text: &str| format!("{text}, the subject stands still");
    let moves = MOVES.iter().map(|text| still(text));
    let fixed = |text: &str| format!("static camera, it {text}");
    let actions = ACTIONS.iter().map(|text| fixed(text));
    let rest = REST.iter().map(|text| format!("static camera, {text}"));
    let line = |prompt: String| {
        let wish = wish(&prompt, size, Amplitude::Large);
        let (clip, _) = clip(std::slice::from_ref(picture), &wish, Profile::Pro);
        Line::new(
            "largest change against what is allowed",
            worst_jump(&clip),
            Bound::AtMost(1.0),
        )
        .detail(prompt)
    };
    moves.chain(actions).chain(rest).map(line).collect()
}
