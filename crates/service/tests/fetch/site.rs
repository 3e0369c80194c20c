//! A small HTTP server that says exactly what a test wants, and counts who came.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
};
use url::Url;

/// What is sent back.
#[derive(Clone)]
pub(crate) enum Answer {
    /// These bytes, then the connection is closed.
    Bytes(Vec<u8>),
    /// These bytes, then nothing until the client goes away.
    Stall(Vec<u8>),
    /// These bytes, then the second ones over and over until the client goes away, waiting in between.
    Endless(Vec<u8>, Vec<u8>, Duration),
}

impl Answer {
    /// A whole answer with a length.
    pub(crate) fn new(status: &str, headers: &str, body: &[u8]) -> Self {
        let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
        Self::Bytes([head.as_bytes(), body].concat())
    }

    pub(crate) fn ok(body: &[u8]) -> Self {
        Self::new("200 OK", "", body)
    }

    pub(crate) fn redirect(to: &str) -> Self {
        Self::new("302 Found", &format!("Location: {to}\r\n"), b"")
    }
}

/// A listener on 127.0.0.1.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Answers the n-th connection (from 0), whose request is given, with what `answer` says.
    pub(crate) async fn start(answer: impl Fn(usize, &str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((mut connection, _)) = listener.accept().await {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                // The place in the log is taken before anything is read: a client that says nothing counts.
                let number = {
                    let mut log = log.lock().unwrap();
                    log.push(String::new());
                    log.len() - 1
                };
                tokio::spawn(async move {
                    let request = read_request(&mut connection).await.unwrap_or_default();
                    let reply = answer(number, &request);
                    log.lock().unwrap()[number] = request;
                    let _client_left = send(&mut connection, reply).await;
                });
            }
        });
        Self { address, requests }
    }

    /// Always the same answer.
    pub(crate) async fn always(answer: Answer) -> Self {
        Self::start(move |_, _| answer.clone()).await
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        format!("http://{}{path}", self.address).parse().unwrap()
    }

    /// All requests so far, one for each connection.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.requests().len()
    }
}

/// Reads to the blank line, and as much of a body as was announced.
pub(crate) async fn read_request(connection: &mut (impl AsyncRead + Unpin)) -> io::Result<String> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(connection.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&request).to_lowercase();
    let announced = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length = announced.map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    connection.read_exact(&mut body).await?;
    request.append(&mut body);
    Ok(String::from_utf8_lossy(&request).into_owned())
}

/// Sends an answer and waits for the client to go.
pub(crate) async fn send(connection: &mut (impl AsyncRead + AsyncWrite + Unpin), answer: Answer) -> io::Result<()> {
    match answer {
        Answer::Bytes(bytes) => {
            connection.write_all(&bytes).await?;
            connection.shutdown().await
        }
        Answer::Stall(bytes) => {
            connection.write_all(&bytes).await?;
            connection.flush().await?;
            connection.read_to_end(&mut Vec::new()).await.map(drop)
        }
        Answer::Endless(bytes, piece, pause) => {
            connection.write_all(&bytes).await?;
            loop {
                connection.write_all(&piece).await?;
                connection.flush().await?;
                tokio::time::sleep(pause).await;
            }
        }
    }
}
