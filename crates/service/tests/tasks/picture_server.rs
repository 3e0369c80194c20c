//! A small HTTP server that hands out one picture, counts how often, and keeps what is posted to it.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

#[derive(Default)]
struct Shared {
    picture: Mutex<Vec<u8>>,
    posted: Mutex<Vec<String>>,
    requests: AtomicU32,
}

pub(crate) struct PictureServer {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl PictureServer {
    pub(crate) async fn start(picture: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        *shared.picture.lock().unwrap() = picture;
        let answering = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&answering)));
            }
        });
        Self { address, shared }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/cat.png", self.address)
    }

    pub(crate) fn replace(&self, picture: Vec<u8>) {
        *self.shared.picture.lock().unwrap() = picture;
    }

    /// The bodies that came, in order.
    pub(crate) fn posted(&self) -> Vec<String> {
        self.shared.posted.lock().unwrap().clone()
    }

    pub(crate) fn requests(&self) -> u32 {
        self.shared.requests.load(Ordering::SeqCst)
    }
}

async fn answer(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => request.push(byte),
            Err(_) => return,
        }
    }
    let mut body = vec![0; content_length(&String::from_utf8_lossy(&request))];
    if stream.read_exact(&mut body).await.is_err() {
        return;
    }
    if !body.is_empty() {
        let body = String::from_utf8_lossy(&body).into_owned();
        shared.posted.lock().unwrap().push(body);
    }
    shared.requests.fetch_add(1, Ordering::SeqCst);
    let picture = shared.picture.lock().unwrap().clone();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        picture.len()
    );
    // Whether the client still listens is its own affair.
    let _gone = stream.write_all(head.as_bytes()).await;
    let _gone = stream.write_all(&picture).await;
}

fn content_length(head: &str) -> usize {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    let found = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    found.map_or(0, |(_, length)| length.trim().parse().unwrap())
}
