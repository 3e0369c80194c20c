//! Frames and sound to a playable MP4: H.264 (openh264), AAC (syom) and the boxes round them. The only
//! crate that touches a codec.

mod aac;
mod error;
mod gop;
mod group;
mod h264;
mod level;
mod mp4;
mod settings;
mod similarity;
mod trial;

use std::io::Write;

use domain::{
    engine::JobWatch,
    media::{FrameSource, Pcm, Size},
};

pub use error::EncodeError;
pub use gop::gop_lengths;
pub use settings::{Quantiser, Settings};

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoded {
    pub size: Size,
    pub frames: u32,
    /// Length of the file.
    pub bytes: u64,
}

/// Renders and encodes every frame of `source`, encodes `sound` (cut or padded with silence to exactly
/// the frames' length), and writes one MP4 to `out`, index first. Frames are rendered where they are
/// encoded and never collected, so memory grows with the file's length alone. Says every finished frame
/// to `watch`. The bytes depend on the source, the sound and the settings, not on `settings.threads`.
///
/// # Errors
/// [`EncodeError::Cancelled`] within one frame after `watch.cancel()`; [`EncodeError::Size`] for frames
/// that the H.264 encoder cannot take; else what the codecs or `out` said.
pub fn clip(
    source: &dyn FrameSource,
    sound: Option<&Pcm>,
    settings: &Settings,
    watch: &JobWatch,
    out: &mut dyn Write,
) -> Result<Encoded, EncodeError> {
    let (size, frames) = (source.size(), source.frame_count());
    h264::check(size, frames)?;
    watch.set_total(frames);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .thread_name(|index| format!("encode-{index}"))
        .build()
        .map_err(|error| EncodeError::Threads(error.to_string()))?;
    let (video, track) = pool.install(|| {
        rayon::join(
            || h264::encode(source, settings, watch),
            || sound.map(|pcm| aac::encode(pcm, frames)).transpose(),
        )
    });
    let (video, track) = (video?, track?);
    let bytes = mp4::write(&video, track.as_ref(), settings, out)?;
    Ok(Encoded { size, frames, bytes })
}
