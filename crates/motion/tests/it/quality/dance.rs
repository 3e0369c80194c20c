//! A dance is the subject's own, keeps the beat, and neither folds nor smears the picture.

use domain::{
    media::{Picture, Size},
    request::{Amplitude, Profile},
};
use motion::{Clip, Study, plan};

use super::{Bound, Line};
use crate::{
    measure::{studies, wish},
    warp::{Ellipse, autocorrelation, flow, layer_strain, mean_flow, moved, places, strain},
};

/// `subject`: where somebody who looked at the picture sees its subject, if it has one.
pub(crate) fn lines(picture: &Picture, size: Size, subject: Option<Ellipse>) -> Vec<Line> {
    let studies = studies(std::slice::from_ref(picture), size, Profile::Fast);
    let mut lines: Vec<Line> = [Amplitude::Medium, Amplitude::Large]
        .into_iter()
        .flat_map(|amplitude| strains(&studies, size, amplitude))
        .collect();
    if let Some(ellipse) = subject {
        lines.extend(own(&studies, size, ellipse));
    }
    lines
}

fn strains(studies: &[Study], size: Size, amplitude: Amplitude) -> Vec<Line> {
    let mut recipe = plan(studies, &wish("static camera, make it dance.", size, amplitude));
    let mut lines = Vec::new();
    if recipe.cut_out
        && let Ok(clip) = Clip::new(studies, &recipe)
    {
        let strain = |index| layer_strain(&clip, index, size);
        lines.extend(stretches("layer", (0..120).step_by(2).filter_map(strain), amplitude));
    }
    // Along its silhouette a layer is another picture than what lies behind it: the same dance is measured uncut.
    recipe.cut_out = false;
    if let Ok(clip) = Clip::new(studies, &recipe) {
        let strain = |index| strain(&clip, index, size);
        lines.extend(stretches("warp", (0..120).step_by(2).map(strain), amplitude));
    }
    lines
}

fn stretches(of: &str, strains: impl Iterator<Item = (f32, f32)>, amplitude: Amplitude) -> [Line; 2] {
    let (least, most) = strains.fold((1.0_f32, 1.0_f32), |whole, found| {
        (whole.0.min(found.0), whole.1.max(found.1))
    });
    let bound = Bound::Within(0.6, 1.7);
    [("least", least), ("largest", most)].map(|(which, value)| {
        Line::new(format!("dance, {which} stretch of the {of}"), f64::from(value), bound).detail(amplitude.name())
    })
}

fn own(studies: &[Study], size: Size, ellipse: Ellipse) -> Vec<Line> {
    let recipe = plan(studies, &wish("static camera, make it dance.", size, Amplitude::Medium));
    let Ok(clip) = Clip::new(studies, &recipe) else {
        return Vec::new();
    };
    let (inside, outside): (Vec<_>, Vec<_>) = places(size).into_iter().partition(|at| ellipse.holds(*at, size));
    let ratio = mean_flow(&clip, &inside) / mean_flow(&clip, &outside);
    let height: Vec<f32> = (24..119)
        .map(|index| moved(&clip, index, &inside).iter().map(|moved| moved.1).sum::<f32>() / inside.len() as f32)
        .collect();
    let speed: Vec<f32> = (24..118).map(|index| flow(&clip, index, &inside)).collect();
    let beat = 24.0 * 60.0 / recipe.beat.tempo;
    let mut lines = vec![Line::new(
        "dance, subject's flow against background's",
        f64::from(ratio),
        Bound::AtLeast(3.0),
    )];
    for (what, signal) in [("height", &height), ("speed", &speed)] {
        let likeness = |lag: &usize| autocorrelation(signal, *lag);
        let lags = (0.6 * beat) as usize..(1.6 * beat) as usize;
        let peak = lags
            .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))
            .unwrap_or(0);
        let detail = format!(
            "{what}: {peak} frames for a beat of {beat:.2}, likeness {:.2}",
            likeness(&peak)
        );
        let off = f64::from((peak as f32 - beat).abs());
        lines.push(Line::new("dance, frames between period and beat", off, Bound::AtMost(1.0)).detail(detail));
    }
    lines
}
