//! `kinora generate`

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use clap::Args;
use domain::{
    artifact::ArtifactKind,
    catalog::Catalog,
    engine::{Engine, Generated, JobWatch},
    failure::{Code, Failure},
    recipe::Recipe,
    request::{GenerationRequest, Warning},
};
use engines::{
    motion::{self, MotionEngine, Order},
    speech,
};
use serde_json::json;
use tempfile::TempDir;

use super::{
    failure::{CliError, Outcome},
    output, progress, recipe_file, recipe_words, show,
    signals::Signals,
    wish::{self, Wish},
};
use crate::config::{Settings, Sources, load};

/// How often the bar moves.
const STEP: Duration = Duration::from_millis(60);

/// Options of `kinora generate`.
#[derive(Debug, Args)]
pub(super) struct Generate {
    #[command(flatten)]
    wish: Wish,
    /// Where to put the clip
    #[arg(short, long, value_name = "FILE", required_unless_present = "explain")]
    output: Option<PathBuf>,
    /// Say what would be made, and make nothing
    #[arg(long)]
    explain: bool,
    /// Draw the recipe of this file, as --recipe-out writes it, instead of planning one: it decides the length, the
    /// size, the seed and everything that happens
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["prompt", "duration", "resolution", "movement_amplitude", "seed", "voice"],
    )]
    recipe: Option<PathBuf>,
    /// Write the recipe as JSON to this file
    #[arg(long, value_name = "FILE")]
    recipe_out: Option<PathBuf>,
    /// The configuration file, for its [motion] and [speech] sections
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Generate {
    pub(super) async fn run(self) -> Outcome {
        let recipe = self.recipe.as_deref().map(recipe_file::read).transpose()?;
        let request = self.request(recipe.as_ref())?;
        for picture in &self.wish.pictures {
            fs::metadata(picture).with_context(|| format!("cannot read {}", picture.display()))?;
        }
        match &self.output {
            Some(output) if !self.explain => self.make(&request, recipe, output).await,
            _ => self.explain(&request, recipe.as_ref()),
        }
    }

    fn request(&self, recipe: Option<&Recipe>) -> Result<GenerationRequest, CliError> {
        let resolved = self
            .wish
            .draft()
            .resolve(&Catalog::builtin()?, service::secret::random_u32()?);
        let mut request = resolved.map_err(|faults| wish::wrong(&faults))?.request;
        let engine = MotionEngine::default();
        if request.engine != engine.name() {
            let problem = format!("--model {} is not made here but by a server", request.model);
            return Err(CliError::Usage(problem));
        }
        engine.accepts(&request).map_err(refused)?;
        if let Some(recipe) = recipe {
            request.seed = recipe.seed;
        }
        Ok(request)
    }

    fn settings(&self) -> Result<Settings, CliError> {
        let loaded = load(&Sources::of_process(self.config.clone(), Vec::new()));
        Ok(loaded.map_err(|error| CliError::Usage(error.to_string()))?.settings)
    }

    fn explain(&self, request: &GenerationRequest, recipe: Option<&Recipe>) -> Outcome {
        let order = Order {
            recipe,
            ..Order::new(request, &self.wish.pictures)
        };
        let plan = motion::explain(&order, &self.settings()?.motion).map_err(refused)?;
        self.write_recipe(&plan.recipe)?;
        warn(&plan.warnings);
        if self.json {
            show::json(&plan.recipe)?;
        } else {
            show::write(recipe_words::page(&plan.recipe, request))?;
        }
        Ok(())
    }

    async fn make(&self, request: &GenerationRequest, recipe: Option<Recipe>, output: &Path) -> Outcome {
        let settings = self.settings()?;
        // In the same folder, so that the clip only has to be renamed.
        let scratch = output::scratch_beside(output)?;
        let made = render(request, &self.wish.pictures, recipe, &scratch, settings)
            .await
            .map_err(refused)?;
        let video = made.files.iter().find(|(kind, _)| *kind == ArtifactKind::Video);
        let (_, video) = video.context("the engine made no video")?;
        fs::rename(video, output).with_context(|| format!("cannot write {}", output.display()))?;
        if let Some(recipe) = &made.recipe {
            self.write_recipe(recipe)?;
        }
        warn(&made.warnings);
        self.report(request, &made, output)
    }

    fn write_recipe(&self, recipe: &Recipe) -> anyhow::Result<()> {
        match &self.recipe_out {
            Some(path) => recipe_file::write(path, recipe),
            None => Ok(()),
        }
    }

    fn report(&self, request: &GenerationRequest, made: &Generated, output: &Path) -> Outcome {
        if self.json {
            let report = json!({
                "output": output,
                "width": made.size.width,
                "height": made.size.height,
                "frames": made.frames,
                "seed": request.seed,
                "recipe": made.recipe,
                "warnings": made.warnings,
            });
            show::json(&report)?;
        } else {
            let summary = made.recipe.as_ref().map_or("", |recipe| recipe.summary.as_str());
            show::line(format_args!("{}; seed {}", summary.trim_end_matches('.'), request.seed))?;
        }
        Ok(())
    }
}

/// Makes the clip on other threads while the bar moves here. An interrupt stops it within one frame.
async fn render(
    request: &GenerationRequest,
    pictures: &[PathBuf],
    recipe: Option<Recipe>,
    scratch: &TempDir,
    settings: Settings,
) -> Result<Generated, Failure> {
    let spoken = speech::speak(request, &settings.speech).await;
    if let Some(trouble) = &spoken.trouble {
        eprintln!("note: {trouble}");
    }
    let watch = Arc::new(JobWatch::default());
    let bar = progress::frames(0);
    let mut making = {
        let (request, pictures, watch) = (request.clone(), pictures.to_vec(), Arc::clone(&watch));
        let folder = scratch.path().to_path_buf();
        tokio::task::spawn_blocking(move || {
            let order = Order {
                speech: &spoken.samples,
                recipe: recipe.as_ref(),
                ..Order::new(&request, &pictures)
            };
            let mut made = motion::make(&order, &folder, &[ArtifactKind::Video], &settings.motion, &watch)?;
            made.warnings.extend(spoken.warnings);
            Ok(made)
        })
    };
    let mut steps = tokio::time::interval(STEP);
    let mut signals = Signals::new().map_err(Failure::internal)?;
    let made = loop {
        tokio::select! {
            made = &mut making => break made,
            () = signals.next() => watch.cancel(),
            _ = steps.tick() => {
                let frames = watch.progress();
                bar.set_length(frames.total.into());
                bar.set_position(frames.done.into());
            }
        }
    };
    bar.finish_and_clear();
    made.map_err(Failure::internal)?
}

/// A failure in the command line's terms: what the request cannot be is wrong usage.
fn refused(failure: Failure) -> CliError {
    if failure.code == Code::FieldInvalid {
        return CliError::Usage(failure.said(wish::name));
    }
    let error = match failure.detail.as_str() {
        "" => anyhow::anyhow!(failure.said(wish::name)),
        detail => anyhow::anyhow!("{}: {detail}", failure.said(wish::name)),
    };
    CliError::Failed(error)
}

fn warn(warnings: &[Warning]) {
    for warning in warnings {
        eprintln!("note: {} {}", warning.field, warning.reason);
    }
}
