//! A client that costs little: requests as bytes over connections that stay open.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

/// One connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let buffer = Vec::with_capacity(16 << 10);
        Self { stream, buffer }
    }

    /// Sends a request and reads its answer: status and body.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> (u16, &[u8]) {
        self.stream.write_all(request).await.unwrap();
        self.buffer.clear();
        loop {
            let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
            assert!(
                read > 0,
                "the server hung up: {}",
                String::from_utf8_lossy(&self.buffer)
            );
            let Some(end) = find(&self.buffer, b"\r\n\r\n") else {
                continue;
            };
            let (head, body) = (&self.buffer[..end], end + 4);
            if self.buffer.len() - body >= content_length(head) {
                let status = str::from_utf8(&head[9..12]).unwrap().parse().unwrap();
                return (status, &self.buffer[body..]);
            }
        }
    }

    /// How long an answer takes that must be a success.
    async fn time(&mut self, request: &[u8]) -> Duration {
        let begun = Instant::now();
        let (status, body) = self.ask(request).await;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(body));
        begun.elapsed()
    }
}

/// Whose header it is does not matter: both servers write it in small letters.
fn content_length(head: &[u8]) -> usize {
    const NAME: &[u8] = b"\r\ncontent-length: ";
    let Some(at) = find(head, NAME) else { return 0 };
    let digits = head[at + NAME.len()..].iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// A request with this key; `body` makes it a POST.
pub(crate) fn request(path: &str, key: &str, body: Option<&str>) -> Vec<u8> {
    let method = if body.is_some() { "POST" } else { "GET" };
    let body = body.unwrap_or_default();
    let length = body.len();
    format!("{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: {key}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// What clients saw that asked again and again.
pub(crate) struct Load {
    pub(crate) per_second: f64,
    /// Of every answer.
    pub(crate) times: Vec<Duration>,
}

/// So many clients at once, one in ten of them asking badly.
pub(crate) async fn load(address: SocketAddr, request: &[u8], clients: usize, time: Duration) -> Load {
    let begun = Instant::now();
    let mut asking = JoinSet::new();
    for number in 0..clients {
        let request = request.to_vec();
        if number % 10 == 9 {
            asking.spawn(misbehave(address, request, time));
        } else {
            asking.spawn(ask_again_and_again(address, request, time));
        }
    }
    let times: Vec<Duration> = asking.join_all().await.into_iter().flatten().collect();
    let per_second = times.len() as f64 / begun.elapsed().as_secs_f64();
    Load { per_second, times }
}

async fn ask_again_and_again(address: SocketAddr, request: Vec<u8>, time: Duration) -> Vec<Duration> {
    let begun = Instant::now();
    let mut connection = Connection::open(address).await;
    let mut times = Vec::new();
    while begun.elapsed() < time {
        times.push(connection.time(&request).await);
    }
    times
}

/// Half a request, a pause, and gone.
async fn misbehave(address: SocketAddr, request: Vec<u8>, time: Duration) -> Vec<Duration> {
    let begun = Instant::now();
    while begun.elapsed() < time {
        let mut connection = Connection::open(address).await;
        let half = request.get(..request.len() / 2).unwrap_or_default();
        let _gone = connection.stream.write_all(half).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Vec::new()
}

/// The times of so many requests of one client that asks every ten milliseconds.
pub(crate) async fn unhurried(address: SocketAddr, request: &[u8], number: usize) -> Vec<Duration> {
    let mut connection = Connection::open(address).await;
    let mut times = Vec::with_capacity(number);
    for _ in 0..number {
        tokio::time::sleep(Duration::from_millis(10)).await;
        times.push(connection.time(request).await);
    }
    times
}
