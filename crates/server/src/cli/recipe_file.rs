//! Recipes as files: written by `--recipe-out`, read by `--recipe`.

use std::{fs::File, io::Read, path::Path};

use anyhow::Context;
use domain::recipe::Recipe;

use super::{failure::CliError, output::Output};

/// No recipe in range is nearly as long.
const MOST_BYTES: u64 = 1024 * 1024;

/// Writes `recipe` to `path`, over whatever was there.
///
/// # Errors
/// When the place cannot be written.
pub(super) fn write(path: &Path, recipe: &Recipe) -> anyhow::Result<()> {
    let mut file = Output::new(path)?;
    serde_json::to_writer_pretty(&mut file, recipe)?;
    file.keep()
}

/// Reads a recipe. Whether its numbers are in range is asked when it is drawn.
///
/// # Errors
/// Wrong usage, with the file, the place in the recipe and the line, for what is not a recipe; a failure when the file
/// cannot be read.
pub(super) fn read(path: &Path) -> Result<Recipe, CliError> {
    let name = path.display();
    let mut text = Vec::new();
    let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
    let read = file.take(MOST_BYTES + 1).read_to_end(&mut text);
    read.with_context(|| format!("cannot read {name}"))?;
    if text.len() as u64 > MOST_BYTES {
        return Err(CliError::Usage(format!("{name} has more than {MOST_BYTES} bytes")));
    }
    let mut json = serde_json::Deserializer::from_slice(&text);
    let recipe: Recipe = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let (place, problem) = (error.path().to_string(), error.inner());
        CliError::Usage(match place.as_str() {
            // The whole recipe.
            "." => format!("{name} is not a recipe: {problem}"),
            place => format!("{name} is not a recipe: {place}: {problem}"),
        })
    })?;
    let end = json.end();
    end.map_err(|error| CliError::Usage(format!("{name} is not a recipe: {error}")))?;
    Ok(recipe)
}
