//! `kinora voices`

use anyhow::Context;
use clap::Args;
use engines::speech::{Voice, voices};

use super::{failure::Outcome, show, table};

/// Options of `kinora voices`.
#[derive(Debug, Args)]
pub(super) struct Voices {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Voices {
    pub(super) fn run(self) -> Outcome {
        let voices = voices().context("the built-in voices cannot be read")?;
        if self.json {
            show::json(&voices)?;
        } else {
            show::write(table::columns(&rows(&voices)))?;
        }
        Ok(())
    }
}

fn rows(voices: &[Voice]) -> Vec<Vec<String>> {
    let head = ["voice", "language", "sex", "age", "pitch", "speed"];
    let row = |voice: &Voice| {
        vec![
            voice.id.clone(),
            voice.language.clone(),
            format!("{:?}", voice.sex).to_lowercase(),
            format!("{:?}", voice.age).to_lowercase(),
            voice.pitch.to_string(),
            format!("{:.2}", voice.speed),
        ]
    };
    std::iter::once(head.map(str::to_owned).to_vec())
        .chain(voices.iter().map(row))
        .collect()
}
