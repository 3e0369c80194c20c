//! Each amplitude moves at least 1.6 times as much as the one before.

use domain::{
    media::{Picture, Size},
    request::{Amplitude, Profile},
};
use motion::{Clip, plan};

use super::{ACTIONS, Bound, Line, MOVES};
use crate::{
    measure::{studies, wish},
    warp::{mean_flow, places},
};

pub(crate) fn lines(picture: &Picture, size: Size) -> Vec<Line> {
    let studies = studies(std::slice::from_ref(picture), size, Profile::Fast);
    let places = places(size);
    let line = |prompt: String| {
        let flow = |amplitude| {
            let recipe = plan(&studies, &wish(&prompt, size, amplitude));
            let clip = Clip::new(&studies, &recipe).ok();
            clip.map_or(f64::NAN, |clip| f64::from(mean_flow(&clip, &places)))
        };
        let [small, medium, large] = [Amplitude::Small, Amplitude::Medium, Amplitude::Large].map(flow);
        let ratio = (medium / small).min(large / medium);
        let flows = format!("{small:.3} {medium:.3} {large:.3} px/frame, {prompt}");
        Line::new("least ratio between amplitudes", ratio, Bound::AtLeast(1.6)).detail(flows)
    };
    let still = |text: &&str| format!("{text}, the subject stands still");
    let moves = MOVES.iter().map(still);
    let fixed = |text: &&str| format!("static camera, it {text}");
    moves.chain(ACTIONS.iter().map(fixed)).map(line).collect()
}
