//! The listening socket: a limit of connections, time limits for a request's head and for a peer that does not take its
//! answer, and an end that lets answers in progress finish.

use std::{pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
#[cfg(target_os = "linux")]
use socket2::SockRef;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::sync::CancellationToken;

use super::patience::{Patience, Patient};
use crate::config::ServerSettings;

/// How long answers in progress may take once the server is to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// Bytes of a request's head: URLs of 8 KiB and tokens of any kind fit in.
const LARGEST_HEAD: usize = 64 * 1024;
/// Bytes that the system keeps of an answer beside those that are on their way.
#[cfg(target_os = "linux")]
const MOST_UNSENT: u32 = 64 << 10;
/// Wait after a failed accept: out of file descriptors, most likely.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves until `shutdown`, then lets answers in progress finish for a few seconds.
pub(crate) async fn listen(
    listener: TcpListener,
    router: Router,
    settings: ServerSettings,
    shutdown: CancellationToken,
) {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(settings.header_timeout)
        .max_buf_size(LARGEST_HEAD);
    let places = Arc::new(Semaphore::new(settings.connections));
    let connections = GracefulShutdown::new();
    let mut stopped = pin!(shutdown.cancelled());
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, stream) = tokio::select! {
            () = &mut stopped => break,
            accepted = accepted => match accepted {
                (Ok(place), Ok((stream, _))) => (place, stream),
                (_, Err(error)) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                    continue;
                }
                (Err(_), _) => break,
            },
        };
        let connection = builder.serve_connection(socket(stream, &settings), TowerToHyperService::new(router.clone()));
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_ANSWERS, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some answers were cut off");
    }
}

fn socket(stream: TcpStream, settings: &ServerSettings) -> TokioIo<Patient> {
    // Small answers must not wait for the peer's acknowledgement; failing to ask for that is no harm.
    let _ = stream.set_nodelay(true);
    // What the system holds back for a slow peer is not seen to be taken: it must not be much.
    #[cfg(target_os = "linux")]
    let _ = SockRef::from(&stream).set_tcp_notsent_lowat(MOST_UNSENT);
    let patience = Patience::new(settings.write_timeout, settings.min_rate);
    TokioIo::new(Patient::new(stream, patience))
}
