//! Recipes that come from outside: every number is checked, and what is wrong is named.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails the test")]

use domain::{
    recipe::Recipe,
    request::{Amplitude, Profile},
};
use motion::{Clip, Study, plan};
use serde_json::{Value, json};

use crate::measure::{example, size, studies, wish};

/// A recipe of 48 frames with one of everything.
fn whole() -> Value {
    let planned = plan(&[], &wish("pan left, dance", size(160, 160), Amplitude::Auto));
    let mut recipe = serde_json::to_value(&planned).unwrap();
    recipe["frames"] = json!(48);
    recipe["camera"] =
        json!([{"movement": "pan", "from": 0, "to": 48, "travel": 0.2, "heading": 3.1, "target": [0.5, 0.5]}]);
    recipe["subject"] = json!([{"kind": "nod", "from": 4, "to": 40, "strength": 1.0, "times": 2}]);
    recipe["scenery"] = json!([{"kind": "water", "from": 0, "to": 48, "strength": 1.0, "heading": 0.0, "named": true}]);
    recipe["overlays"] = json!([{"kind": "snow", "from": 0, "to": 48, "amount": 1.0, "wind": 0.0}]);
    recipe["sounds"] = json!([]);
    recipe["grade"] = json!([{"look": "night", "from": 0, "to": 48, "strength": 1.0}]);
    recipe
}

/// What is wrong with the recipe once `pointer` (a JSON pointer) holds `value`.
fn problem(pictures: &[Study], pointer: &str, value: Value) -> String {
    let mut recipe = whole();
    *recipe.pointer_mut(pointer).unwrap() = value;
    let recipe: Recipe = serde_json::from_value(recipe).unwrap();
    Clip::new(pictures, &recipe)
        .err()
        .map_or(String::new(), |error| error.to_string())
}

fn mascot() -> Vec<Study> {
    studies(&[example("mascot.png")], size(160, 160), Profile::Fast)
}

#[test]
fn a_recipe_in_range_is_drawn() {
    assert_eq!(problem(&mascot(), "/pace", json!(4.0)), "");
}

#[test]
fn what_is_out_of_range_is_named_with_its_place() {
    let wrong = [
        ("/version", json!(1), "version: 1 is not known, this build reads 2"),
        ("/frames", json!(0), "frames: 0 is not within 1 to 1440"),
        ("/size/width", json!(161), "size.width: 161 is not even"),
        ("/size/height", json!(9000), "size.height: 9000 is not within 2 to 8192"),
        ("/amplitude", json!("auto"), "amplitude: auto is not an amount"),
        ("/pace", json!(0.0), "pace: 0 is not within 0.1 to 10"),
        ("/beat/tempo", json!(300), "beat.tempo: 300 is not within 60 to 180"),
        ("/beat/bar", json!(0), "beat.bar: 0 is not within 1 to 12"),
        (
            "/camera/0/travel",
            json!(1.7),
            "camera[0].travel: 1.7 is not within 0 to 1",
        ),
        (
            "/camera/0/travel",
            json!(1e300),
            "camera[0].travel: inf is not within 0 to 1",
        ),
        (
            "/camera/0/heading",
            json!(-8),
            "camera[0].heading: -8 is not within -7 to 7",
        ),
        (
            "/camera/0/target/1",
            json!(1.5),
            "camera[0].target[1]: 1.5 is not within 0 to 1",
        ),
        ("/camera/0/to", json!(49), "camera[0].to: 49 is not within 0 to 48"),
        (
            "/subject/0/from",
            json!(41),
            "subject[0].from: 41 is not within 0 to 40",
        ),
        (
            "/subject/0/strength",
            json!(3.5),
            "subject[0].strength: 3.5 is not within 0 to 3",
        ),
        (
            "/subject/0/times",
            json!(0),
            "subject[0].times: 0 is not within 1 to 100",
        ),
        (
            "/scenery/0/strength",
            json!(-1),
            "scenery[0].strength: -1 is not within 0 to 3",
        ),
        (
            "/overlays/0/amount",
            json!(4),
            "overlays[0].amount: 4 is not within 0 to 3",
        ),
        (
            "/overlays/0/wind",
            json!(10),
            "overlays[0].wind: 10 is not within -7 to 7",
        ),
        (
            "/grade/0/strength",
            json!(2.5),
            "grade[0].strength: 2.5 is not within 0 to 2",
        ),
    ];
    let pictures = mascot();
    for (pointer, value, said) in wrong {
        let problem = problem(&pictures, pointer, value);
        assert!(problem.starts_with(said), "{pointer}: {problem}");
    }
}

#[test]
fn lists_have_an_end() {
    let overlay = whole()["overlays"][0].clone();
    let said = problem(&mascot(), "/overlays", Value::Array(vec![overlay; 201]));
    assert_eq!(said, "overlays: 201 entries are more than 200");
}
