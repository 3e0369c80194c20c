//! Lets a client finish sending what nobody reads: one that is cut off while it sends would never see its answer.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    Error,
    body::{Body, BodyDataStream, HttpBody},
};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use tokio::{runtime::Handle, time::timeout};

/// How long a body that nobody wants any more is still taken in.
const LINGER: Duration = Duration::from_secs(10);

/// The same body, which goes on being taken in for a while if it is dropped before its end.
pub(crate) fn lingering(body: Body) -> Body {
    if body.is_end_stream() {
        return body;
    }
    Body::from_stream(Lingering(Some(body.into_data_stream())))
}

/// Empty once the body has come to its end.
struct Lingering(Option<BodyDataStream>);

impl Stream for Lingering {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(stream) = &mut self.0 else {
            return Poll::Ready(None);
        };
        let polled = stream.poll_next_unpin(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.0 = None;
        }
        polled
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if let (Some(mut rest), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(timeout(
                LINGER,
                async move { while let Some(Ok(_)) = rest.next().await {} },
            ));
        }
    }
}
