use std::io;

/// Why nobody spoke. The texts are for the log; none holds the key or the text that was to be said.
#[derive(Debug, thiserror::Error)]
pub enum SpeechError {
    #[error("there is no speech engine: neither a server nor a program")]
    NoEngine,
    #[error("the speech program could not be run: {0}")]
    Program(#[source] io::Error),
    #[error("the speech program failed: {0}")]
    Failed(String),
    #[error("the speech server could not be asked: {0}")]
    Server(String),
    #[error("the speech server answered {0}")]
    Answer(u16),
    #[error("speech took longer than {0:?}")]
    TooSlow(std::time::Duration),
    #[error("speech was larger than {0} bytes")]
    TooLarge(u64),
    #[error("what came is not a WAV file that can be read: {0}")]
    Wav(&'static str),
    #[error("nothing was to be heard")]
    Silent,
}
