//! How fast time passes.

use domain::recipe::SubjectAction;

use super::Brief;
use crate::prompt::{SubjectWord, TimeWord, What};

/// 1 is natural.
pub(super) fn pace(brief: &Brief<'_>, subject: &[SubjectAction]) -> f32 {
    let asked = |what: What| matches!(what, What::Subject(SubjectWord::Does(_)));
    let acts = !subject.is_empty() && brief.wishes.wanted.iter().any(|wanted| asked(wanted.what));
    match (brief.wishes.time, brief.speed_of_life()) {
        // Clouds may race; somebody who walks may not.
        (Some(TimeWord::Timelapse), _) if acts => 2.0,
        (Some(TimeWord::Timelapse), _) => 4.0,
        (Some(TimeWord::SlowMotion), _) => 0.5,
        (None, ..0) => 0.75,
        (None, 0) => 1.0,
        (None, 1..) => 1.3,
    }
}
