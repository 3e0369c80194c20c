//! The address that is connected is the address that was checked.

use std::{
    io,
    net::IpAddr,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use async_trait::async_trait;
use domain::failure::Code;
use service::fetch::{FetchSettings, Fetcher, RefusalKind, address::AddressPolicy, resolver::Lookup};
use url::Url;

use crate::{
    pictures::PICTURE,
    site::{Answer, Site},
    world::{Names, World, quick_settings},
};

fn world(names: Arc<Names>, policy: AddressPolicy) -> World {
    let fetcher = Fetcher::new(quick_settings()).expect("a fetcher");
    World::with(fetcher.with_policy(policy).with_lookup(names))
}

fn url(host: &str, site: &Site) -> Url {
    format!("http://{host}:{}/cat.png", site.address.port())
        .parse()
        .expect(host)
}

#[tokio::test]
async fn a_name_of_a_forbidden_address_is_refused() {
    let forbidden = Site::always(Answer::ok(PICTURE)).await;
    let names = Names::default()
        .and("home.example", &[&["127.0.0.1"]])
        .and("mapped.example", &[&["::ffff:127.0.0.1", "64:ff9b::7f00:1", "::1"]]);
    let world = world(Arc::new(names), AddressPolicy::public());
    for host in ["home.example", "HOME.example", "mapped.example"] {
        let (failure, kind) = world.refusal(&url(host, &forbidden)).await;
        assert_eq!(failure.code, Code::ImageForbiddenAddress, "{host}");
        assert_eq!(kind, RefusalKind::Address, "{host}");
    }
    assert_eq!(forbidden.connections(), 0);
}

#[tokio::test]
async fn of_several_addresses_only_the_permitted_are_connected() {
    let site = Site::always(Answer::ok(PICTURE)).await;
    let names = Names::default().and("both.example", &[&["10.0.0.1", "127.0.0.2", "127.0.0.1", "::1"]]);
    let world = world(Arc::new(names), AddressPolicy::public().and(site.address));
    world
        .fetch(&url("both.example", &site))
        .await
        .expect("one is permitted");
    assert_eq!(site.connections(), 1);
    let head = site.requests().remove(0).to_lowercase();
    assert!(head.contains("host: both.example:"), "{head}");
}

#[tokio::test]
async fn a_name_that_changes_its_address_after_the_check_is_not_asked_again() {
    let site = Site::always(Answer::ok(PICTURE)).await;
    let names = Arc::new(Names::default().and("rebind.example", &[&["127.0.0.1"], &["127.0.0.3"]]));
    let world = world(Arc::clone(&names), AddressPolicy::public().and(site.address));
    world
        .fetch(&url("rebind.example", &site))
        .await
        .expect("the first answer is permitted");
    assert_eq!(names.asked.load(Ordering::SeqCst), 1);
    assert_eq!(site.connections(), 1);
}

#[tokio::test]
async fn a_name_is_checked_anew_at_every_hop_and_at_every_try() {
    let site = Site::start(|_, _| Answer::redirect("/again")).await;
    let names = Arc::new(Names::default().and("rebind.example", &[&["127.0.0.1"], &["127.0.0.1"], &["10.0.0.1"]]));
    let world = world(Arc::clone(&names), AddressPolicy::public().and(site.address));
    let (failure, _) = world.refusal(&url("rebind.example", &site)).await;
    assert_eq!(failure.code, Code::ImageForbiddenAddress);
    assert_eq!(names.asked.load(Ordering::SeqCst), 3);
    assert_eq!(site.connections(), 2);
}

/// A name server that does not answer.
struct Silence;

#[async_trait]
impl Lookup for Silence {
    async fn lookup(&self, _name: &str) -> io::Result<Vec<IpAddr>> {
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_name_server_that_does_not_answer_is_not_waited_for() {
    let settings = FetchSettings {
        connect_timeout: Duration::from_millis(50),
        ..quick_settings()
    };
    let fetcher = Fetcher::new(settings)
        .expect("a fetcher")
        .with_lookup(Arc::new(Silence));
    let url = "http://silent.example/".parse().expect("a URL");
    let (failure, _) = World::with(fetcher).refusal(&url).await;
    assert_eq!(failure.code, Code::ImageUnreachable);
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_tried_three_times() {
    let names = Arc::new(Names::default().and("empty.example", &[&[]]));
    let world = world(Arc::clone(&names), AddressPolicy::public());
    for (round, host) in ["nowhere.example", "empty.example"].into_iter().enumerate() {
        let (failure, kind) = world.refusal(&format!("http://{host}/").parse().expect(host)).await;
        assert_eq!(failure.code, Code::ImageUnreachable, "{host}");
        assert_eq!(kind, RefusalKind::Unreachable, "{host}");
        assert!(!failure.public.contains(host), "{}", failure.public);
        assert_eq!(names.asked.load(Ordering::SeqCst), 3 * (round + 1));
    }
}
