//! Our own voices, from `voices.toml`.

use serde::{Deserialize, Serialize};

/// What a voice is like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    /// What `voice_id` says.
    pub id: String,
    /// The language it is at home in: an ISO 639-1 code.
    pub language: String,
    pub sex: Sex,
    pub age: Age,
    /// espeak-ng's variant.
    pub timbre: String,
    /// 0 to 99, 50 is usual.
    pub pitch: u8,
    /// 1 is natural.
    pub speed: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    Female,
    Male,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Age {
    Child,
    Adult,
    Old,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    voice: Vec<Voice>,
}

/// All voices, in the order of the file.
///
/// # Errors
/// When the built-in file cannot be read, which a test rules out.
pub fn voices() -> Result<Vec<Voice>, toml::de::Error> {
    toml::from_str::<File>(include_str!("voices.toml")).map(|file| file.voice)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_language_has_every_kind_of_voice_and_ids_are_unique() {
        let voices = voices().unwrap_or_default();
        let ids: HashSet<&str> = voices.iter().map(|voice| voice.id.as_str()).collect();
        assert_eq!(ids.len(), voices.len());
        for language in ["en", "zh"] {
            for sex in [Sex::Female, Sex::Male] {
                for age in [Age::Child, Age::Adult, Age::Old] {
                    let fits = |voice: &&Voice| voice.language == language && voice.sex == sex && voice.age == age;
                    assert!(voices.iter().find(fits).is_some(), "{language} {sex:?} {age:?}");
                }
            }
        }
    }
}
