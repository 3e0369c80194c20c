//! How many files and connections the process may have open. The usual limit is about as high as the number of
//! connections: clients could use it up, and then nothing could be rendered or stored.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// A connection, and a file that is sent or taken in over it.
const OF_A_CONNECTION: u64 = 2;
/// The database, callbacks, fetches, renders.
const OF_ALL_ELSE: u64 = 256;

/// Asks the system for as many as so many connections need. Returns how many connections there is room for: fewer,
/// where the system does not give as much.
pub(crate) fn make_room(connections: usize) -> usize {
    let wanted = wanted(connections);
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|current| current >= wanted) {
        return connections;
    }
    let given = limit.maximum.map_or(wanted, |most| most.min(wanted));
    let raised = Rlimit {
        current: Some(given),
        ..limit
    };
    let given = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => given,
        Err(error) => {
            tracing::warn!(%error, "the limit of open files could not be raised");
            limit.current.unwrap_or(given)
        }
    };
    let room = room(given).min(connections);
    if room < connections {
        tracing::warn!(
            connections,
            room,
            open_files = given,
            "fewer connections are served at once: raise the limit of open files"
        );
    }
    room
}

fn wanted(connections: usize) -> u64 {
    let connections = u64::try_from(connections).unwrap_or(u64::MAX);
    connections.saturating_mul(OF_A_CONNECTION).saturating_add(OF_ALL_ELSE)
}

/// At least one connection.
fn room(open_files: u64) -> usize {
    let connections = open_files.saturating_sub(OF_ALL_ELSE) / OF_A_CONNECTION;
    usize::try_from(connections).unwrap_or(usize::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_connections_need_is_what_there_is_room_for() {
        for connections in [1, 2, 100, 1024, 1_000_000] {
            assert_eq!(room(wanted(connections)), connections);
            assert!(room(wanted(connections) - 1) < connections.max(2));
        }
        assert_eq!((room(0), room(1024)), (1, 384));
        assert_eq!(wanted(usize::MAX), u64::MAX);
    }
}
