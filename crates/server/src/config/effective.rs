//! The effective configuration, to be shown.

use std::fmt;

use config::ValueKind;
use serde::Serialize;

use super::Settings;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Default,
    /// The file's path.
    File(String),
    /// The variable's name.
    Environment(String),
    CommandLine,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::File(path) => write!(formatter, "file {path}"),
            Self::Environment(variable) => write!(formatter, "environment {variable}"),
            Self::CommandLine => formatter.write_str("command line"),
        }
    }
}

/// One setting as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effective {
    /// With dots: `server.listen`.
    pub key: String,
    /// `null` when it is not set; secrets are redacted.
    pub value: serde_json::Value,
    pub origin: Origin,
}

impl Effective {
    pub(super) fn new(key: String, value: &ValueKind, origin: Origin) -> Self {
        let value = if is_secret(&key) && !matches!(value, ValueKind::Nil) {
            serde_json::Value::from("(redacted)")
        } else {
            json(value)
        };
        Self { key, value, origin }
    }

    /// As it would stand in the file; `(unset)` when there is none.
    pub fn text(&self) -> String {
        match &self.value {
            serde_json::Value::Null => "(unset)".to_owned(),
            // TOML's plain strings, numbers and lists of them are written as in JSON.
            value => value.to_string(),
        }
    }
}

fn is_secret(key: &str) -> bool {
    let name = key.rsplit('.').next().unwrap_or(key);
    ["secret", "token", "password", "credential"]
        .iter()
        .any(|word| name.contains(word))
}

fn json(value: &ValueKind) -> serde_json::Value {
    match value {
        ValueKind::Nil => serde_json::Value::Null,
        ValueKind::Boolean(value) => (*value).into(),
        ValueKind::I64(value) => (*value).into(),
        ValueKind::U64(value) => (*value).into(),
        ValueKind::I128(value) => value.to_string().into(),
        ValueKind::U128(value) => value.to_string().into(),
        ValueKind::Float(value) => (*value).into(),
        ValueKind::String(value) => value.as_str().into(),
        ValueKind::Array(values) => values.iter().map(|value| json(&value.kind)).collect(),
        ValueKind::Table(table) => table
            .iter()
            .map(|(key, value)| (key.clone(), json(&value.kind)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

/// The sections' names, each with a dot, in the order of [`Settings`].
pub(super) fn section_order() -> Vec<String> {
    // A TOML text keeps the fields' order, which the configuration crate's maps do not.
    toml::to_string(&Settings::default())
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'))
        .map(|section| format!("{section}."))
        .collect()
}
