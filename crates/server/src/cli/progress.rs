//! Progress bars, on standard error; nothing is drawn where that is no terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// Frames of a clip that is made here.
pub(super) fn frames(total: u64) -> ProgressBar {
    styled(total, "{bar:30} {pos}/{len} frames  {per_sec:.0}  {eta} left")
}

/// A task on a server, in percent.
pub(super) fn task() -> ProgressBar {
    styled(100, "{bar:30} {pos:>3} %  {msg}  {elapsed}")
}

/// A download in bytes.
pub(super) fn bytes() -> ProgressBar {
    styled(0, "{bar:30} {bytes} of {total_bytes}  {bytes_per_sec}")
}

fn styled(total: u64, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total).with_style(style)
}
