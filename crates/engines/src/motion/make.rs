use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use domain::{
    artifact::ArtifactKind,
    engine::{Generated, JobWatch},
    failure::Failure,
    media::{FrameSource, Pcm},
    recipe::Recipe,
    request::GenerationRequest,
};
use motion::{Clip, Labelled};
use rayon::ThreadPool;
use sound::Wants;

use super::{MotionSettings, explain::planned, failures, pictures, stills};

/// Makes the clip: `video.mp4`, `cover.jpg` and `last_frame.png` in `folder`. Blocks for as long as it takes.
/// `files` are the request's pictures, in order. The same request gives the same bytes on every machine of
/// a kind, whatever the threads.
///
/// # Errors
/// The picture codes for a picture that cannot be used (its number is in the text when there are several);
/// `Cancelled` within one frame after `watch.cancel()`; `DiskFull`; else `Internal`.
pub fn make(
    request: &GenerationRequest,
    files: &[PathBuf],
    folder: &Path,
    settings: &MotionSettings,
    watch: &JobWatch,
) -> Result<Generated, Failure> {
    watch.set_total(pictures::frames(request));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .thread_name(|index| format!("motion-{index}"))
        .build()
        .map_err(Failure::internal)?;
    let keyframes = pool.install(|| pictures::read(request, files))?;
    go_on(watch)?;
    let plan = pool.install(|| planned(request, &keyframes));
    go_on(watch)?;
    let recipe = &plan.recipe;
    let (clip, pcm) = pool.install(|| {
        rayon::join(
            || Clip::new(&keyframes.pictures, recipe, request.profile),
            || soundtrack(request, recipe),
        )
    });
    let clip = clip.map_err(failures::drawing)?;
    drop(keyframes);
    go_on(watch)?;
    let files = if request.watermark {
        let labelled = Labelled::new(&clip, &settings.label);
        write(&labelled, pcm.as_ref(), request, settings, folder, &pool, watch)?
    } else {
        write(&clip, pcm.as_ref(), request, settings, folder, &pool, watch)?
    };
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

/// Nothing unless music or ambience was asked for: then the file has no sound track at all.
fn soundtrack(request: &GenerationRequest, recipe: &Recipe) -> Option<Pcm> {
    let wants = Wants {
        bgm: request.bgm,
        ambience: request.audio,
    };
    (wants.bgm || wants.ambience).then(|| sound::compose(recipe, wants))
}

fn write(
    source: &dyn FrameSource,
    pcm: Option<&Pcm>,
    request: &GenerationRequest,
    settings: &MotionSettings,
    folder: &Path,
    pool: &ThreadPool,
    watch: &JobWatch,
) -> Result<Vec<(ArtifactKind, PathBuf)>, Failure> {
    let file = |kind: ArtifactKind| (kind, folder.join(kind.file_name()));
    let files = [ArtifactKind::Video, ArtifactKind::Cover, ArtifactKind::LastFrame].map(file);
    let [(_, video), (_, cover), (_, last)] = &files;
    let (thumbnail, last_frame) = pool.install(|| {
        rayon::join(
            || {
                let first = stills::drawn(source, 0);
                stills::write_jpeg(&first, cover)?;
                stills::thumbnail(&first)
            },
            || stills::write_png(&stills::drawn(source, source.frame_count().saturating_sub(1)), last),
        )
    });
    last_frame?;
    let encoding = encode::Settings {
        threads: settings.threads,
        cover_jpeg: Some(thumbnail?),
        ..encode::Settings::new(request.profile)
    };
    let mut out = BufWriter::new(File::create(video).map_err(|error| failures::disk(&error))?);
    encode::clip(source, pcm, &encoding, watch, &mut out).map_err(failures::encoding)?;
    out.flush().map_err(|error| failures::disk(&error))?;
    Ok(files.into())
}
