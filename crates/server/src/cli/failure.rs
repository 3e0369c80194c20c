//! How a command ends badly, and with which exit code.

use std::process::ExitCode;

/// Why a command did not do its work.
#[derive(Debug)]
pub enum CliError {
    /// The command line asks for something that cannot be: exit code 2.
    Usage(String),
    /// It could be, and failed: exit code 1.
    Failed(anyhow::Error),
}

/// How a command ends.
pub type Outcome = Result<(), CliError>;

impl<Error: Into<anyhow::Error>> From<Error> for CliError {
    fn from(error: Error) -> Self {
        Self::Failed(error.into())
    }
}

impl CliError {
    /// Says it on standard error.
    pub fn report(&self) -> ExitCode {
        match self {
            Self::Usage(problem) => {
                eprintln!("error: {problem}");
                ExitCode::from(2)
            }
            Self::Failed(error) => {
                eprintln!("error: {error:#}");
                ExitCode::FAILURE
            }
        }
    }
}
