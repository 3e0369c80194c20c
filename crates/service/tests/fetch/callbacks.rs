//! The outbox in a real database, its callbacks sent to real listeners.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use domain::{
    artifact::ArtifactKind,
    callback::CallbackBody,
    id::{KeyId, TaskId},
    media::Size,
    request::{Amplitude, Dialect, Extras, GenerationRequest, ImageSource, Profile, Resolution, Webhook},
    state::Output,
    store::{ClaimTerms, DeliveryResult, NewTask, Outcome, TaskStore},
    task::TaskView,
    time::{Clock, Timestamp},
};
use service::{
    fetch::{Fetcher, address::AddressPolicy},
    links::{LinkMaker, LinkSettings},
    notify::{Notifier, NotifySettings, UnderWay},
    secret::Secret,
};
use store::{StoreSettings, sqlite::SqliteStore};
use tempfile::TempDir;
use url::Url;

use crate::{
    site::{Answer, Site},
    world::{Names, quick_settings},
};

/// A clock that only the test moves.
struct HandClock(AtomicI64);

impl HandClock {
    fn advance(&self, duration: Duration) {
        let milliseconds = i64::try_from(duration.as_millis()).unwrap();
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_milliseconds(self.0.load(Ordering::SeqCst))
    }
}

/// A dialect's body, as short as can be.
struct Short;

impl CallbackBody for Short {
    fn body(&self, view: &TaskView) -> String {
        let video = view.links.video.as_ref().map_or("", |link| &link.url);
        format!(r#"{{"id":"{}","video":"{video}"}}"#, view.task.id)
    }
}

/// What became of the callbacks that were due at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Round {
    delivered: u32,
    again: u32,
    dead: u32,
}

struct Outbox {
    notifier: Notifier,
    store: Arc<SqliteStore>,
    clock: Arc<HandClock>,
    key: KeyId,
    _folder: TempDir,
}

impl Outbox {
    async fn new(fetcher: Fetcher) -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(HandClock(AtomicI64::new(1_795_262_400_000)));
        let path = folder.path().join("kinora.db");
        let store = SqliteStore::open(&path, Arc::clone(&clock) as Arc<dyn Clock>, &StoreSettings::default()).await;
        let store = Arc::new(store.unwrap());
        let key = store
            .create_key("studio", [1; 32], b"sealed")
            .await
            .unwrap()
            .unwrap()
            .id;
        let notifier = Notifier {
            store: Arc::clone(&store) as Arc<dyn TaskStore>,
            fetcher,
            callbacks: vec![(Dialect::Jiekou, Arc::new(Short))],
            links: LinkMaker::new(Secret::from_bytes(&[5; 32]), &LinkSettings::default()),
            secret: Secret::from_bytes(&[5; 32]),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            settings: NotifySettings::default(),
        };
        Self {
            notifier,
            store,
            clock,
            key,
            _folder: folder,
        }
    }

    async fn permitting(sites: &[&Site]) -> Self {
        let permit = |policy: AddressPolicy, site: &&Site| policy.and(site.address);
        let policy = sites.iter().fold(AddressPolicy::public(), permit);
        Self::new(Fetcher::new(quick_settings()).unwrap().with_policy(policy)).await
    }

    /// A task that has succeeded and is to be announced there.
    async fn succeeded(&self, dialect: Dialect, webhook: Url) -> TaskId {
        let id = TaskId::new(self.clock.now(), service::secret::random_u32().unwrap());
        self.store
            .submit(new_task(self.key, id, dialect, webhook))
            .await
            .unwrap();
        let terms = ClaimTerms {
            lease: Duration::from_secs(60),
            off_peak_now: false,
            per_key: u32::MAX,
        };
        let claim = self.store.claim(&terms).await.unwrap().unwrap().claim;
        let output = Output {
            attempt: claim.attempt(),
            size: Size {
                width: 1280,
                height: 720,
            },
            frames: 120,
            bytes: 1,
            artifacts: vec![ArtifactKind::Video],
            fetch_ms: 1,
            render_ms: 1,
            recipe: None,
        };
        let outcome = Outcome::Succeeded {
            output: Box::new(output),
            warnings: Vec::new(),
        };
        self.store.finish(claim, outcome).await.unwrap();
        id
    }

    async fn round(&self) -> Round {
        let mut under_way = UnderWay::default();
        self.notifier.send_due(&mut under_way).await.unwrap();
        let mut round = Round::default();
        while let Some(sent) = under_way.next().await {
            match sent.unwrap() {
                DeliveryResult::Delivered => round.delivered += 1,
                DeliveryResult::Again { .. } => round.again += 1,
                DeliveryResult::Dead => round.dead += 1,
            }
        }
        round
    }
}

fn new_task(key: KeyId, id: TaskId, dialect: Dialect, webhook: Url) -> NewTask {
    NewTask {
        id,
        key,
        dialect,
        request_id: "0".to_owned(),
        request: GenerationRequest {
            model: "viduq2-pro".to_owned(),
            engine: "motion".to_owned(),
            profile: Profile::Pro,
            images: vec![ImageSource::Inline(0)],
            prompt: String::new(),
            duration: 5,
            resolution: Resolution::P720,
            amplitude: Amplitude::Auto,
            seed: 7,
            bgm: false,
            audio: false,
            voice: None,
            watermark: false,
            off_peak: false,
            webhook: Some(Webhook { url: webhook }),
            payload: None,
            extras: Extras::default(),
        },
        warnings: Vec::new(),
        pictures: Vec::new(),
        made_from: None,
        announce_beginning: false,
        idempotency: None,
        queue_limit: 100,
        daily_seconds: None,
    }
}

const DELIVERED: Round = Round {
    delivered: 1,
    again: 0,
    dead: 0,
};
const AGAIN: Round = Round {
    delivered: 0,
    again: 1,
    dead: 0,
};
const DEAD: Round = Round {
    delivered: 0,
    again: 0,
    dead: 1,
};
const NOTHING: Round = Round {
    delivered: 0,
    again: 0,
    dead: 0,
};

/// A header's value.
fn header<'r>(request: &'r str, name: &str) -> &'r str {
    let mut lines = request
        .lines()
        .map_while(|line| line.split_once(": ").or((!line.is_empty()).then_some((line, ""))));
    let found = lines.find(|(found, _)| found.eq_ignore_ascii_case(name));
    found.expect(request).1
}

fn event_id(request: &str) -> String {
    header(request, "webhook-id").to_owned()
}

#[tokio::test]
async fn an_end_is_announced_once_with_a_link_that_opens() {
    let site = Site::always(Answer::new("204 No Content", "", b"")).await;
    let outbox = Outbox::permitting(&[&site]).await;
    let id = outbox.succeeded(Dialect::Jiekou, site.url("/hook?token=7")).await;
    assert_eq!(outbox.round().await, DELIVERED);
    assert_eq!(outbox.round().await, NOTHING);
    let requests = site.requests();
    assert_eq!(requests.len(), 1);
    let request = &requests[0];
    assert!(request.starts_with("POST /hook?token=7 HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("content-type: application/json\r\n"), "{request}");
    assert!(request.to_lowercase().contains("user-agent: kinora/"), "{request}");
    // Jiekou's links hold an hour; noon is on the grid.
    let expires = outbox.clock.now().seconds() + 3600;
    let body = format!(r#"{{"id":"{id}","video":"http://127.0.0.1:8080/files/{id}/1/video.mp4?expires={expires}&"#);
    let sent = request.split_once("\r\n\r\n").expect(request).1;
    assert!(sent.starts_with(&body), "{sent}");
}

#[tokio::test]
async fn a_receiver_that_never_takes_it_is_asked_eight_times_with_growing_waits() {
    let site = Site::always(Answer::new("500 Internal Server Error", "", b"")).await;
    let outbox = Outbox::permitting(&[&site]).await;
    outbox.succeeded(Dialect::Jiekou, site.url("/hook")).await;
    for (tries, seconds) in [10, 30, 120, 600, 3600, 21_600, 86_400].into_iter().enumerate() {
        assert_eq!(outbox.round().await, AGAIN);
        assert_eq!(site.connections(), tries + 1);
        outbox.clock.advance(Duration::from_millis(seconds * 1000 - 1));
        assert_eq!(outbox.round().await, NOTHING, "not before {seconds} s");
        outbox.clock.advance(Duration::from_millis(1));
    }
    assert_eq!(outbox.round().await, DEAD);
    outbox.clock.advance(Duration::from_secs(365 * 24 * 3600));
    assert_eq!(outbox.round().await, NOTHING);
    let ids: Vec<String> = site.requests().iter().map(|request| event_id(request)).collect();
    assert_eq!(ids.len(), 8);
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[tokio::test]
async fn a_receiver_that_takes_it_later_gets_it_then() {
    let site = Site::start(|number, _| match number {
        0 => Answer::Bytes(Vec::new()),
        1 => Answer::new("404 Not Found", "", b""),
        _ => Answer::ok(b"thanks"),
    })
    .await;
    let outbox = Outbox::permitting(&[&site]).await;
    outbox.succeeded(Dialect::Jiekou, site.url("/hook")).await;
    assert_eq!(outbox.round().await, AGAIN);
    outbox.clock.advance(Duration::from_secs(10));
    assert_eq!(outbox.round().await, AGAIN);
    outbox.clock.advance(Duration::from_secs(30));
    assert_eq!(outbox.round().await, DELIVERED);
    outbox.clock.advance(Duration::from_secs(3600));
    assert_eq!(outbox.round().await, NOTHING);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Site::always(Answer::ok(b"")).await;
    let site = Site::always(Answer::redirect(target.url("/").as_str())).await;
    let outbox = Outbox::permitting(&[&site, &target]).await;
    outbox.succeeded(Dialect::Jiekou, site.url("/hook")).await;
    assert_eq!(outbox.round().await, AGAIN);
    assert_eq!((site.connections(), target.connections()), (1, 0));
}

#[tokio::test]
async fn the_address_is_checked_at_every_try() {
    let site = Site::always(Answer::new("503 Service Unavailable", "", b"")).await;
    let names = Names::default().and("rebind.example", &[&["127.0.0.1"], &["127.0.0.3"], &["127.0.0.1"]]);
    let policy = AddressPolicy::public().and(site.address);
    let fetcher = Fetcher::new(quick_settings()).unwrap();
    let outbox = Outbox::new(fetcher.with_policy(policy).with_lookup(Arc::new(names))).await;
    let port = site.address.port();
    let hook = format!("http://rebind.example:{port}/hook").parse().unwrap();
    outbox.succeeded(Dialect::Jiekou, hook).await;
    for (connections, seconds) in [(1, 10), (1, 30), (2, 120)] {
        assert_eq!(outbox.round().await, AGAIN);
        assert_eq!(site.connections(), connections);
        outbox.clock.advance(Duration::from_secs(seconds));
    }
}

#[tokio::test]
async fn a_forbidden_address_is_never_connected_and_a_hopeless_url_is_given_up_at_once() {
    let forbidden = Site::always(Answer::ok(b"")).await;
    let permitted = Site::always(Answer::ok(b"")).await;
    let outbox = Outbox::permitting(&[&permitted]).await;
    outbox.succeeded(Dialect::Jiekou, forbidden.url("/hook")).await;
    assert_eq!(outbox.round().await, AGAIN);
    let with_user = format!("http://user:word@{}/hook", permitted.address).parse().unwrap();
    outbox.succeeded(Dialect::Jiekou, with_user).await;
    assert_eq!(outbox.round().await, DEAD);
    // Nobody writes bodies for this dialect's tasks.
    outbox.succeeded(Dialect::Modelverse, permitted.url("/hook")).await;
    assert_eq!(outbox.round().await, DEAD);
    assert_eq!((forbidden.connections(), permitted.connections()), (0, 0));
}

#[tokio::test]
async fn a_receiver_that_is_silent_keeps_its_places_and_no_others() {
    let silent = Site::always(Answer::Stall(Vec::new())).await;
    let site = Site::always(Answer::ok(b"")).await;
    let mut outbox = Outbox::permitting(&[&silent, &site]).await;
    outbox.notifier.settings.timeout = Duration::from_secs(2);
    outbox.notifier.settings.at_once = 16;
    // They are due before all others, and more than there are places.
    for _ in 0..20 {
        outbox.succeeded(Dialect::Jiekou, silent.url("/hook")).await;
    }
    let mut under_way = UnderWay::default();
    outbox.notifier.send_due(&mut under_way).await.unwrap();
    for _ in 0..3 {
        outbox.succeeded(Dialect::Jiekou, site.url("/hook")).await;
    }
    outbox.notifier.send_due(&mut under_way).await.unwrap();
    for _ in 0..3 {
        let first = under_way.next().await.unwrap().unwrap();
        assert_eq!(first, DeliveryResult::Delivered, "they do not wait for the silent one");
        outbox.notifier.send_due(&mut under_way).await.unwrap();
    }
    assert!(matches!(under_way.next().await, Some(Ok(DeliveryResult::Again { .. }))));
    assert_eq!(
        (silent.connections(), site.connections()),
        (2, 3),
        "an eighth of sixteen"
    );
}

/// A dialect whose bodies cannot be written.
struct Broken;

impl CallbackBody for Broken {
    #[expect(clippy::panic, reason = "that is the bug")]
    fn body(&self, _view: &TaskView) -> String {
        panic!("a bug")
    }
}

#[tokio::test]
async fn a_callback_that_panics_costs_no_other() {
    let site = Site::always(Answer::ok(b"")).await;
    let mut outbox = Outbox::permitting(&[&site]).await;
    outbox.notifier.callbacks.push((Dialect::Kinora, Arc::new(Broken)));
    outbox.succeeded(Dialect::Kinora, site.url("/hook")).await;
    outbox.succeeded(Dialect::Jiekou, site.url("/hook")).await;
    let mut under_way = UnderWay::default();
    outbox.notifier.send_due(&mut under_way).await.unwrap();
    let mut delivered = Vec::new();
    while let Some(sent) = under_way.next().await {
        delivered.push(sent.is_ok_and(|result| result == DeliveryResult::Delivered));
    }
    delivered.sort_unstable();
    assert_eq!((delivered, site.connections()), (vec![false, true], 1));
}

/// A dialect that signs in its own way, gives up early, and tells of beginnings.
struct Signing;

impl CallbackBody for Signing {
    fn body(&self, view: &TaskView) -> String {
        format!(r#"{{"state":"{}"}}"#, view.task.state.name().name())
    }

    fn signing(&self, post: &domain::callback::Posting<'_>) -> Option<domain::callback::Signing> {
        Some(domain::callback::Signing {
            text: format!("{}\n{}\n{}", post.url.path(), post.date, post.nonce),
            headers: vec![("date", post.date.to_owned()), ("x-nonce", post.nonce.to_owned())],
            signature_header: "x-signature",
        })
    }

    fn announces_beginning(&self) -> bool {
        true
    }

    fn most_tries(&self) -> Option<u32> {
        Some(2)
    }
}

fn hmac(key: &[u8], message: &str) -> String {
    use base64::Engine;
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key);
    base64::engine::general_purpose::STANDARD.encode(ring::hmac::sign(&key, message.as_bytes()))
}

#[tokio::test]
async fn every_try_is_signed_by_the_standard_and_by_the_dialect() {
    let site = Site::always(Answer::ok(b"")).await;
    let mut outbox = Outbox::permitting(&[&site]).await;
    outbox.notifier.callbacks = vec![(Dialect::Jiekou, Arc::new(Signing))];
    let secret = &outbox.notifier.secret.clone();
    let token = service::keys::create(&*outbox.store, secret, "signer").await.unwrap();
    let record = outbox.store.key_by_hash(service::keys::hash(token.reveal())).await;
    outbox.key = record.unwrap().unwrap().id;
    outbox.succeeded(Dialect::Jiekou, site.url("/hook?a=1")).await;
    assert_eq!(outbox.round().await, DELIVERED);
    let requests = site.requests();
    let request = requests[0].as_str();
    let (id, time) = (header(request, "webhook-id"), header(request, "webhook-timestamp"));
    assert_eq!(time, outbox.clock.now().seconds().to_string());
    let whsec = service::notify::signature::secret_of(secret, outbox.key);
    let key = {
        use base64::Engine;
        let text = whsec.strip_prefix("whsec_").unwrap();
        base64::engine::general_purpose::STANDARD.decode(text).unwrap()
    };
    let body = request.split_once("\r\n\r\n").unwrap().1;
    let expected = format!("v1,{}", hmac(&key, &format!("{id}.{time}.{body}")));
    assert_eq!(header(request, "webhook-signature"), expected);
    let (date, nonce) = (header(request, "date"), header(request, "x-nonce"));
    assert!(date.ends_with(" 12:00:00 GMT"), "{date}");
    let own = hmac(token.reveal().as_bytes(), &format!("/hook\n{date}\n{nonce}"));
    assert_eq!(header(request, "x-signature"), own);
}

#[tokio::test]
async fn a_dialect_may_give_up_before_the_schedule_ends_and_410_ends_it_at_once() {
    let site = Site::always(Answer::new("500 Internal Server Error", "", b"")).await;
    let gone = Site::always(Answer::new("410 Gone", "", b"")).await;
    let mut outbox = Outbox::permitting(&[&site, &gone]).await;
    outbox.notifier.callbacks = vec![(Dialect::Jiekou, Arc::new(Short)), (Dialect::Kinora, Arc::new(Signing))];
    let secret = outbox.notifier.secret.clone();
    let token = service::keys::create(&*outbox.store, &secret, "signer").await.unwrap();
    let record = outbox.store.key_by_hash(service::keys::hash(token.reveal())).await;
    outbox.key = record.unwrap().unwrap().id;
    outbox.succeeded(Dialect::Kinora, site.url("/hook")).await;
    assert_eq!(outbox.round().await, AGAIN);
    outbox.clock.advance(Duration::from_secs(10));
    assert_eq!(outbox.round().await, DEAD);
    outbox.succeeded(Dialect::Jiekou, gone.url("/hook")).await;
    assert_eq!(outbox.round().await, DEAD);
    let query = domain::store::DeliveryQuery {
        limit: 10,
        ..Default::default()
    };
    let records = outbox.store.deliveries(outbox.key, &query).await.unwrap();
    let log: Vec<(Option<u16>, &str)> = records
        .iter()
        .flat_map(|record| &record.tries)
        .map(|tried| (tried.status, tried.problem.as_deref().unwrap_or_default()))
        .collect();
    let failed = (Some(500), "the receiver answered 500");
    assert_eq!(log, [(Some(410), "the receiver answered 410"), failed, failed]);
}
