use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use domain::{
    artifact::ArtifactKind,
    engine::{Generated, JobWatch},
    failure::Failure,
    media::{FRAME_RATE, FrameSource, Pcm},
    recipe::Recipe,
    request::GenerationRequest,
};
use motion::{Clip, Labelled};
use sound::Wants;

use super::{
    MotionSettings,
    explain::planned,
    failures, pictures,
    stills::{self, Stills},
};

/// What a clip is made of.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    pub request: &'a GenerationRequest,
    /// The files of the request's pictures, in order.
    pub pictures: &'a [PathBuf],
    /// The file of the picture that is drawn as the watermark instead of the configured text.
    pub mark: Option<&'a Path>,
    /// What is said: mono at 48 kHz, empty when nothing is.
    pub speech: &'a [f32],
    /// Drawn as it is, with its size, length and seed, instead of planning one from the request.
    pub recipe: Option<&'a Recipe>,
}

impl<'a> Order<'a> {
    /// A clip that is planned from the request, and in which nobody speaks.
    pub fn new(request: &'a GenerationRequest, pictures: &'a [PathBuf]) -> Self {
        Self {
            request,
            pictures,
            mark: None,
            speech: &[],
            recipe: None,
        }
    }

    pub(super) fn frames(&self) -> u32 {
        let asked = || self.request.duration.saturating_mul(FRAME_RATE);
        self.recipe.map_or_else(asked, |recipe| recipe.frames)
    }
}

/// Makes the clip: `video.mp4` in `folder`, and beside it those stills that `wanted` names. Blocks for as long
/// as it takes. The same order gives the same bytes on every machine of a kind, whatever the threads.
///
/// # Errors
/// The picture codes for a picture that cannot be used, said of its field;
/// `FieldInvalid` for a given recipe that cannot be drawn; `Cancelled` within one frame after `watch.cancel()`; `DiskFull`; else `Internal`.
pub fn make(
    order: &Order<'_>,
    folder: &Path,
    wanted: &[ArtifactKind],
    settings: &MotionSettings,
    watch: &JobWatch,
) -> Result<Generated, Failure> {
    let request = order.request;
    let clean = request.watermark && request.extras.artifacts.contains(&ArtifactKind::Clean);
    watch.set_total(order.frames() * if clean { 2 } else { 1 });
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .thread_name(|index| format!("motion-{index}"))
        .build()
        .map_err(Failure::internal)?;
    let keyframes = pool.install(|| pictures::read(order, settings))?;
    go_on(watch)?;
    let plan = pool.install(|| planned(order, &keyframes));
    go_on(watch)?;
    let recipe = &plan.recipe;
    let (clip, pcm) =
        pool.install(|| rayon::join(|| Clip::new(&keyframes.studies, recipe), || soundtrack(order, recipe)));
    let clip = clip.map_err(failures::drawing)?;
    let several = keyframes.studies.len() > 1;
    drop(keyframes);
    go_on(watch)?;
    let corner = request.extras.corner;
    let labelled = match order.mark.filter(|_| request.watermark) {
        Some(mark) => {
            let picture = pictures::read_mark(mark)?;
            Some(Labelled::with_picture(&clip, &picture, corner).map_err(failures::drawing)?)
        }
        None => request.watermark.then(|| Labelled::new(&clip, &settings.label, corner)),
    };
    let source: &dyn FrameSource = labelled.as_ref().map_or(&clip, |labelled| labelled);
    let Stills { thumbnail, mut files } = pool.install(|| stills::write(source, folder, wanted))?;
    let mut encoding = encode::Settings {
        threads: settings.threads,
        // The last frame of several pictures is the last picture.
        ends_on_key_frame: several,
        cover_jpeg: Some(thumbnail),
        ..encode::Settings::new(request.profile)
    };
    if let Some(meta_data) = &request.extras.meta_data {
        encoding.comment = format!("{} {meta_data}", encoding.comment);
    }
    let mut film = |kind: ArtifactKind, source: &dyn FrameSource| {
        let path = folder.join(kind.file_name());
        let mut out = BufWriter::new(File::create(&path).map_err(|error| failures::disk(&error))?);
        encode::clip(source, pcm.as_ref(), &encoding, watch, &mut out).map_err(failures::encoding)?;
        out.flush().map_err(|error| failures::disk(&error))?;
        files.push((kind, path));
        Ok::<(), Failure>(())
    };
    film(ArtifactKind::Video, source)?;
    if clean {
        film(ArtifactKind::Clean, &clip)?;
    }
    Ok(Generated {
        files,
        size: recipe.size,
        frames: recipe.frames,
        recipe: Some(plan.recipe),
        warnings: plan.warnings,
    })
}

fn go_on(watch: &JobWatch) -> Result<(), Failure> {
    if watch.is_cancelled() {
        return Err(failures::cancelled());
    }
    Ok(())
}

/// Nothing unless music or sound was asked for: then the file has no sound track at all.
fn soundtrack(order: &Order<'_>, recipe: &Recipe) -> Option<Pcm> {
    let wants = Wants {
        bgm: order.request.bgm,
        ambience: order.request.audio,
    };
    (wants.bgm || wants.ambience).then(|| sound::compose(recipe, wants, order.speech))
}
