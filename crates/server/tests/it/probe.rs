//! What other programs say of a clip.

use std::{path::Path, process::Command};

/// What `ffprobe` sees in a clip.
#[derive(Debug, PartialEq)]
pub(crate) struct Clip {
    pub(crate) codec: String,
    pub(crate) width: u64,
    pub(crate) height: u64,
    pub(crate) rate: String,
    pub(crate) frames: u64,
    /// Of the whole file, to the microsecond.
    pub(crate) seconds: String,
    pub(crate) has_sound: bool,
}

/// Decodes a clip whole and says what is in it. Fails when `ffprobe` is not installed: a clip that nobody
/// looked at is not a clip that plays.
pub(crate) fn probe(path: &Path) -> Clip {
    let output = Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-count_frames",
            "-show_streams",
            "-show_format",
            "-of",
            "json",
        ])
        .arg(path)
        .output()
        .unwrap();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && complaints.is_empty(),
        "ffprobe: {complaints}"
    );
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let streams = report["streams"].as_array().unwrap();
    let of_type = |kind: &str| streams.iter().find(|stream| stream["codec_type"] == kind);
    let video = of_type("video").unwrap();
    Clip {
        codec: video["codec_name"].as_str().unwrap().to_owned(),
        width: video["width"].as_u64().unwrap(),
        height: video["height"].as_u64().unwrap(),
        rate: video["r_frame_rate"].as_str().unwrap().to_owned(),
        frames: video["nb_read_frames"].as_str().unwrap().parse().unwrap(),
        seconds: report["format"]["duration"].as_str().unwrap().to_owned(),
        has_sound: of_type("audio").is_some(),
    }
}

/// The same for bytes.
pub(crate) fn probe_bytes(bytes: &[u8]) -> Clip {
    let file = tempfile::NamedTempFile::with_suffix(".mp4").unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    probe(file.path())
}

/// Whether the index comes before the frames, so that playing can begin while the file arrives.
pub(crate) fn is_fast_start(bytes: &[u8]) -> bool {
    let mut boxes = Vec::new();
    let mut rest = bytes;
    while let (Some(length), Some(name)) = (rest.get(..4), rest.get(4..8)) {
        let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
        boxes.push(name.to_vec());
        rest = rest.get(length.max(8)..).unwrap_or_default();
    }
    let place = |name: &[u8]| boxes.iter().position(|found| found == name);
    place(b"moov") < place(b"mdat") && place(b"moov").is_some()
}

/// The first frame of a clip, decoded by ffmpeg.
pub(crate) fn first_frame(bytes: &[u8]) -> image::RgbImage {
    let file = tempfile::NamedTempFile::with_suffix(".mp4").unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(file.path())
        .args(["-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "-"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    image::load_from_memory(&output.stdout).unwrap().into_rgb8()
}
