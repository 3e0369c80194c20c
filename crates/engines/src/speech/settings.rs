use std::{fmt, time::Duration};

use domain::quantity;
use serde::{Deserialize, Serialize};

/// Who speaks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SpeechSettings {
    /// espeak-ng's program: a name that is looked for in `PATH`, or a path. Empty: none.
    pub program: String,
    /// Where a server with OpenAI's speech API takes requests, `https://host/v1/audio/speech`. Asked first, where
    /// it is set.
    pub url: Option<String>,
    /// That server's key.
    pub secret_key: Option<String>,
    /// The model that server is asked for.
    pub model: String,
    /// The voice that server is asked for; unset: the voice that was chosen, by its own id.
    pub voice: Option<String>,
    /// How long either may take.
    #[serde(with = "quantity::duration")]
    pub time_limit: Duration,
    /// The most sound that is taken from either, in bytes of a WAV file.
    #[serde(with = "quantity::bytes")]
    pub size_limit: u64,
}

impl Default for SpeechSettings {
    fn default() -> Self {
        Self {
            program: "espeak-ng".to_owned(),
            url: None,
            secret_key: None,
            model: "tts-1".to_owned(),
            voice: None,
            time_limit: Duration::from_secs(20),
            size_limit: 32 << 20,
        }
    }
}

impl fmt::Debug for SpeechSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SpeechSettings")
            .field("program", &self.program)
            .field("url", &self.url)
            .field("secret_key", &self.secret_key.as_ref().map(|_| "(redacted)"))
            .field("model", &self.model)
            .field("voice", &self.voice)
            .field("time_limit", &self.time_limit)
            .field("size_limit", &self.size_limit)
            .finish()
    }
}
