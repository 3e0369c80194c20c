//! The pictures of an attempt: those that came with the request, and those that are fetched once and kept,
//! so that a retry sees the same ones.

use std::path::PathBuf;

use domain::{failure::Failure, request::ImageSource, task::Task};

use crate::{objects, scratch::Scratch, service::Service};

/// Puts the request's pictures into the scratch folder, in order.
pub(crate) async fn fetch(service: &Service, task: &Task, scratch: &Scratch) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::with_capacity(task.request.images.len());
    for (number, image) in task.request.images.iter().enumerate() {
        let file = scratch.picture(number);
        let key = objects::input(task.id, number);
        if !service.objects.take(&key, &file).await? {
            let ImageSource::Url(url) = image else {
                return Err(Failure::internal(format_args!("picture {number} is not in the store")));
            };
            service.fetcher.fetch(number + 1, url, &file).await?;
            service.objects.put(&key, &file).await?;
        }
        files.push(file);
    }
    Ok(files)
}
