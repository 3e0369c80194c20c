//! Every hop of a redirect passes all checks again.

use domain::failure::Code;
use service::fetch::RefusalKind;

use crate::{
    addresses_of_urls::THIS_MACHINE,
    pictures::PICTURE,
    site::{Answer, Site},
    world::World,
};

#[tokio::test]
async fn a_redirect_to_a_forbidden_address_is_never_connected() {
    let forbidden = Site::always(Answer::ok(PICTURE)).await;
    let port = forbidden.address.port();
    for host in THIS_MACHINE.iter().filter(|host| host.is_ascii()) {
        let site = Site::always(Answer::redirect(&format!("http://{host}:{port}/cat.png"))).await;
        let world = World::permitting(&[site.address]);
        let (failure, kind) = world.refusal(&site.url("/")).await;
        assert_eq!(failure.code, Code::ImageForbiddenAddress, "{host}");
        assert_eq!(kind, RefusalKind::Address, "{host}");
        assert_eq!(site.connections(), 1, "a refusal is not tried again");
    }
    assert_eq!(forbidden.connections(), 0);
}

#[tokio::test]
async fn a_redirect_to_the_forbidden_at_the_last_hop_is_refused_too() {
    let forbidden = Site::always(Answer::ok(PICTURE)).await;
    let target = forbidden.url("/");
    let site = Site::start(move |number, _| match number {
        0..4 => Answer::redirect("/next"),
        _ => Answer::redirect(target.as_str()),
    })
    .await;
    let world = World::permitting(&[site.address]);
    let (failure, _) = world.refusal(&site.url("/")).await;
    assert_eq!(failure.code, Code::ImageForbiddenAddress);
    assert_eq!((site.connections(), forbidden.connections()), (5, 0));
}

#[tokio::test]
async fn a_redirect_to_another_scheme_or_with_credentials_is_refused() {
    for (location, expected) in [
        ("file:///etc/passwd", RefusalKind::Scheme),
        ("ftp://example.com/cat.png", RefusalKind::Scheme),
        ("javascript:1", RefusalKind::Scheme),
        ("data:image/png;base64,AAAA", RefusalKind::Scheme),
        ("http://user:word@example.com/", RefusalKind::Credentials),
        ("//user@example.com/", RefusalKind::Credentials),
    ] {
        let site = Site::always(Answer::redirect(location)).await;
        let world = World::permitting(&[site.address]);
        let (failure, kind) = world.refusal(&site.url("/")).await;
        assert_eq!(failure.code, Code::ImageForbiddenAddress, "{location}");
        assert_eq!(kind, expected, "{location}");
    }
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_refused() {
    for location in [
        "Location: http://\r\n",
        "Location: http://[::1/\r\n",
        "Location: \u{fffd}\r\n",
        "",
    ] {
        let site = Site::always(Answer::new("301 Moved Permanently", location, b"")).await;
        let world = World::permitting(&[site.address]);
        let (failure, _) = world.refusal(&site.url("/")).await;
        assert!(
            matches!(failure.code, Code::ImageUnreachable),
            "{location}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn five_redirects_are_followed_and_a_sixth_is_not() {
    for (redirects, expected) in [(5, true), (6, false)] {
        let site = Site::start(move |number, _| match number {
            number if number < redirects => Answer::redirect("/again?and=again"),
            _ => Answer::ok(PICTURE),
        })
        .await;
        let world = World::permitting(&[site.address]);
        assert_eq!(world.fetch(&site.url("/")).await.is_ok(), expected, "{redirects}");
        assert_eq!(site.connections(), 6);
    }
}

#[tokio::test]
async fn every_kind_of_redirect_leads_to_the_picture_and_carries_nothing_along() {
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let target = Site::always(Answer::ok(PICTURE)).await;
        let headers = format!("Location: {}\r\nSet-Cookie: visitor=7\r\n", target.url("/cat.png"));
        let site = Site::always(Answer::new(status, &headers, b"")).await;
        let world = World::permitting(&[site.address, target.address]);
        world.fetch(&site.url("/from?token=hush")).await.expect(status);
        let heads = target.requests();
        assert_eq!(heads.len(), 1, "{status}");
        assert!(heads[0].starts_with("GET /cat.png HTTP/1.1\r\n"), "{}", heads[0]);
        let head = heads[0].to_lowercase();
        for name in ["cookie:", "referer:", "authorization:", "hush"] {
            assert!(!head.contains(name), "{head}");
        }
    }
}
