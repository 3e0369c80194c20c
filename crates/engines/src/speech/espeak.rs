//! The espeak-ng program: run with a time limit, the text on its standard input, sound from its standard output.
//! Never through a shell, never linked.

use std::process::Stdio;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
    time::timeout,
};

use super::{SpeechSettings, catalogue::Voice, error::SpeechError, language};

/// Words a minute at natural speed.
const PACE: f32 = 165.0;
/// As much of what it complains as goes into the log.
const MOST_COMPLAINT: u64 = 400;

/// A WAV file of `text` in `language`, spoken `faster` times as fast as the voice would.
pub(super) async fn speak(
    text: &str,
    language: &str,
    voice: &Voice,
    faster: f32,
    settings: &SpeechSettings,
) -> Result<Vec<u8>, SpeechError> {
    let limit = settings.time_limit;
    timeout(limit, run(text, language, voice, faster, settings))
        .await
        .map_err(|_| SpeechError::TooSlow(limit))?
}

async fn run(
    text: &str,
    language: &str,
    voice: &Voice,
    faster: f32,
    settings: &SpeechSettings,
) -> Result<Vec<u8>, SpeechError> {
    let pace = (PACE * voice.speed * faster).clamp(80.0, 420.0) as u32;
    let mut child = Command::new(&settings.program)
        .arg("-v")
        .arg(format!("{}+{}", language::espeak_name(language), voice.timbre))
        .args(["-s", &pace.to_string(), "-p", &voice.pitch.to_string()])
        // UTF-8 from standard input, sound to standard output.
        .args(["-b", "1", "--stdin", "--stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(SpeechError::Program)?;
    let (mut input, output, complaint) = match (child.stdin.take(), child.stdout.take(), child.stderr.take()) {
        (Some(input), Some(output), Some(complaint)) => (input, output, complaint),
        _ => return Err(SpeechError::Failed("no pipes".to_owned())),
    };
    let (mut output, mut complaint) = (output.take(settings.size_limit + 1), complaint.take(MOST_COMPLAINT));
    let write = async {
        let written = input.write_all(text.as_bytes()).await;
        drop(input);
        Ok(written)
    };
    let listen = async {
        let mut sound = Vec::new();
        output.read_to_end(&mut sound).await.map_err(SpeechError::Program)?;
        // Said at once: a program that never stops does not close its other pipe either.
        if sound.len() as u64 > settings.size_limit {
            return Err(SpeechError::TooLarge(settings.size_limit));
        }
        Ok(sound)
    };
    let hear = async {
        let mut complained = Vec::new();
        complaint
            .read_to_end(&mut complained)
            .await
            .map_err(SpeechError::Program)?;
        Ok(String::from_utf8_lossy(&complained).trim().to_owned())
    };
    let (written, sound, complaint) = tokio::try_join!(write, listen, hear)?;
    let status = child.wait().await.map_err(SpeechError::Program)?;
    if !status.success() {
        return Err(SpeechError::Failed(format!("{status}: {complaint}")));
    }
    written.map_err(SpeechError::Program)?;
    Ok(sound)
}
