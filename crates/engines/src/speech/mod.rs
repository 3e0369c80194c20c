//! Speech: what a prompt quotes is spoken by a server with OpenAI's speech API or by the espeak-ng program. The only
//! part of making a clip that leaves the process, and a clip never fails for it.

mod catalogue;
mod choice;
mod error;
mod espeak;
mod language;
mod quotes;
mod server;
mod settings;
mod wav;

use domain::request::{GenerationRequest, Warning};

pub use catalogue::{Age, Sex, Voice, voices};
pub use choice::{Choice, choose};
pub use error::SpeechError;
pub use quotes::{Quoted, quoted};
pub use settings::SpeechSettings;

/// Seconds of the clip that speech leaves free at its ends, together.
const MARGIN: f32 = 0.4;
/// Speech that is too long for the clip is spoken up to so much faster.
const FASTEST: f32 = 1.7;
/// Quieter than this is silence.
const SILENCE: f32 = 0.004;
/// Characters of a prompt that are spoken at most.
const MOST_TEXT: usize = 600;

/// What is said in a clip.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spoken {
    /// Mono, 48 kHz; empty when nothing is said.
    pub samples: Vec<f32>,
    pub warnings: Vec<Warning>,
    /// Why nobody spoke although somebody was asked to, for the log.
    pub trouble: Option<String>,
}

/// Speaks what the request asks for: the quoted passages of its prompt when it wants sound.
pub async fn speak(request: &GenerationRequest, settings: &SpeechSettings) -> Spoken {
    let text = sayable(&quoted(&request.prompt).speech);
    let mut spoken = Spoken::default();
    if text.is_empty() {
        if request.audio && request.voice.is_some() {
            let reason = "only has an effect on words in quotation marks, and the prompt has none";
            spoken.warnings.push(Warning::new("voice_id", reason));
        }
        return spoken;
    }
    if !request.audio {
        let reason = "words in quotation marks are spoken only when audio is true";
        spoken.warnings.push(Warning::new("prompt", reason));
        return spoken;
    }
    let voices = voices().unwrap_or_default();
    let Some(choice) = choose(&voices, request.voice.as_deref(), &request.prompt, &text, request.seed) else {
        return spoken;
    };
    if let (true, Some(id)) = (choice.mapped, &request.voice) {
        let reason = format!("there is no voice {id}; {} speaks, the nearest to it", choice.voice.id);
        spoken.warnings.push(Warning::new("voice_id", reason));
    }
    let seconds = request.duration as f32;
    match fitted(&text, request.voice.as_deref(), &choice.voice, seconds, settings).await {
        Ok((samples, whole)) => {
            spoken.samples = samples;
            if !whole {
                let reason = "what is said is too long for the clip and ends with it";
                spoken.warnings.push(Warning::new("prompt", reason));
            }
        }
        Err(error) => {
            let reason = "the quoted words are not spoken: there is no speech engine that answers";
            spoken.warnings.push(Warning::new("audio", reason));
            spoken.trouble = Some(error.to_string());
        }
    }
    spoken
}

/// Speaks at the voice's own pace, and again faster when that is too long. The second value: all of it fits.
async fn fitted(
    text: &str,
    id: Option<&str>,
    voice: &Voice,
    seconds: f32,
    settings: &SpeechSettings,
) -> Result<(Vec<f32>, bool), SpeechError> {
    let room = ((seconds - MARGIN).max(0.3) * domain::media::SAMPLE_RATE as f32) as usize;
    let mut samples = said(text, id, voice, 1.0, settings).await?;
    if samples.len() > room {
        let faster = (samples.len() as f32 / room as f32 * 1.03).min(FASTEST);
        samples = said(text, id, voice, faster, settings).await?;
    }
    let whole = samples.len() <= room;
    samples.truncate(room);
    Ok((samples, whole))
}

/// The server where there is one, else the program.
async fn said(
    text: &str,
    id: Option<&str>,
    voice: &Voice,
    faster: f32,
    settings: &SpeechSettings,
) -> Result<Vec<f32>, SpeechError> {
    let mut trouble = SpeechError::NoEngine;
    if let Some(url) = &settings.url {
        match server::speak(url, text, voice, faster, settings).await {
            Ok(bytes) => return heard(bytes).await,
            Err(error) => trouble = error,
        }
    }
    if settings.program.is_empty() {
        return Err(trouble);
    }
    let language = language::of(text, id.and_then(language::named_in));
    match espeak::speak(text, language, voice, faster, settings).await {
        Ok(bytes) => heard(bytes).await,
        // The server's trouble says more than that there is no program to stand in for it.
        Err(SpeechError::Program(_)) if settings.url.is_some() => Err(trouble),
        Err(error) => Err(error),
    }
}

/// The samples of a WAV file, without the silence round them. Resampling is work for another thread.
async fn heard(bytes: Vec<u8>) -> Result<Vec<f32>, SpeechError> {
    let work = move || trimmed(&wav::samples(&bytes)?);
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| SpeechError::Failed(error.to_string()))?
}

/// Without the silence before and after.
fn trimmed(samples: &[f32]) -> Result<Vec<f32>, SpeechError> {
    let is_heard = |sample: &f32| sample.abs() > SILENCE;
    let first = samples.iter().position(is_heard).ok_or(SpeechError::Silent)?;
    let last = samples.iter().rposition(is_heard).ok_or(SpeechError::Silent)?;
    Ok(samples.get(first..=last).unwrap_or_default().to_vec())
}

/// Text as a program may read it aloud: no control characters, and no brackets, which espeak-ng reads as phonemes.
fn sayable(text: &str) -> String {
    let plain = text.chars().map(|character| {
        if character.is_control() || matches!(character, '[' | ']' | '<' | '>') {
            ' '
        } else {
            character
        }
    });
    plain.take(MOST_TEXT).collect::<String>().trim().to_owned()
}
