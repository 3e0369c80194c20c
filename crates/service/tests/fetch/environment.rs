//! What the environment says about proxies and certificates. A process' environment is its own, so each
//! test runs itself once more in a child process.

use std::{env, process::Command};

use domain::failure::Code;
use service::fetch::RefusalKind;

use crate::{
    pictures::PICTURE,
    site::{Answer, Site},
    world::World,
};

const CHILD: &str = "FETCH_TEST_CHILD";

/// Runs the test of this name in a child with these variables; false in the child itself.
async fn in_child(name: &'static str, variables: Vec<(&'static str, String)>) -> bool {
    if env::var_os(CHILD).is_some() {
        return false;
    }
    let run = move || {
        Command::new(env::current_exe().expect("this test"))
            .args(["--exact", name, "--nocapture"])
            .env(CHILD, "1")
            .envs(variables)
            .output()
    };
    let output = tokio::task::spawn_blocking(run)
        .await
        .expect("a thread")
        .expect("a child");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    true
}

#[tokio::test]
async fn proxies_of_the_environment_are_not_used() {
    let proxy = Site::always(Answer::ok(PICTURE)).await;
    let address = format!("http://{}", proxy.address);
    let names = [
        "http_proxy",
        "HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ];
    let variables = names.map(|name| (name, address.clone())).into();
    if in_child("environment::proxies_of_the_environment_are_not_used", variables).await {
        assert_eq!(proxy.connections(), 0);
        return;
    }
    let site = Site::always(Answer::ok(PICTURE)).await;
    let world = World::permitting(&[site.address]);
    world.fetch(&site.url("/")).await.expect("a picture");
    assert_eq!(site.connections(), 1);
}

#[tokio::test]
async fn without_root_certificates_http_works_and_https_says_why_it_does_not() {
    let empty = tempfile::tempdir().expect("a folder");
    let file = empty.path().join("none.pem");
    std::fs::write(&file, b"").expect("a file");
    let variables = vec![
        ("SSL_CERT_FILE", file.display().to_string()),
        ("SSL_CERT_DIR", empty.path().join("nowhere").display().to_string()),
    ];
    let name = "environment::without_root_certificates_http_works_and_https_says_why_it_does_not";
    if in_child(name, variables).await {
        return;
    }
    let site = Site::always(Answer::ok(PICTURE)).await;
    let world = World::permitting(&[site.address]);
    world.fetch(&site.url("/")).await.expect("a picture over http");
    let https = format!("https://{}/", site.address).parse().expect("a URL");
    let (failure, kind) = world.refusal(&https).await;
    assert_eq!(failure.code, Code::ImageUnreachable);
    assert_eq!(kind, RefusalKind::NoRoots);
    assert!(failure.public.contains("root certificates"), "{}", failure.public);
    assert_eq!(site.connections(), 1, "https is not even tried");
}
