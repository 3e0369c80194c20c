use domain::media::Size;

/// Why a clip cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MotionError {
    #[error("a clip needs at least one picture")]
    NoPicture,
    /// The picture's bytes do not match its size, or a side is zero.
    #[error("not a whole picture")]
    BrokenPicture,
    /// Sides must be even and between 2 and 8192, and the pictures as large as the recipe says.
    #[error("a clip cannot have {} x {} pixels", size.width, size.height)]
    Size { size: Size },
    #[error("a clip needs at least one frame")]
    NoFrame,
    #[error("recipe version {found} is not known, this build writes {known}")]
    Version { found: u32, known: u32 },
    /// A number of the recipe is not finite or out of its range.
    #[error("the recipe's {field} is out of range")]
    OutOfRange { field: &'static str },
    #[error("the picture could not be resized: {0}")]
    Resize(String),
}
