//! From defaults, file, environment and command line to the settings, with the origin of each.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

use config::{Config, Environment, File, FileFormat, Value, ValueKind};

use super::{
    Settings,
    effective::{Effective, Origin},
};

const PREFIX: &str = "KINORA_";
/// The client commands' own variables; no settings.
const CLIENT_VARIABLES: [&str; 2] = ["KINORA_URL", "KINORA_API_KEY"];
const DEFAULT_FILE: &str = "kinora.toml";

/// The configuration cannot be used; the message says which key and where it came from.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

impl From<config::ConfigError> for ConfigError {
    fn from(error: config::ConfigError) -> Self {
        Self(error.to_string())
    }
}

/// Where settings come from, weakest first after the defaults.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Must exist when it is named; otherwise `kinora.toml` of the working directory is taken if there is one.
    pub file: Option<PathBuf>,
    /// Environment variables; those that do not begin with `KINORA_` are passed over.
    pub environment: BTreeMap<String, String>,
    /// Options of the command line: key and value.
    pub options: Vec<(&'static str, String)>,
}

impl Sources {
    /// The process' own environment, with the file and options that the command line named.
    pub fn of_process(file: Option<PathBuf>, options: Vec<(&'static str, String)>) -> Self {
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self {
            file,
            environment,
            options,
        }
    }
}

/// The settings and where each came from.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub settings: Settings,
    pub values: Vec<Effective>,
}

/// Loads the configuration.
///
/// # Errors
/// An unreadable file, an unknown key or variable, or a value that does not fit.
pub fn load(sources: &Sources) -> Result<Loaded, ConfigError> {
    let defaults = Config::try_from(&Settings::default())?;
    let mut builder = Config::builder().add_source(defaults.clone());
    let file = sources.file.clone().or_else(default_file);
    if let Some(path) = &file {
        builder = builder.add_source(file_source(path)?);
    }
    let known = leaves(&defaults.cache);
    builder = builder.add_source(environment_source(&sources.environment, &known));
    for (key, value) in &sources.options {
        builder = builder.set_override(*key, value.as_str())?;
    }
    let merged = builder.build()?;
    refuse_unknown_keys(&known, &merged.cache, file.as_deref())?;
    let values = effective(&merged.cache, sources, file.as_deref());
    let settings: Settings = merged.try_deserialize()?;
    settings.server.check().map_err(ConfigError)?;
    Ok(Loaded { settings, values })
}

fn default_file() -> Option<PathBuf> {
    let path = PathBuf::from(DEFAULT_FILE);
    path.is_file().then_some(path)
}

fn file_source(path: &Path) -> Result<Config, ConfigError> {
    if !path.is_file() {
        return Err(ConfigError(format!(
            "there is no configuration file {}",
            path.display()
        )));
    }
    let source = File::from(path).format(FileFormat::Toml);
    Ok(Config::builder().add_source(source).build()?)
}

fn environment_source(variables: &BTreeMap<String, String>, known: &BTreeMap<String, Value>) -> Environment {
    let ours: HashMap<String, String> = variables
        .iter()
        .filter(|(name, _)| name.starts_with(PREFIX) && !CLIENT_VARIABLES.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let mut source = Environment::with_prefix("KINORA")
        .prefix_separator("_")
        .separator("__")
        .try_parsing(true)
        .list_separator(",");
    // Without any list key named, every text would be taken for a list.
    source = source.with_list_parse_key("");
    for (key, value) in known {
        if matches!(value.kind, ValueKind::Array(_)) {
            source = source.with_list_parse_key(key);
        }
    }
    source.source(Some(ours.into_iter().collect()))
}

/// Every key that is not a table, with its value.
fn leaves(value: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    collect_leaves("", value, &mut found);
    found
}

fn collect_leaves(prefix: &str, value: &Value, found: &mut BTreeMap<String, Value>) {
    let ValueKind::Table(table) = &value.kind else {
        found.insert(prefix.to_owned(), value.clone());
        return;
    };
    for (name, child) in table {
        let key = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}.{name}")
        };
        collect_leaves(&key, child, found);
    }
}

fn refuse_unknown_keys(
    known: &BTreeMap<String, Value>,
    merged: &Value,
    file: Option<&Path>,
) -> Result<(), ConfigError> {
    let unknown: Vec<String> = leaves(merged)
        .into_iter()
        .filter(|(key, _)| !known.contains_key(key))
        .map(|(key, value)| match origin_of(&key, &value, &[], file) {
            Origin::Environment(variable) => format!("unknown environment variable {variable}"),
            Origin::File(path) => format!("unknown key {key} in {path}"),
            _ => format!("unknown key {key}"),
        })
        .collect();
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(ConfigError(format!(
            "{} (kinora config --reference lists all keys)",
            unknown.join("; ")
        )))
    }
}

fn effective(merged: &Value, sources: &Sources, file: Option<&Path>) -> Vec<Effective> {
    let mut values: Vec<Effective> = leaves(merged)
        .into_iter()
        .map(|(key, value)| {
            let origin = origin_of(&key, &value, &sources.options, file);
            Effective::new(key, &value.kind, origin)
        })
        .collect();
    let order = super::effective::section_order();
    values.sort_by_key(|value| order.iter().position(|section| value.key.starts_with(section.as_str())));
    values
}

fn origin_of(key: &str, value: &Value, options: &[(&'static str, String)], file: Option<&Path>) -> Origin {
    if options.iter().any(|(option, _)| *option == key) {
        return Origin::CommandLine;
    }
    match value.origin() {
        None => Origin::Default,
        Some("the environment") => {
            let variable = format!("{PREFIX}{}", key.replace('.', "__").to_uppercase());
            Origin::Environment(variable)
        }
        // The configuration crate names the file in its own way; the user knows it by the name that was given.
        Some(path) => Origin::File(file.map_or_else(|| path.to_owned(), |file| file.display().to_string())),
    }
}
