//! The fuzz targets' checks, run over the seeds that are kept for them: what fuzzing once found stays found.

#[path = "../../../../fuzz/checks.rs"]
mod checks;

use std::path::Path;

type Check = fn(&[u8]);

#[test]
fn every_seed_is_replayed() {
    let targets: [(&str, Check); 7] = [
        ("modelverse", checks::modelverse),
        ("jiekou", checks::jiekou),
        ("vidu", checks::vidu),
        ("openai", checks::openai),
        ("form", checks::form),
        ("data_uri", checks::data_uri),
        ("callback_url", checks::callback_url),
    ];
    for (target, check) in targets {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../fuzz/seeds")
            .join(target);
        let mut seeds = 0;
        for entry in std::fs::read_dir(&folder).unwrap() {
            check(&std::fs::read(entry.unwrap().path()).unwrap());
            seeds += 1;
        }
        assert!(seeds >= 2, "{target} has {seeds} seeds");
    }
}
