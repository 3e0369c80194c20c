//! The configuration, from outside.

use std::{collections::BTreeMap, fs};

use serde_json::{Value, json};
use server::config::{Origin, Sources, load, reference};

use crate::binary::{kinora, stderr, stdout};

fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn every_value_says_where_it_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kinora.toml");
    fs::write(
        &file,
        "[server]\nlisten = \"127.0.0.1:9000\"\nconnections = 7\n[worker]\nlease = \"1m\"\n",
    )
    .unwrap();
    let loaded = load(&Sources {
        file: Some(file.clone()),
        environment: environment(&[
            ("KINORA_SERVER__CONNECTIONS", "8"),
            ("KINORA_FETCH__ALLOW_PRIVATE_NETWORKS", "true"),
            ("KINORA_SERVER__PUBLIC_URL", "https://video.example.com/"),
            ("KINORA_URL", "http://elsewhere"),
            ("KINORA_API_KEY", "kn_"),
            ("PATH", "/bin"),
        ]),
        options: vec![("server.listen", "127.0.0.1:0".to_owned())],
    })
    .unwrap();
    let origin = |key: &str| {
        loaded
            .values
            .iter()
            .find(|value| value.key == key)
            .unwrap()
            .origin
            .clone()
    };
    assert_eq!(origin("server.listen"), Origin::CommandLine);
    assert_eq!(
        origin("server.connections"),
        Origin::Environment("KINORA_SERVER__CONNECTIONS".to_owned())
    );
    assert_eq!(origin("worker.lease"), Origin::File(file.display().to_string()));
    assert_eq!(origin("worker.drain"), Origin::Default);
    let settings = loaded.settings;
    assert_eq!((settings.server.connections, settings.server.listen.port()), (8, 0));
    assert!(settings.fetch.allow_private_networks);
    assert_eq!(settings.worker.lease.as_secs(), 60);
    assert_eq!(
        settings.server.public_base(settings.server.listen),
        "https://video.example.com"
    );
}

#[test]
fn unknown_keys_and_variables_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kinora.toml");
    for (text, key) in [
        ("[server]\nport = 1\n", "server.port"),
        ("[colour]\nsky = 1\n", "colour.sky"),
        ("x = 1\n", "key x"),
    ] {
        fs::write(&file, text).unwrap();
        let error = load(&Sources {
            file: Some(file.clone()),
            ..Sources::default()
        })
        .unwrap_err()
        .to_string();
        assert!(error.contains(key) && error.contains("kinora.toml"), "{error}");
    }
    for variable in ["KINORA_PORT", "KINORA_SERVER__PORT", "KINORA_URLS", "KINORA_"] {
        let sources = Sources {
            environment: environment(&[(variable, "1")]),
            ..Sources::default()
        };
        let error = load(&sources).unwrap_err().to_string();
        assert!(error.contains(variable), "{variable}: {error}");
    }
}

#[test]
fn a_source_of_depth_that_is_not_there_is_refused_by_name() {
    let sources = Sources {
        environment: environment(&[("KINORA_MOTION__DEPTH", "network")]),
        ..Sources::default()
    };
    let error = load(&sources).unwrap_err().to_string();
    assert!(error.contains("\"network\"; the only one is \"estimate\""), "{error}");
    assert!(error.contains("motion.depth"), "{error}");
}

#[test]
fn values_that_do_not_fit_are_refused() {
    for (variable, value) in [
        ("KINORA_WORKER__CONCURRENCY", "two"),
        ("KINORA_WORKER__LEASE", "soon"),
        ("KINORA_SERVER__LISTEN", "here"),
        ("KINORA_SERVER__PUBLIC_URL", "ftp://x"),
        ("KINORA_SERVER__PUBLIC_URL", "https://x/?a=b"),
        ("KINORA_SERVER__CONNECTIONS", "0"),
        ("KINORA_LOG__FORMAT", "xml"),
    ] {
        let sources = Sources {
            environment: environment(&[(variable, value)]),
            ..Sources::default()
        };
        assert!(load(&sources).is_err(), "{variable}={value}");
    }
    let missing = Sources {
        file: Some("/no/such/kinora.toml".into()),
        ..Sources::default()
    };
    assert!(load(&missing).is_err());
}

#[test]
fn the_reference_in_the_documentation_is_the_programs_own() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md");
    let written = fs::read_to_string(path).unwrap();
    assert_eq!(
        written,
        reference(),
        "run `kinora config --reference > docs/configuration.md`"
    );
}

#[test]
fn the_command_shows_what_is_in_effect() {
    let shown = kinora()
        .args(["config", "--json"])
        .env("KINORA_WORKER__CONCURRENCY", "3")
        .output()
        .unwrap();
    assert!(shown.status.success(), "{}", stderr(&shown));
    let values: Value = serde_json::from_str(&stdout(&shown)).unwrap();
    let concurrency = values
        .as_array()
        .unwrap()
        .iter()
        .find(|value| value["key"] == "worker.concurrency")
        .unwrap();
    assert_eq!(concurrency["value"], 3);
    assert_eq!(
        concurrency["origin"],
        json!({"environment": "KINORA_WORKER__CONCURRENCY"})
    );
    let refused = kinora()
        .arg("config")
        .env("KINORA_WORKER__CONCURENCY", "3")
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("KINORA_WORKER__CONCURENCY"));
}
