use domain::request::Profile;

/// How finely the video is quantised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantiser {
    /// H.264's QP, 0 to 51: 6 more halve the precision.
    pub qp: u8,
}

impl Quantiser {
    /// What each profile ships with, by `benches/quality.rs` at 720p: with 22 the decoded luma has an SSIM of
    /// 0.981 or more on photographs and drawings (0.95 on pictures that are noise on black), with 26 the first
    /// frame is still over 38 dB on all of them.
    pub fn of(profile: Profile) -> Self {
        let qp = match profile {
            Profile::Pro => 22,
            Profile::Turbo => 24,
            Profile::Fast => 26,
        };
        Self { qp }
    }
}

/// Everything about a file that is neither frames nor sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub quantiser: Quantiser,
    /// The last frame is a key frame: as faithful as the first one, whatever moved before it.
    pub ends_on_key_frame: bool,
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
            ends_on_key_frame: false,
            threads: 0,
            comment: "AI-generated (内容由AI生成)".to_owned(),
            tool: "Kinora".to_owned(),
            cover_jpeg: None,
        }
    }
}
