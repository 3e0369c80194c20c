//! docs/recipe.md names everything that a recipe can hold.

#![expect(clippy::unwrap_used, reason = "a kind without a name fails the test")]

use domain::recipe::{
    CameraMove, Look, Mood, MusicStyle, OverlayKind, SceneryKind, SoundKind, SubjectKind, TransitionKind,
};
use serde::Serialize;

const PAGE: &str = include_str!("../../../../docs/recipe.md");

fn names(kinds: &[impl Serialize]) -> Vec<String> {
    kinds
        .iter()
        .map(|kind| serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_kind_is_on_the_page() {
    let lists = [
        names(&CameraMove::ALL),
        names(&SubjectKind::ALL),
        names(&SceneryKind::ALL),
        names(&OverlayKind::ALL),
        names(&Look::ALL),
        names(&TransitionKind::ALL),
        names(&Mood::ALL),
        names(&MusicStyle::ALL),
        names(&SoundKind::ALL),
    ];
    for name in lists.concat() {
        assert!(PAGE.contains(&format!("`{name}`")), "{name} is missing");
    }
}
