//! A server with OpenAI's speech API (`POST /v1/audio/speech`), of which there are many that one can host.

use std::time::Duration;

use reqwest::{Client, redirect};
use rustls::crypto::ring;
use serde_json::json;

use super::{SpeechSettings, catalogue::Voice, error::SpeechError};

const CONNECT: Duration = Duration::from_secs(5);

/// A WAV file of `text`, spoken `faster` times as fast as the voice would.
pub(super) async fn speak(
    url: &str,
    text: &str,
    voice: &Voice,
    faster: f32,
    settings: &SpeechSettings,
) -> Result<Vec<u8>, SpeechError> {
    // Where the process has chosen its provider of cryptography already, this does nothing.
    let _already_installed = ring::default_provider().install_default();
    let client = Client::builder()
        .connect_timeout(CONNECT)
        .timeout(settings.time_limit)
        // The key is for this server alone.
        .redirect(redirect::Policy::none())
        .build()
        .map_err(|error| told(&error, settings))?;
    let body = json!({
        "model": settings.model,
        "input": text,
        "voice": settings.voice.as_deref().unwrap_or(&voice.id),
        "response_format": "wav",
        "speed": (voice.speed * faster).clamp(0.25, 4.0),
    });
    let mut request = client.post(url).json(&body);
    if let Some(key) = &settings.secret_key {
        request = request.bearer_auth(key);
    }
    let mut answer = request.send().await.map_err(|error| told(&error, settings))?;
    if !answer.status().is_success() {
        return Err(SpeechError::Answer(answer.status().as_u16()));
    }
    let mut sound = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|error| told(&error, settings))? {
        if (sound.len() + part.len()) as u64 > settings.size_limit {
            return Err(SpeechError::TooLarge(settings.size_limit));
        }
        sound.extend_from_slice(&part);
    }
    Ok(sound)
}

/// What went wrong, without the address: it may hold a key.
fn told(error: &reqwest::Error, settings: &SpeechSettings) -> SpeechError {
    if error.is_timeout() {
        return SpeechError::TooSlow(settings.time_limit);
    }
    let kind = match () {
        () if error.is_connect() => "no connection",
        () if error.is_builder() => "its address cannot be used",
        () if error.is_body() || error.is_decode() => "the answer broke off",
        () => "the request failed",
    };
    SpeechError::Server(kind.to_owned())
}
