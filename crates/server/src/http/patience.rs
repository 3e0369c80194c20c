//! How slow a client may be. One that sends or takes a byte now and then would hold its connection for ever if only
//! silence ended it.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep_until},
};

const MICROSECONDS: u64 = 1_000_000;

/// Patience with a client: spent while it is waited for, earned back with every byte that it sends or takes, and never
/// more than at the beginning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    most: Duration,
    left: Duration,
    /// Bytes in a second that earn one second; 0: any byte earns all of it.
    rate: u64,
}

impl Patience {
    pub(super) fn new(most: Duration, rate: u64) -> Self {
        Self { most, left: most, rate }
    }

    /// How long the next byte is waited for.
    pub(super) fn left(&self) -> Duration {
        self.left
    }

    /// So many bytes moved, after they were waited for.
    pub(super) fn moved(&mut self, bytes: usize, waited: Duration) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let earned = match bytes.saturating_mul(MICROSECONDS).checked_div(self.rate) {
            Some(microseconds) => Duration::from_micros(microseconds),
            None => self.most,
        };
        let left = self.left.saturating_sub(waited).saturating_add(earned);
        self.left = left.min(self.most);
    }
}

/// A connection whose peer must take what is written to it. While nothing is to be written, it may be silent.
#[derive(Debug)]
pub(super) struct Patient {
    stream: TcpStream,
    patience: Patience,
    waiting: Option<Waiting>,
}

/// The peer does not take what is to be written.
#[derive(Debug)]
struct Waiting {
    since: Instant,
    end: Pin<Box<Sleep>>,
}

impl Patient {
    pub(super) fn new(stream: TcpStream, patience: Patience) -> Self {
        Self {
            stream,
            patience,
            waiting: None,
        }
    }

    /// What came of a try to write.
    fn written(&mut self, context: &mut Context<'_>, tried: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let Poll::Ready(result) = tried else {
            let patience = self.patience.left();
            let waiting = self.waiting.get_or_insert_with(|| {
                let since = Instant::now();
                let end = Box::pin(sleep_until(since + patience));
                Waiting { since, end }
            });
            ready!(waiting.end.as_mut().poll(context));
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        };
        let waited = self.waiting.take().map(|waiting| waiting.since.elapsed());
        if let Ok(bytes) = &result {
            self.patience.moved(*bytes, waited.unwrap_or_default());
        }
        Poll::Ready(result)
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let tried = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, tried)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let tried = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.written(context, tried)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    // The system sends what it has taken by itself: neither of these waits for the peer.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn patience_is_spent_by_waiting_and_earned_by_bytes() {
        let mut patience = Patience::new(10 * SECOND, 100);
        for _ in 0..1000 {
            patience.moved(100, SECOND);
        }
        assert_eq!(patience.left(), 10 * SECOND, "as fast as it must be");
        // A byte each second: after ten seconds or so there is none left.
        let mut bytes = 0;
        while patience.left() >= SECOND {
            patience.moved(1, SECOND);
            bytes += 1;
        }
        assert_eq!(bytes, 10);
        patience.moved(450, Duration::ZERO);
        assert!(patience.left() > 4 * SECOND && patience.left() < 6 * SECOND);
        patience.moved(usize::MAX, Duration::MAX);
        assert_eq!(patience.left(), 10 * SECOND);
    }

    #[test]
    fn without_a_rate_any_byte_is_enough() {
        let mut patience = Patience::new(10 * SECOND, 0);
        for _ in 0..1000 {
            patience.moved(1, 9 * SECOND);
            assert_eq!(patience.left(), 10 * SECOND);
        }
    }
}
