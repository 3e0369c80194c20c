//! Over TLS.

use std::sync::Arc;

use domain::failure::Code;
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use service::fetch::{Fetcher, RefusalKind, address::AddressPolicy, tls::Roots};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use url::Url;

use crate::{
    pictures::PICTURE,
    site::{Answer, read_request, send},
    world::{Names, World, quick_settings},
};

/// A server with a certificate of its own for `pictures.example`.
struct SecureSite {
    port: u16,
    certificate: CertificateDer<'static>,
}

impl SecureSite {
    async fn start(answer: Answer) -> Self {
        let own = rcgen::generate_simple_self_signed(["pictures.example".to_owned()]).expect("a certificate");
        let certificate = own.cert.der().clone();
        let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                builder
                    .with_no_client_auth()
                    .with_single_cert(vec![certificate.clone()], key)
            })
            .expect("a configuration");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let Ok(mut connection) = acceptor.accept(connection).await else {
                    continue;
                };
                let _request = read_request(&mut connection).await;
                let _client_left = send(&mut connection, answer.clone()).await;
            }
        });
        Self { port, certificate }
    }

    fn url(&self, host: &str) -> Url {
        format!("https://{host}:{}/cat.png", self.port).parse().expect(host)
    }

    fn world(&self, roots: Roots) -> World {
        let names = Names::default()
            .and("pictures.example", &[&["127.0.0.1"]])
            .and("other.example", &[&["127.0.0.1"]]);
        let fetcher = Fetcher::new(quick_settings()).and_then(|fetcher| fetcher.with_roots(roots));
        let policy = AddressPolicy::public().and(([127, 0, 0, 1], self.port).into());
        World::with(
            fetcher
                .expect("a fetcher")
                .with_policy(policy)
                .with_lookup(Arc::new(names)),
        )
    }
}

#[tokio::test]
async fn a_picture_comes_over_https_from_the_host_that_its_certificate_names() {
    let site = SecureSite::start(Answer::ok(PICTURE)).await;
    let world = site.world(Roots::Only(vec![site.certificate.clone()]));
    world.fetch(&site.url("pictures.example")).await.expect("a picture");
    assert_eq!(world.stored(), PICTURE);
    let (failure, kind) = world.refusal(&site.url("other.example")).await;
    assert_eq!(failure.code, Code::ImageUnreachable);
    assert_eq!(kind, RefusalKind::Unreachable);
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_is_refused() {
    let site = SecureSite::start(Answer::ok(PICTURE)).await;
    let other = SecureSite::start(Answer::ok(PICTURE)).await;
    let world = site.world(Roots::Only(vec![other.certificate]));
    let (failure, kind) = world.refusal(&site.url("pictures.example")).await;
    assert_eq!(failure.code, Code::ImageUnreachable);
    assert_eq!(kind, RefusalKind::Unreachable);
}

#[tokio::test]
async fn a_redirect_from_https_to_http_is_refused() {
    let site = SecureSite::start(Answer::redirect("http://example.com/cat.png")).await;
    let world = site.world(Roots::Only(vec![site.certificate.clone()]));
    let (failure, kind) = world.refusal(&site.url("pictures.example")).await;
    assert_eq!(failure.code, Code::ImageForbiddenAddress);
    assert_eq!(kind, RefusalKind::Redirect);
}
