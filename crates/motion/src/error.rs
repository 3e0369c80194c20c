use domain::media::Size;

/// Why a clip cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MotionError {
    #[error("a clip needs at least one picture")]
    NoPicture,
    /// The picture's bytes do not match its size, or a side is zero.
    #[error("not a whole picture")]
    BrokenPicture,
    /// Its numbers do not match its size, or are not finite.
    #[error("not a whole depth map")]
    BrokenDepth,
    /// Sides must be even and between 2 and 8192, and the pictures as large as the recipe says.
    #[error("a clip cannot have {} x {} pixels", size.width, size.height)]
    Size { size: Size },
    #[error("version: {found} is not known, this build reads {known}")]
    Version { found: u32, known: u32 },
    /// Something in the recipe is out of its range; `place` is its path, as `camera[0].travel`.
    #[error("{place}: {problem}")]
    Recipe { place: String, problem: String },
    #[error("the picture could not be resized: {0}")]
    Resize(String),
}
