use domain::request::Profile;

/// How finely the video is quantised and how hard the encoder looks for a cheaper way to say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantiser {
    /// H.264's QP, 0 to 51: 6 more halve the precision.
    pub qp: u8,
    /// Compares candidate predictions by transformed differences instead of plain ones: better choices, slower.
    pub thorough: bool,
}

impl Quantiser {
    /// What each profile ships with. Measured on the repository's pictures at 720p (decoded luma SSIM
    /// against the rendered frames, ffmpeg's `ssim`): see `benches/quality.rs`.
    pub fn of(profile: Profile) -> Self {
        match profile {
            Profile::Pro => Self { qp: 22, thorough: true },
            Profile::Turbo => Self {
                qp: 24,
                thorough: false,
            },
            Profile::Fast => Self {
                qp: 26,
                thorough: false,
            },
        }
    }
}

/// Everything about a file that is neither frames nor sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub quantiser: Quantiser,
    /// Threads that render and encode; 0 takes one for each core.
    pub threads: usize,
    /// Says in the file's metadata (`©cmt`) that the clip was made by a machine.
    pub comment: String,
    /// The program's name (`©too`).
    pub tool: String,
    /// A small JPEG that file managers and players show (`covr`).
    pub cover_jpeg: Option<Vec<u8>>,
}

impl Settings {
    /// The settings of a profile on all cores, with the usual label and no cover.
    pub fn new(profile: Profile) -> Self {
        Self {
            quantiser: Quantiser::of(profile),
            threads: 0,
            comment: "AI-generated (内容由AI生成)".to_owned(),
            tool: "Kinora".to_owned(),
            cover_jpeg: None,
        }
    }
}
