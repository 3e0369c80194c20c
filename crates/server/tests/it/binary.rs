//! The binary as a process.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

/// A command of the binary, free of what the environment of the tests may hold.
pub(crate) fn kinora() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kinora"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("KINORA_") {
            command.env_remove(name);
        }
    }
    command
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// `kinora serve` as a process of its own; killed, not asked, when it is dropped.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) base: String,
}

impl Process {
    /// Starts it on a free port and waits for the line that says which.
    pub(crate) fn serve(data_dir: &Path) -> Self {
        Self::serve_with(data_dir, |_| {})
    }

    /// The same, with more said to it.
    pub(crate) fn serve_with(data_dir: &Path, change: impl FnOnce(&mut Command)) -> Self {
        let mut command = kinora();
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data_dir)
            .env("KINORA_LIMITS__MIN_FREE_DISK", "0")
            .env("KINORA_LOG__FILTER", "warn")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        change(&mut command);
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let base = first
            .strip_prefix("Kinora listens on ")
            .unwrap_or_else(|| panic!("{first}"))
            .to_owned();
        // Whoever prints to a closed pipe dies of it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, base }
    }

    /// What `kill -9` does.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
