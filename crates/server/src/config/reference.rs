//! The reference page of all keys: the keys and defaults come from the settings themselves, so that the page
//! cannot be out of date; a test compares it with the one in the documentation.

use super::{Effective, Sources, load};

const PREFACE: &str = "\
# Configuration

<!-- Made by `kinora config --reference`; a test compares the two. -->

Kinora reads `kinora.toml` of the working directory, or the file that `--config` names, and then the environment: the
variable for a key is `KINORA_`, the section, two underscores, the name, all in capitals. Options of the command line
win over both. Keys and variables that are not listed here are refused, except `KINORA_URL` and `KINORA_API_KEY`, which
the client commands read. `kinora config` shows what is in effect and where each value came from.

Durations are written `250ms`, `30s`, `15m`, `48h` or `7d`; a bare number is seconds. Sizes are written `512MiB` or
`2GiB`; a bare number is bytes. In a variable, the entries of a list are separated by commas.
";

/// A section's name, what it is about, and what each of its keys means.
type Section = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const SECTIONS: &[Section] = &[
    (
        "server",
        "Where and how it listens.",
        &[
            (
                "listen",
                "Address and port to listen on. Port 0 takes a free one; the first line of output says which.",
            ),
            (
                "public_url",
                "Base of every link, for when clients reach the server under another name, such as \
                `https://video.example.com`. Unset: made from the address it listens on. It is never taken from a \
                request.",
            ),
            (
                "data_dir",
                "Folder of the database, the secret, the first key, pictures and results. One process at a \
                time may serve from it.",
            ),
            ("connections", "Connections served at once; more wait to be accepted."),
            (
                "header_timeout",
                "How long a client may take to send the head of a request, and how long an idle \
                connection is kept.",
            ),
            (
                "body_timeout",
                "Time without a byte after which the body of a request is given up.",
            ),
            (
                "write_timeout",
                "Time after which an answer is given up whose client takes no byte of it.",
            ),
            (
                "min_rate",
                "Bytes per second that a client must send of a body, or take of an answer, on the average: both times \
                before are spent while it is slower, and earned back while it is faster. 0: a byte in time is enough.",
            ),
            (
                "body_limit",
                "Longest request body. Pictures in it go to disk as they arrive.",
            ),
            (
                "requests_per_second",
                "Requests per second of one API key, if the key has no rate of its own (`kinora keys limit`); ten \
                seconds' worth may come at once. 0: no limit.",
            ),
            (
                "metrics_key",
                "Whether `/metrics` asks for an API key. It says how many tasks there are and how long they \
                take, and nothing about who asked for what.",
            ),
        ],
    ),
    (
        "log",
        "The log, on standard error.",
        &[
            (
                "format",
                "`text`, `json`, or `auto`: text on a terminal, JSON otherwise.",
            ),
            (
                "filter",
                "A level (`error`, `warn`, `info`, `debug`, `trace`), or a list such as `info,service=debug`.",
            ),
        ],
    ),
    (
        "worker",
        "How tasks are run.",
        &[
            (
                "concurrency",
                "Tasks run at once; one task already uses every core. 0: this process only takes requests.",
            ),
            (
                "poll_interval",
                "How often an idle worker looks for work that nobody woke it for, such as a retry that \
                became due.",
            ),
            (
                "lease",
                "How long a task is left alone when its worker gives no sign of life.",
            ),
            ("render_limit", "How long one attempt may take."),
            (
                "fetch_limit",
                "How long fetching and checking all pictures of one task may take.",
            ),
            (
                "most_attempts",
                "Attempts before a task fails. Only faults that are not the request's are tried again.",
            ),
            (
                "back_off",
                "Wait before the second attempt; doubled before each further one.",
            ),
            (
                "disk_wait",
                "Wait of a task that went back to the queue because the disk was full.",
            ),
            (
                "drain",
                "How long running tasks may go on when the server is told to stop; then they go back to the queue.",
            ),
            (
                "off_peak_window",
                "The stretch of the day, in UTC, in which off-peak tasks count like all others, such as \
                `22:00-06:00`. At other times, and without one, they run when nothing else waits.",
            ),
            ("off_peak_limit", "How long an off-peak task may wait before it fails."),
        ],
    ),
    (
        "limits",
        "What is accepted.",
        &[
            ("queue_per_key", "Tasks of one API key that may wait at once."),
            (
                "running_per_key",
                "Tasks of one API key that run at once, if the key has no limit of its own (`kinora keys limit`). 0: as many as \
                there are workers.",
            ),
            (
                "daily_seconds_per_key",
                "Seconds of video that one API key may have made in one day (UTC), if it has no limit of its own; failed and \
                cancelled tasks do not count. 0: no limit.",
            ),
            (
                "min_free_disk",
                "Free disk space under which submits are refused and running tasks go back to the queue.",
            ),
        ],
    ),
    (
        "fetch",
        "How pictures are fetched from URLs.",
        &[
            (
                "allow_private_networks",
                "Whether pictures and webhooks may lie in private networks and on this machine. \
                Leave it off unless everybody who has a key may reach those. Link-local addresses, where clouds tell a \
                machine its secrets, are never asked.",
            ),
            ("connect_timeout", "For the connection to be made."),
            ("idle_timeout", "Time without a byte after which a fetch is given up."),
            ("total_timeout", "For one try as a whole."),
            ("largest", "Largest picture, in bytes."),
            (
                "tries",
                "Tries of a fetch that times out, is cut off, or is answered with a 5xx.",
            ),
            (
                "back_off",
                "Wait before the second try; doubled before each further one.",
            ),
        ],
    ),
    (
        "links",
        "Links to results.",
        &[(
            "lifetime",
            "How long a link holds at least; up to five minutes more. Asking for a task's status gives a new one. The \
                dialect that states an hour keeps it.",
        )],
    ),
    (
        "notify",
        "Webhooks.",
        &[
            ("timeout", "For one try."),
            (
                "retry_after",
                "Waits before the second try, the third, and so on; then the callback is given up. A dialect that promises \
                fewer tries keeps to that.",
            ),
            (
                "at_once",
                "Callbacks sent at once: at most half of them for one API key, and an eighth to one receiver, so that a \
                slow one delays nobody else.",
            ),
            (
                "beginnings",
                "Whether dialects that know it announce that a task has begun. Some receivers take every state that \
                they do not expect for a failure.",
            ),
        ],
    ),
    (
        "retention",
        "What is kept for how long.",
        &[
            ("artifacts", "Results, from the end of their task on."),
            (
                "rows",
                "Ended tasks and the pictures they were made from, from their end on; their results are gone before.",
            ),
            ("orphans", "Files that belong to no task."),
            ("interval", "How often this is looked after."),
        ],
    ),
    (
        "store",
        "The database.",
        &[
            ("readers", "Connections that read."),
            (
                "waiting_writes",
                "Writes that may wait for the next commit; beyond them clients are told to try again.",
            ),
            ("largest_commit", "Writes in one commit at most."),
            (
                "busy_timeout_ms",
                "Milliseconds to wait for another process, such as `kinora keys`, that writes.",
            ),
        ],
    ),
    (
        "motion",
        "The motion engine.",
        &[
            (
                "threads",
                "Threads that render and encode one clip. 0: one for each core.",
            ),
            ("label", "The text that `watermark` draws."),
            (
                "depth",
                "Where the depth of pictures comes from, which tells the near from the far in camera moves. `estimate`: \
                from the picture alone, the only source today.",
            ),
        ],
    ),
    (
        "speech",
        "Who speaks what a prompt quotes, where `audio` is asked for. With neither a server nor the program, clips stay \
        without their voice, and say so.",
        &[
            (
                "program",
                "espeak-ng's program: a name that is looked for in `PATH`, or a path. Empty: none.",
            ),
            (
                "url",
                "Where a server with OpenAI's speech API takes requests, such as \
                `http://127.0.0.1:8880/v1/audio/speech`. Asked first; the program stands in when it does not answer.",
            ),
            ("secret_key", "That server's key."),
            ("model", "The model that server is asked for."),
            (
                "voice",
                "The voice that server is asked for. Unset: the voice that was chosen, by its id in `kinora voices`.",
            ),
            ("time_limit", "How long either may take."),
            ("size_limit", "The largest WAV file that is taken from either."),
        ],
    ),
];

/// The page, in Markdown.
pub fn reference() -> String {
    let defaults = load(&Sources::default())
        .map(|loaded| loaded.values)
        .unwrap_or_default();
    let mut page = PREFACE.to_owned();
    for (section, about, keys) in SECTIONS {
        page.push_str(&format!(
            "\n## `[{section}]`\n\n{about}\n\n| key | default | meaning |\n|---|---|---|\n"
        ));
        for (name, meaning) in *keys {
            let key = format!("{section}.{name}");
            let default = defaults
                .iter()
                .find(|value| value.key == key)
                .map_or_else(String::new, Effective::text);
            page.push_str(&format!("| `{name}` | `{default}` | {meaning} |\n"));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_described_and_every_description_has_a_key() {
        let mut known: Vec<String> = load(&Sources::default())
            .unwrap()
            .values
            .into_iter()
            .map(|value| value.key)
            .collect();
        let mut described: Vec<String> = SECTIONS
            .iter()
            .flat_map(|(section, _, keys)| keys.iter().map(move |(name, _)| format!("{section}.{name}")))
            .collect();
        known.sort();
        described.sort();
        assert_eq!(described, known);
    }
}
