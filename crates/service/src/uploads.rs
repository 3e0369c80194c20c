//! Pictures that are uploaded before the request that uses them. Nothing but their objects tells of them:
//! `uploads/{key}/{id}/new/{etag}` while nobody has said that it is whole, then `uploads/{key}/{id}/whole/{etag}`.
//! They go a day after they came.

use std::{path::Path as FilePath, time::Duration};

use domain::{
    draft::{Fault, Faults, Field},
    failure::{Code, Failure},
    id::KeyId,
    request::{GenerationRequest, ImageSource, UploadId},
    time::Timestamp,
};
use object_store::path::Path;
use tempfile::TempPath;

use crate::{
    authenticate::Caller,
    disk,
    links::LinkError,
    pictures::{self, PictureBytes},
    secret,
    service::Service,
    submit::Rejected,
};

/// How long the address of an upload holds.
const ADDRESS_LIFETIME: Duration = Duration::from_secs(3600);
/// How long an uploaded picture is kept.
const KEPT: Duration = Duration::from_secs(24 * 3600);

/// Where a picture may be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub id: UploadId,
    pub put_url: String,
    pub expires_at: Timestamp,
}

/// The parts of an upload's address as they came with a request; nothing is checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub key: KeyId,
    pub id: UploadId,
    /// Seconds since 1970.
    pub expires: i64,
    /// Hexadecimal.
    pub signature: String,
}

impl Address {
    /// What comes after the base of every link, without the signature.
    pub(crate) fn path(key: KeyId, id: UploadId) -> String {
        format!("/tools/v2/files/content/{}/{}", key.0, id.0)
    }
}

fn folder(key: KeyId, id: UploadId) -> String {
    format!("uploads/{}/{}", key.0, id.0)
}

impl Service {
    /// Gives the caller an address that takes one picture.
    ///
    /// # Errors
    /// When the server takes no work now.
    pub fn begin_upload(&self, caller: &Caller) -> Result<Ticket, Failure> {
        self.check_open()?;
        let id = UploadId(u64::from_le_bytes(secret::random_bytes()?));
        let (put_url, expires_at) = self.links.upload(caller.key, id, ADDRESS_LIFETIME, self.now());
        Ok(Ticket {
            id,
            put_url,
            expires_at,
        })
    }

    /// Whether an address was given out here and still holds.
    ///
    /// # Errors
    /// When it was not, or does not.
    pub fn check_address(&self, address: &Address) -> Result<(), LinkError> {
        self.links.verify_upload(address, self.now())
    }

    /// Keeps a picture that came to a checked address; the one that came before goes. `etag` names its bytes.
    ///
    /// # Errors
    /// A fault of the picture, or the disk's.
    pub async fn store_upload(&self, address: &Address, file: &FilePath, etag: &str) -> Result<(), Rejected> {
        self.disk.check()?;
        pictures::check_one(&PictureBytes::File(file.to_owned()), Field::Image(0)).await?;
        let folder = folder(address.key, address.id);
        self.objects.delete_below(&Path::from(folder.clone())).await?;
        let key = Path::from(format!("{folder}/new/{etag}"));
        Ok(self.objects.put(&key, file).await?)
    }

    /// The caller says that the picture is whole: from now on it can be used.
    ///
    /// # Errors
    /// [`Code::UploadUnknown`] when this key has no such upload, or its bytes have another etag.
    pub async fn finish_upload(&self, caller: &Caller, id: UploadId, etag: &str) -> Result<(), Failure> {
        let is_plain = !etag.is_empty() && etag.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_plain {
            return Err(unknown());
        }
        let folder = folder(caller.key, id);
        let (new, whole) = (
            Path::from(format!("{folder}/new/{etag}")),
            Path::from(format!("{folder}/whole/{etag}")),
        );
        // Said once more, it is still so.
        if self.objects.head(&whole).await?.is_some() || self.objects.copy(&new, &whole).await? {
            return Ok(());
        }
        Err(unknown())
    }

    /// Fetches the uploads among a request's pictures, with their places, to files that go when they are dropped.
    pub(crate) async fn uploaded(
        &self,
        caller: &Caller,
        request: &GenerationRequest,
    ) -> Result<Vec<(usize, TempPath)>, Rejected> {
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        for (number, image) in request.pictures() {
            let ImageSource::Upload(id) = image else { continue };
            let whole = Path::from(format!("{}/whole", folder(caller.key, *id)));
            let file = tempfile::NamedTempFile::new_in(self.uploads_dir());
            let file = file
                .map_err(|error| disk::failure("fetching an upload", &error))?
                .into_temp_path();
            let key = self.objects.first_below(&whole).await?;
            match key {
                Some(key) if self.objects.take(&key, &file).await? => found.push((number, file)),
                _ => {
                    let problem = "is no finished upload of this key, or has expired";
                    faults.push(Fault::new(
                        request.picture_field(number),
                        Code::ImageUnreachable,
                        problem,
                    ));
                }
            }
        }
        if faults.is_empty() {
            Ok(found)
        } else {
            Err(Faults(faults).into())
        }
    }

    /// Deletes uploads that are older than a day.
    pub(crate) async fn sweep_uploads(&self) -> Result<(), Failure> {
        let kept = i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
        let before = self.now().milliseconds().saturating_sub(kept);
        self.objects.delete_older(&Path::from("uploads"), before).await
    }
}

fn unknown() -> Failure {
    Failure::new(
        Code::UploadUnknown,
        "there is no such upload, or its etag is another one",
    )
}
