use domain::request::Profile;

/// How finely the video is quantised, in H.264's QP, 0 to 51: 6 more halve the precision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantiser {
    pub qp: u8,
    /// Clips that lose too much with `qp`, as grain and stars do, get a finer one, down to this.
    pub finest: u8,
    /// What is too much: a smaller structural similarity of decoded and drawn luma than this.
    pub similar: f64,
    /// Clips that take more bits per pixel of a predicted frame, as film grain all over does, get no finer one but a
    /// coarser, down to which the first picture stays faithful.
    pub most_bits: f64,
}

impl Quantiser {
    /// The same for every clip, whatever it loses.
    pub fn fixed(qp: u8) -> Self {
        Self {
            qp,
            finest: qp,
            similar: 0.0,
            most_bits: f64::INFINITY,
        }
    }

    /// What each profile ships with; `benches/quality.rs` prints what that gives and costs.
    pub fn of(profile: Profile) -> Self {
        let (qp, finest, similar, most_bits) = match profile {
            Profile::Pro => (18, 14, 0.981, 0.75),
            Profile::Turbo => (24, 20, 0.965, 0.45),
            Profile::Fast => (28, 22, 0.95, 0.3),
        };
        Self {
            qp,
            finest,
            similar,
            most_bits,
        }
    }
}

/// Everything about a file that is neither frames nor sound.
#[derive(Debug, Clone, PartialEq)]
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
