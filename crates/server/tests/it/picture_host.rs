//! A web server that hands out pictures, good and bad.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect},
    routing::get,
};
use tokio::net::TcpListener;

use crate::{marks, pictures};

pub(crate) struct PictureHost {
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
}

impl PictureHost {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&requests);
        let router = routes().layer(axum::middleware::map_request(move |request: axum::extract::Request| {
            counted.fetch_add(1, Ordering::Relaxed);
            std::future::ready(request)
        }));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, requests }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How often anyone came.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }
}

fn png(bytes: Vec<u8>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/png")], bytes)
}

fn routes() -> Router {
    let once = Arc::new(AtomicUsize::new(0));
    Router::new()
        .route(
            "/cat.png",
            get(async || png(std::fs::read(pictures::example("chelsea.png")).unwrap())),
        )
        .route("/mark.png", get(async || png(marks::magenta())))
        .route("/moved", get(async || Redirect::temporary("/cat.png")))
        .route(
            "/at-third-try.png",
            get(async move || match once.fetch_add(1, Ordering::Relaxed) {
                0 | 1 => StatusCode::SERVICE_UNAVAILABLE.into_response(),
                _ => png(pictures::painted(320, 240)).into_response(),
            }),
        )
        .route("/broken", get(async || StatusCode::INTERNAL_SERVER_ERROR))
        .route("/loop", get(async || Redirect::temporary("/loop")))
        .route("/to-file", get(async || Redirect::temporary("file:///etc/passwd")))
        .route("/page.png", get(async || png(b"<html>not a picture</html>".to_vec())))
        .route("/gif.png", get(async || png(b"GIF89a\x01\0\x01\0\0\0\0;".to_vec())))
        .route("/bomb.png", get(async || png(pictures::png_of_size(30_000, 30_000))))
        .route(
            "/truncated.png",
            get(async || {
                let whole = pictures::painted(400, 300);
                png(whole[..whole.len() / 2].to_vec())
            }),
        )
        .route("/wide.png", get(async || png(pictures::painted(500, 100))))
        .route(
            "/endless.png",
            get(async || {
                let pieces = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![0_u8; 1 << 20]));
                Body::from_stream(pieces)
            }),
        )
}
