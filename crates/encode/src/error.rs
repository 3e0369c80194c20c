use domain::media::Size;

/// Why a clip could not be encoded.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// The watch asked for it.
    #[error("cancelled")]
    Cancelled,
    /// There is nothing to encode.
    #[error("the clip has no frames")]
    Empty,
    /// Odd sides, or more or fewer pixels than the encoder takes.
    #[error("frames of {}x{} pixels cannot be encoded", .0.width, .0.height)]
    Size(Size),
    #[error("the encoding threads could not be started: {0}")]
    Threads(String),
    #[error("the video encoder failed: {0}")]
    Video(String),
    #[error("the sound encoder failed: {0}")]
    Sound(String),
    #[error("the file could not be laid out: {0}")]
    Container(String),
    #[error("the file could not be written")]
    Write(#[from] std::io::Error),
}
