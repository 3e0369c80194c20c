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
    output, progress, show,
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
    /// Write the recipe as JSON to this file
    #[arg(long, value_name = "FILE")]
    recipe_out: Option<PathBuf>,
    /// The configuration file, for its [motion] section
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Generate {
    pub(super) async fn run(self) -> Outcome {
        let request = self.request()?;
        for picture in &self.wish.pictures {
            fs::metadata(picture).with_context(|| format!("cannot read {}", picture.display()))?;
        }
        match &self.output {
            Some(output) if !self.explain => self.make(&request, output).await,
            _ => self.explain(&request),
        }
    }

    fn request(&self) -> Result<GenerationRequest, CliError> {
        let seed = service::secret::random_u32()?;
        let resolved = self.wish.draft().resolve(&Catalog::builtin()?, seed);
        let resolved = resolved.map_err(|faults| wish::wrong(&faults))?;
        let engine = MotionEngine::default();
        if resolved.request.engine != engine.name() {
            let problem = format!("--model {} is not made here but by a server", resolved.request.model);
            return Err(CliError::Usage(problem));
        }
        engine.accepts(&resolved.request).map_err(refused)?;
        Ok(resolved.request)
    }

    fn explain(&self, request: &GenerationRequest) -> Outcome {
        let plan = motion::explain(request, &self.wish.pictures).map_err(refused)?;
        self.write_recipe(&plan.recipe)?;
        warn(&plan.warnings);
        if self.json {
            show::json(&plan.recipe)?;
        } else {
            show::line(in_words(&plan.recipe))?;
        }
        Ok(())
    }

    async fn make(&self, request: &GenerationRequest, output: &Path) -> Outcome {
        let settings = load(&Sources::of_process(self.config.clone(), Vec::new()));
        let settings = settings.map_err(|error| CliError::Usage(error.to_string()))?.settings;
        // In the same folder, so that the clip only has to be renamed.
        let scratch = output::scratch_beside(output)?;
        let made = render(request, &self.wish.pictures, &scratch, settings)
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
        let Some(path) = &self.recipe_out else {
            return Ok(());
        };
        let mut file = output::Output::new(path)?;
        serde_json::to_writer_pretty(&mut file, recipe)?;
        file.keep()
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
                request: &request,
                pictures: &pictures,
                speech: &spoken.samples,
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
        return CliError::Usage(failure.public);
    }
    let error = match failure.detail.as_str() {
        "" => anyhow::anyhow!(failure.public),
        detail => anyhow::anyhow!("{}: {detail}", failure.public),
    };
    CliError::Failed(error)
}

fn warn(warnings: &[Warning]) {
    for warning in warnings {
        eprintln!("note: {} {}", warning.field, warning.reason);
    }
}

/// A recipe for people.
fn in_words(recipe: &Recipe) -> String {
    let mut lines = vec![recipe.summary.clone()];
    let size = recipe.size;
    let (frames, amplitude) = (recipe.frames, recipe.amplitude.name());
    lines.push(format!(
        "{} x {} pixels, {frames} frames, {amplitude} movement, seed {}",
        size.width, size.height, recipe.seed
    ));
    for track in &recipe.camera {
        lines.push(format!(
            "frames {} to {}: {} by {:.0} %",
            track.from,
            track.to,
            word(&track.movement),
            track.travel * 100.0
        ));
    }
    for action in &recipe.subject {
        let strength = action.strength;
        lines.push(format!(
            "frames {} to {}: subject: {}, strength {strength:.1}",
            action.from,
            action.to,
            word(&action.kind)
        ));
    }
    lines.push(format!(
        "{:.0} beats per minute, {} mood",
        recipe.beat.tempo,
        word(&recipe.mood)
    ));
    if !recipe.understood.is_empty() {
        lines.push(format!("understood: {}", recipe.understood.join(", ")));
    }
    if !recipe.without_effect.is_empty() {
        lines.push(format!("without effect: {}", recipe.without_effect.join(", ")));
    }
    lines.join("\n")
}

/// `PushIn` as "push in": the names that JSON uses, with blanks.
fn word(value: &impl serde::Serialize) -> String {
    let name = serde_json::to_value(value).unwrap_or_default();
    name.as_str().unwrap_or_default().replace('_', " ")
}
