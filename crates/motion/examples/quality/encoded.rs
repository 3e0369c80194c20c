//! Frame 0 of the file: encoded as the product does, decoded by ffmpeg.

use std::{
    io::Write,
    process::{Command, Stdio},
    thread,
};

use domain::{
    engine::JobWatch,
    media::{Frame, FrameSource, Picture, Size},
    request::{Amplitude, Profile},
};

use crate::{
    measure::{clip, frame, psnr, read_back, wish},
    quality::{Bound, Line},
};

/// A clip's first frame alone.
struct First(Frame);

impl FrameSource for First {
    fn size(&self) -> Size {
        self.0.size
    }

    fn frame_count(&self) -> u32 {
        1
    }

    fn render(&self, _index: u32, frame: &mut Frame) {
        frame.clone_from(&self.0);
    }
}

/// Nothing when there is no ffmpeg.
pub(crate) fn lines(picture: &Picture, size: Size) -> Vec<Line> {
    let fitted = read_back(picture, size);
    let wish = wish("pull out, it dances, snow falls, film grain", size, Amplitude::Large);
    [Profile::Pro, Profile::Turbo, Profile::Fast]
        .into_iter()
        .filter_map(|profile| {
            let (clip, _) = clip(std::slice::from_ref(picture), &wish, profile);
            let mut file = Vec::new();
            let settings = encode::Settings::new(profile);
            encode::clip(
                &First(frame(&clip, 0)),
                None,
                &settings,
                &JobWatch::default(),
                &mut file,
            )
            .ok()?;
            let likeness = psnr(&decoded(file)?, &fitted);
            let line = Line::new(
                "frame 0 after encoding, luma PSNR in dB",
                likeness,
                Bound::AtLeast(38.0),
            );
            Some(line.detail(format!("{profile:?}")))
        })
        .collect()
}

/// The luma of the file's only frame.
fn decoded(file: Vec<u8>) -> Option<Vec<u8>> {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-i", "-", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"]);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = pipes.spawn().ok()?;
    let mut input = child.stdin.take()?;
    let writing = thread::spawn(move || input.write_all(&file));
    let output = child.wait_with_output().ok()?;
    writing.join().ok()?.ok()?;
    let luma = output.stdout.len() * 2 / 3;
    Some(output.stdout.into_iter().take(luma).collect())
}
