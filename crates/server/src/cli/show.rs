//! Results, on standard output.

use std::{
    fmt::Display,
    io::{self, Write},
};

/// Writes one line. A reader that has seen enough and closed the pipe is no failure.
///
/// # Errors
/// When it cannot be written for another reason.
pub(super) fn line(text: impl Display) -> anyhow::Result<()> {
    write(format_args!("{text}\n"))
}

/// Writes lines that bring their own ends.
///
/// # Errors
/// As [`line()`].
pub(super) fn write(text: impl Display) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    match write!(stdout, "{text}").and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Writes a value as JSON.
///
/// # Errors
/// As [`line()`].
pub(super) fn json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    line(serde_json::to_string_pretty(value)?)
}
