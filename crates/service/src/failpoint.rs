//! Places between two steps at which a test lets the process die as `kill -9` would. Without the feature
//! `failpoints`, which only the tests of the server switch on, there is nothing here.

/// Names the place at which the process is to die.
#[cfg(feature = "failpoints")]
const VARIABLE: &str = "TEST_FAILPOINT";

/// Dies here if this is the place.
#[cfg(feature = "failpoints")]
pub(crate) fn reach(name: &str) {
    if std::env::var(VARIABLE).is_ok_and(|wanted| wanted == name) {
        let _ignored = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    }
}

/// Goes on.
#[cfg(not(feature = "failpoints"))]
pub(crate) fn reach(_name: &str) {}
