//! `kinora models`

use clap::Args;
use domain::catalog::{Catalog, Limits};

use super::{failure::Outcome, show, table};

/// Options of `kinora models`.
#[derive(Debug, Args)]
pub(super) struct Models {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Models {
    pub(super) fn run(self) -> Outcome {
        let catalog = Catalog::builtin()?;
        if self.json {
            show::json(&catalog)?;
        } else {
            show::write(table::columns(&rows(&catalog)))?;
        }
        Ok(())
    }
}

fn rows(catalog: &Catalog) -> Vec<Vec<String>> {
    let head = [
        "model",
        "profile",
        "engine",
        "seconds (default)",
        "resolutions (default first)",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for model in &catalog.models {
        for (index, limits) in model.image_to_video.iter().enumerate() {
            let first = [
                &model.name,
                &format!("{:?}", model.profile).to_lowercase(),
                &model.engine,
            ];
            let mut row: Vec<String> = first
                .map(|text| if index == 0 { text.clone() } else { String::new() })
                .to_vec();
            row.push(durations(limits));
            row.push(
                limits
                    .resolutions
                    .iter()
                    .map(|tier| tier.name())
                    .collect::<Vec<_>>()
                    .join(" "),
            );
            rows.push(row);
        }
    }
    rows
}

fn durations(limits: &Limits) -> String {
    match (limits.durations.first(), limits.durations.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}-{last} ({})", limits.default_duration),
        _ => format!("{} ({})", limits.default_duration, limits.default_duration),
    }
}
