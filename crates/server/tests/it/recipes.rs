//! `kinora generate --recipe`, and what `--explain` says of a recipe.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    binary::{kinora, stderr, stdout},
    pictures::example,
    probe::probe,
};

const PROMPT: &str = "The camera slowly pushes in, it dances, leaves sway, snow falls at night, purple zebras";

/// A folder with the recipe of a short clip in it.
struct Bench(TempDir);

impl Bench {
    fn new() -> Self {
        let bench = Self(tempfile::tempdir().unwrap());
        let written = bench.generate(&["chelsea.png"], &["--explain", "-p", PROMPT, "--seed", "41822"]);
        assert!(written.status.success(), "{}", stderr(&written));
        bench
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn generate(&self, pictures: &[&str], options: &[&str]) -> Output {
        let mut command = kinora();
        command.arg("generate").args(pictures.iter().map(|name| example(name)));
        command.args(["--model", "viduq3-turbo"]);
        if !options.contains(&"--recipe") {
            command.args(["--duration", "1", "--resolution", "360p", "--recipe-out", "recipe.json"]);
        }
        command.args(options).current_dir(self.0.path()).output().unwrap()
    }

    /// The recipe with something else at `pointer`, as a file.
    fn edited(&self, pointer: &str, value: Value) -> PathBuf {
        let mut recipe: Value = serde_json::from_slice(&fs::read(self.file("recipe.json")).unwrap()).unwrap();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let holder = recipe.pointer_mut(parent).unwrap();
        match name.parse::<usize>() {
            Ok(index) => holder[index] = value,
            Err(_) => holder[name] = value,
        }
        self.written(&recipe.to_string())
    }

    fn written(&self, text: &str) -> PathBuf {
        let path = self.file("edited.json");
        fs::write(&path, text).unwrap();
        path
    }

    fn draw(&self, pictures: &[&str], recipe: &Path) -> Output {
        self.generate(pictures, &["--recipe", recipe.to_str().unwrap(), "-o", "edited.mp4"])
    }

    /// What is said when `recipe` is refused as wrong usage.
    fn refusal(&self, recipe: &Path) -> String {
        let refused = self.draw(&["chelsea.png"], recipe);
        assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
        assert!(!self.file("edited.mp4").exists());
        stderr(&refused)
    }
}

#[test]
fn a_written_recipe_gives_the_same_bytes_as_its_prompt() {
    let bench = Bench::new();
    let options = ["-p", PROMPT, "--seed", "41822", "--bgm", "-o", "planned.mp4"];
    let planned = bench.generate(&["chelsea.png"], &options);
    assert!(planned.status.success(), "{}", stderr(&planned));
    let recipe = ["--recipe", "recipe.json", "--bgm", "-o", "drawn.mp4"];
    let drawn = bench.generate(&["chelsea.png"], &recipe);
    assert!(drawn.status.success(), "{}", stderr(&drawn));
    assert_eq!(stdout(&planned), stdout(&drawn));
    assert!(fs::read(bench.file("planned.mp4")).unwrap() == fs::read(bench.file("drawn.mp4")).unwrap());
}

#[test]
fn an_edited_recipe_is_drawn_and_said_anew() {
    let bench = Bench::new();
    bench.edited("/size", json!({"width": 320, "height": 180}));
    fs::rename(bench.file("edited.json"), bench.file("recipe.json")).unwrap();
    bench.edited("/frames", json!(30));
    fs::rename(bench.file("edited.json"), bench.file("recipe.json")).unwrap();
    let recipe = bench.edited(
        "/overlays",
        json!([{"kind": "confetti", "from": 0, "to": 30, "amount": 2, "wind": 0}]),
    );
    let made = bench.draw(&["chelsea.png"], &recipe);
    assert!(made.status.success(), "{}", stderr(&made));
    assert!(
        stdout(&made).contains("confetti falls") && !stdout(&made).contains("snow"),
        "{}",
        stdout(&made)
    );
    assert!(stdout(&made).trim_end().ends_with("seed 41822"), "{}", stdout(&made));
    let seen = probe(&bench.file("edited.mp4"));
    assert_eq!((seen.width, seen.height, seen.frames), (320, 180, 30));
}

#[test]
fn a_recipe_of_several_pictures_is_drawn_with_as_many() {
    let bench = Bench::new();
    let pictures = ["coffee.png", "chelsea.png"];
    let planned = bench.generate(&pictures, &["--explain"]);
    assert!(planned.status.success(), "{}", stderr(&planned));
    let recipe = bench.edited("/transitions/0/kind", json!("luma_reveal"));
    let made = bench.draw(&pictures, &recipe);
    assert!(made.status.success(), "{}", stderr(&made));
    assert_eq!(probe(&bench.file("edited.mp4")).frames, 24);
    fs::remove_file(bench.file("edited.mp4")).unwrap();
    let said = bench.refusal(&recipe);
    assert!(said.contains("transitions: 1 for 1 shown"), "{said}");
    let shifted = bench.edited("/transitions/0/to", json!(20));
    let refused = bench.draw(&pictures, &shifted);
    let said = stderr(&refused);
    assert!(
        said.contains("transitions[0].to: 20 is not 23, the last frame"),
        "{said}"
    );
}

#[test]
fn what_is_no_recipe_is_refused_with_its_place() {
    let bench = Bench::new();
    let wrong = [
        (
            "/camera/0/movement",
            json!("teleport"),
            "camera[0].movement: unknown variant `teleport`",
        ),
        ("/camera/0/speed", json!(3), "camera[0].speed: unknown field `speed`"),
        ("/colour", json!("red"), "colour: unknown field `colour`"),
        ("/size/depth", json!(3), "size.depth: unknown field `depth`"),
        ("/frames", json!(2.5), "frames: invalid type: floating point `2.5`"),
        (
            "/subject/0/strength",
            json!(-1),
            "subject[0].strength: -1 is not within 0 to 3",
        ),
        ("/version", json!(7), "version: 7 is not known"),
        ("/seed", json!(0), "seed: 0 is not within 1 to 2147483647"),
        (
            "/size",
            json!({"width": 8, "height": 8}),
            "size: no video can have 8 x 8 pixels",
        ),
        (
            "/size",
            json!({"width": 321, "height": 180}),
            "size.width: 321 is not even",
        ),
    ];
    for (pointer, value, said) in wrong {
        let refusal = bench.refusal(&bench.edited(pointer, value));
        assert!(refusal.contains(said), "{pointer}: {refusal}");
    }
    for (text, said) in [
        ("", "EOF while parsing"),
        ("{}", "missing field `version`"),
        ("[1, 2", "is not a recipe"),
        ("dance", "is not a recipe"),
        (&" ".repeat(2_000_000), "has more than 1048576 bytes"),
    ] {
        let refusal = bench.refusal(&bench.written(text));
        assert!(refusal.contains(said) && refusal.contains("edited.json"), "{refusal}");
    }
    let mut twice = fs::read_to_string(bench.file("recipe.json")).unwrap();
    twice.push_str("{}");
    assert!(bench.refusal(&bench.written(&twice)).contains("trailing characters"));
    let missing = bench.draw(&["chelsea.png"], &bench.file("missing.json"));
    assert_eq!(missing.status.code(), Some(1));
    assert!(stderr(&missing).contains("missing.json"), "{}", stderr(&missing));
}

#[test]
fn what_a_recipe_decides_cannot_be_asked_for_beside_it() {
    let bench = Bench::new();
    for option in [
        ["-p", "dance"],
        ["--duration", "2"],
        ["--resolution", "360p"],
        ["--movement-amplitude", "large"],
        ["--seed", "3"],
        ["--voice", "anna"],
    ] {
        let options = [&["--recipe", "recipe.json", "-o", "edited.mp4"][..], &option[..]].concat();
        let refused = bench.generate(&["chelsea.png"], &options);
        assert_eq!(refused.status.code(), Some(2), "{option:?}: {}", stderr(&refused));
        assert!(stderr(&refused).contains("cannot be used with"), "{}", stderr(&refused));
    }
}

#[test]
fn explaining_names_every_part() {
    let bench = Bench::new();
    let options = [
        "--explain",
        "-p",
        &format!("{PROMPT}, he says \"hello\""),
        "--bgm",
        "--audio",
    ];
    let told = stdout(&bench.generate(&["chelsea.png"], &options));
    for line in [
        ["camera", "0.0 to 1.0 s", "push in by"],
        ["subject", "0.0 to 1.0 s", "dance, strength"],
        ["scenery", "0.0 to 1.0 s", "foliage, strength"],
        ["overlay", "0.0 to 1.0 s", "snow, amount"],
        ["look", "0.0 to 1.0 s", "night, strength"],
        ["pace", "", "natural"],
        ["beat", "", "beats a minute, 4 to a bar"],
        ["sound", "", "a voice: hello"],
        ["understood", "", "dances"],
        ["without effect", "", "zebras"],
    ] {
        let found = told
            .lines()
            .any(|text| text.starts_with(line[0]) && line.iter().all(|part| text.contains(part)));
        assert!(found, "{line:?} is not in\n{told}");
    }
    let again = bench.generate(&["chelsea.png"], &["--recipe", "recipe.json", "--explain"]);
    let repeated = stdout(&again);
    assert_eq!(told.lines().next(), repeated.lines().next());
    let several = bench.generate(&["coffee.png", "chelsea.png"], &["--explain"]);
    assert!(
        stdout(&several).lines().any(|text| text.starts_with("transition")),
        "{}",
        stdout(&several)
    );
}
