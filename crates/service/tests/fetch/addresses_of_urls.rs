//! Every way to write a forbidden address in a URL.

use domain::failure::Code;
use proptest::{prelude::*, sample::select};
use service::fetch::{FetchSettings, RefusalKind};
use url::Url;

use crate::{
    pictures::PICTURE,
    site::{Answer, Site},
    world::{World, quick_settings},
};

/// Spellings of this machine that reach a listener on 127.0.0.1, or would on some machine.
pub(crate) const THIS_MACHINE: [&str; 23] = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "0x7f000001",
    "0x7f.1",
    "0x7f.0x0.0x0.0x1",
    "2130706433",
    "017700000001",
    "0177.0.0.1",
    "0177.0x0.1",
    "127.00000.0.0001",
    "0",
    "0.0.0.0",
    "%31%32%37.0.0.1",
    "１２７。０。０。１",
    "①②⑦.0.0.1",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "pictures.localhost",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
];

#[tokio::test]
async fn no_spelling_of_this_machine_is_connected() {
    let forbidden = Site::always(Answer::ok(PICTURE)).await;
    let world = World::permitting(&[]);
    for host in THIS_MACHINE {
        let url: Url = format!("http://{host}:{}/cat.png?token=hush", forbidden.address.port())
            .parse()
            .expect(host);
        let (failure, kind) = world.refusal(&url).await;
        assert_eq!(failure.code, Code::ImageForbiddenAddress, "{host}");
        assert_eq!(kind, RefusalKind::Address, "{host}");
        for hidden in ["127", "hush", "cat.png", "localhost", "::"] {
            assert!(!failure.public.contains(hidden), "{} shows {hidden}", failure.public);
        }
        assert!(!failure.detail.contains("hush"), "{}", failure.detail);
    }
    assert_eq!(forbidden.connections(), 0);
}

#[tokio::test]
async fn addresses_of_networks_and_clouds_are_refused_without_a_connection() {
    let world = World::permitting(&[]);
    for host in [
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0xa9fea9fe",
        "100.100.100.200",
        "[::]",
        "[::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[::127.0.0.1]",
        "255.255.255.255",
        "224.0.0.1",
    ] {
        let url: Url = format!("http://{host}/latest/meta-data").parse().expect(host);
        let (failure, _) = world.refusal(&url).await;
        assert_eq!(failure.code, Code::ImageForbiddenAddress, "{host}");
    }
}

#[tokio::test]
async fn only_http_and_https_without_credentials_are_fetched() {
    let site = Site::always(Answer::ok(PICTURE)).await;
    let world = World::permitting(&[site.address]);
    let address = site.address;
    for (url, expected) in [
        ("file:///etc/passwd".to_owned(), RefusalKind::Scheme),
        (format!("ftp://{address}/cat.png"), RefusalKind::Scheme),
        (format!("gopher://{address}/cat.png"), RefusalKind::Scheme),
        ("data:image/png;base64,AAAA".to_owned(), RefusalKind::Scheme),
        (format!("http://user@{address}/cat.png"), RefusalKind::Credentials),
        (format!("http://user:word@{address}/cat.png"), RefusalKind::Credentials),
        (format!("http://:word@{address}/cat.png"), RefusalKind::Credentials),
    ] {
        let (failure, kind) = world.refusal(&url.parse().expect(&url)).await;
        assert_eq!(failure.code, Code::ImageForbiddenAddress, "{url}");
        assert_eq!(kind, expected, "{url}");
    }
    assert_eq!(site.connections(), 0);
}

#[tokio::test]
async fn private_networks_can_be_allowed() {
    let site = Site::always(Answer::ok(PICTURE)).await;
    let settings = FetchSettings {
        allow_private_networks: true,
        ..quick_settings()
    };
    let world = World::new(settings, &[]);
    world.fetch(&site.url("/cat.png")).await.expect("it is allowed");
    assert_eq!(world.stored(), PICTURE);
}

#[tokio::test]
async fn another_port_of_a_permitted_address_stays_forbidden() {
    let permitted = Site::always(Answer::ok(PICTURE)).await;
    let forbidden = Site::always(Answer::ok(PICTURE)).await;
    let world = World::permitting(&[permitted.address]);
    world.refusal(&forbidden.url("/")).await;
    world.fetch(&permitted.url("/")).await.expect("it is permitted");
    assert_eq!((permitted.connections(), forbidden.connections()), (1, 0));
}

/// One number as an IPv4 part may be written.
fn spelled(number: u32, base: u8) -> String {
    match base {
        8 => format!("0{number:o}"),
        16 => format!("0x{number:X}"),
        _ => number.to_string(),
    }
}

/// An IPv4 address of one to four parts, each in a base of its own, the last part taking what is left.
fn any_spelling(address: u32, parts: usize, bases: [u8; 4]) -> String {
    let rest = (1_u64 << (8 * (5 - parts))) - 1;
    let leading = (0..parts - 1).map(|place| address >> (24 - 8 * place) & 0xff);
    let numbers = leading.chain([(u64::from(address) & rest) as u32]);
    let texts: Vec<String> = numbers.zip(bases).map(|(number, base)| spelled(number, base)).collect();
    texts.join(".")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_spelling_of_a_special_address_is_refused(
        net in select(vec![(0x7f00_0000_u32, 8_u32), (0x0a00_0000, 8), (0xa9fe_0000, 16), (0xc0a8_0000, 16), (0x6440_0000, 10)]),
        host: u32,
        parts in 1..=4_usize,
        bases in prop::array::uniform4(select(vec![8_u8, 10, 16])),
        dot in select(vec!["", "."]),
    ) {
        let (net, length) = net;
        let address = net | host & (u32::MAX >> length);
        let url: Url = format!("http://{}{dot}/", any_spelling(address, parts, bases)).parse().expect("a URL");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (failure, kind) = runtime.block_on(World::permitting(&[]).refusal(&url));
        prop_assert_eq!(failure.code, Code::ImageForbiddenAddress, "{}", url);
        prop_assert_eq!(kind, RefusalKind::Address);
    }
}
