//! Looking at pictures before any work is done for them.

use std::{fs::File, io::BufReader, path::Path};

use domain::{
    draft::{Fault, Faults, Field},
    failure::{Code, Failure},
    request::Shape,
};

use picture::Probe;

use crate::{disk, submit::Rejected};

/// Checks the form, shape and size of the request's inline pictures, given with their places.
///
/// # Errors
/// A fault for each picture that will not do.
pub(crate) async fn check(pictures: &[(usize, &Path)]) -> Result<(), Rejected> {
    let mut faults = Vec::new();
    for (index, file) in pictures {
        if let Err(failure) = probe(file).await {
            if failure.blame != domain::failure::Blame::SourceImage {
                return Err(failure.into());
            }
            faults.push(Fault::new(Field::Image(*index), failure.code, failure.public));
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Faults(faults).into())
    }
}

/// Checks that the request's inline pictures have the size that it demands, if it demands one.
///
/// # Errors
/// A fault for each picture that has another.
pub(crate) async fn check_size(pictures: &[(usize, &Path)], shape: Shape) -> Result<(), Rejected> {
    let Shape::Exactly(size) = shape else {
        return Ok(());
    };
    let mut faults = Vec::new();
    for (index, file) in pictures {
        if probe(file).await?.size != size {
            let problem = format!("must be {}x{} pixels, as size says", size.width, size.height);
            faults.push(Fault::new(Field::Image(*index), Code::ImageSize, problem));
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Faults(faults).into())
    }
}

/// Looks at one picture's header.
///
/// # Errors
/// Why it will not do, or that it could not be read.
pub(crate) async fn probe(file: &Path) -> Result<Probe, Failure> {
    let file = file.to_owned();
    let probing = tokio::task::spawn_blocking(move || {
        let opened = File::open(file).map_err(|error| disk::failure("reading a picture", &error))?;
        picture::probe(BufReader::new(opened)).map_err(Failure::from)
    });
    probing.await.map_err(Failure::internal)?
}
