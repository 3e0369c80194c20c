//! `kinora generate`: the whole product without a server.

use std::{fs, path::Path, process::Output};

use serde_json::Value;

use crate::{
    binary::{kinora, stderr, stdout},
    pictures::{example, painted},
    probe::{is_fast_start, probe},
};

fn generate(picture: &Path, output: &Path, more: &[&str]) -> Output {
    let mut command = kinora();
    command.arg("generate").arg(picture).arg("-o").arg(output).args(more);
    command.output().unwrap()
}

const QUICK: [&str; 6] = ["--model", "viduq3-turbo", "--duration", "1", "--resolution", "360p"];

#[test]
fn a_picture_and_a_prompt_become_a_clip_and_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let clip = folder.path().join("out.mp4");
    let recipe = folder.path().join("recipe.json");
    let more = [
        &QUICK[..],
        &[
            "-p",
            "make it dance.",
            "--seed",
            "41822",
            "--bgm",
            "--recipe-out",
            recipe.to_str().unwrap(),
        ],
    ];
    let made = generate(&example("chelsea.png"), &clip, &more.concat());
    assert!(made.status.success(), "{}", stderr(&made));
    assert!(stdout(&made).trim_end().ends_with("; seed 41822"), "{}", stdout(&made));
    let seen = probe(&clip);
    assert_eq!(
        (seen.codec.as_str(), seen.rate.as_str(), seen.frames, seen.has_sound),
        ("h264", "24/1", 24, true)
    );
    assert!(is_fast_start(&fs::read(&clip).unwrap()));
    let recipe: Value = serde_json::from_slice(&fs::read(&recipe).unwrap()).unwrap();
    assert_eq!(
        (&recipe["seed"], &recipe["frames"]),
        (&Value::from(41822), &Value::from(24))
    );
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "only what was asked for is left");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("1.mp4"), folder.path().join("2.mp4"));
    for clip in [&first, &second] {
        let made = generate(
            &example("rocket.jpg"),
            clip,
            &[&QUICK[..], &["--seed", "5", "-p", "pan left"]].concat(),
        );
        assert!(made.status.success(), "{}", stderr(&made));
    }
    assert_eq!(fs::read(first).unwrap(), fs::read(second).unwrap());
}

#[test]
fn explaining_makes_nothing() {
    let explained = kinora()
        .arg("generate")
        .arg(example("chelsea.png"))
        .args(["-p", "slow zoom in", "--explain", "--seed", "9"])
        .output()
        .unwrap();
    assert!(explained.status.success(), "{}", stderr(&explained));
    assert!(
        stdout(&explained).contains("seed 9") && stdout(&explained).lines().count() > 2,
        "{}",
        stdout(&explained)
    );
    let json = kinora()
        .arg("generate")
        .arg(example("chelsea.png"))
        .args(["--explain", "--json"])
        .output()
        .unwrap();
    let recipe: Value = serde_json::from_str(&stdout(&json)).unwrap();
    assert!(recipe["camera"].is_array());
}

#[test]
fn several_pictures_are_keyframes_of_one_clip() {
    let folder = tempfile::tempdir().unwrap();
    let clip = folder.path().join("out.mp4");
    let mut command = kinora();
    command
        .arg("generate")
        .args(["coffee.png", "chelsea.png"].map(example))
        .arg("-o")
        .arg(&clip)
        .args(QUICK)
        .arg("--json");
    let made = command.output().unwrap();
    assert!(made.status.success(), "{}", stderr(&made));
    let report: Value = serde_json::from_str(&stdout(&made)).unwrap();
    assert_eq!(report["frames"], 24);
    assert_eq!(probe(&clip).frames, 24);
}

#[test]
fn wrong_usage_is_told_from_failure_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let clip = folder.path().join("out.mp4");
    let cat = example("chelsea.png");
    let wrong: [&[&str]; 7] = [
        &["--duration", "11"],
        &["--duration", "five"],
        &["--resolution", "4k"],
        &["--model", "sora-9"],
        &["--movement-amplitude", "enormous"],
        &["--seed", "99999999999"],
        &["--no-such-option"],
    ];
    for options in wrong {
        let refused = generate(&cat, &clip, options);
        assert_eq!(refused.status.code(), Some(2), "{options:?}: {}", stderr(&refused));
        assert!(stderr(&refused).contains(options[0]), "{}", stderr(&refused));
    }
    let text = folder.path().join("text.png");
    fs::write(&text, "no picture").unwrap();
    let wide = folder.path().join("wide.png");
    fs::write(&wide, painted(500, 100)).unwrap();
    for (picture, said) in [
        (text, "text"),
        (wide, "4:1"),
        (folder.path().join("missing.png"), "missing.png"),
    ] {
        let failed = generate(&picture, &clip, &QUICK);
        assert_eq!(failed.status.code(), Some(1), "{}", stderr(&failed));
        assert!(said == "text" || stderr(&failed).contains(said), "{}", stderr(&failed));
    }
    let nowhere = generate(&cat, &folder.path().join("no/such/folder/out.mp4"), &QUICK);
    assert_eq!(nowhere.status.code(), Some(1));
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn high_is_large() {
    let explain = |amplitude: &str| {
        let mut command = kinora();
        command.arg("generate").arg(example("rocket.jpg"));
        command.args(["--explain", "--json", "--seed", "4", "--movement-amplitude", amplitude]);
        stdout(&command.output().unwrap())
    };
    assert_eq!(explain("high"), explain("large"));
    assert_ne!(explain("small"), explain("large"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_soon_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = kinora();
    command
        .arg("generate")
        .arg(example("astronaut.png"))
        .arg("-o")
        .arg(folder.path().join("out.mp4"));
    command.args(["--model", "viduq3-pro", "--duration", "16", "--resolution", "1080p"]);
    let mut child = command.stderr(std::process::Stdio::null()).spawn().unwrap();
    let begun = std::time::Instant::now();
    // Once frames are being written, the work has begun.
    let is_at_work = || {
        let mut scratch = fs::read_dir(folder.path())
            .unwrap()
            .filter_map(|entry| fs::read_dir(entry.unwrap().path()).ok());
        scratch.any(|files| files.count() > 0)
    };
    while !is_at_work() {
        assert!(begun.elapsed() < crate::server::PATIENCE && child.try_wait().unwrap().is_none());
        std::thread::yield_now();
    }
    let asked = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(asked.success());
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
