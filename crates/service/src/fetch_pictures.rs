//! The pictures of an attempt: those that came with the request, and those that are fetched once and kept,
//! so that a retry sees the same ones.

use std::path::PathBuf;

use domain::{
    failure::{Code, Failure},
    request::ImageSource,
    task::Task,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::time::timeout;

use crate::{disk, objects, scratch::Scratch, service::Service};

/// Pictures of one task that are fetched at the same time.
const AT_ONCE: usize = 4;

/// Puts the request's pictures into the scratch folder, in the order of [`domain::request::GenerationRequest::pictures`].
pub(crate) async fn fetch(service: &Service, task: &Task, scratch: &Scratch) -> Result<Vec<PathBuf>, Failure> {
    // Collected first: a stream over borrowed closures could not move between threads.
    let pictures = task.request.pictures();
    let fetching: Vec<_> = pictures
        .map(|(number, image)| fetch_one(service, task, number, image, scratch.picture(number)))
        .collect();
    let limit = service.settings.worker.fetch_limit;
    let fetched = timeout(limit, stream::iter(fetching).buffered(AT_ONCE).try_collect()).await;
    fetched.unwrap_or_else(|_| {
        let seconds = limit.as_secs_f32();
        let public = format!("fetching the pictures took longer than {seconds} seconds");
        Err(Failure::new(Code::ImageUnreachable, public))
    })
}

async fn fetch_one(
    service: &Service,
    task: &Task,
    number: usize,
    image: &ImageSource,
    file: PathBuf,
) -> Result<PathBuf, Failure> {
    if let Some(picture) = service.small_picture(task.id, number).await? {
        let written = tokio::fs::write(&file, picture.bytes).await;
        written.map_err(|error| disk::failure("writing a picture", &error))?;
        return Ok(file);
    }
    let key = objects::input(task.id, number);
    if !service.objects.take(&key, &file).await? {
        let ImageSource::Url(url) = image else {
            return Err(Failure::internal(format_args!("picture {number} is not in the store")));
        };
        service
            .fetcher
            .fetch(task.request.picture_field(number), url, &file)
            .await?;
        service.objects.put(&key, &file).await?;
    }
    Ok(file)
}
