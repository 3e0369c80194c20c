//! A new task's way into the store: its pictures first, then its row, under an id that nobody else has.

use domain::{
    draft::{Fault, Faults},
    failure::{Code, Failure},
    id::TaskId,
    request::ImageSource,
    store::{NewTask, SmallPicture, Submission},
    task::Task,
};

use crate::{
    failpoint, objects,
    pictures::PictureBytes,
    secret,
    service::{Service, store_failure},
    submit::Rejected,
};

/// Ids that are tried before a submit is given up.
const MOST_IDS: usize = 4;

/// Where a new task's pictures come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Inputs<'a> {
    /// They came with the request, with these numbers.
    Sent(&'a [(usize, PictureBytes)]),
    /// They are those of another task.
    Of(&'a Task),
}

impl Inputs<'_> {
    fn may_be_files(self) -> bool {
        match self {
            Self::Sent(pictures) => pictures.iter().any(|(_, picture)| picture.is_file()),
            Self::Of(_) => true,
        }
    }
}

impl Service {
    pub(crate) fn new_id(&self) -> Result<TaskId, Failure> {
        Ok(self.ids.next(self.now(), secret::random_u32()?))
    }

    /// Stores a task's pictures, then its row: they are on disk before it is, or with it. Another process on the same
    /// database may give the same ids: then the task gets another one, and neither sees the other's pictures.
    ///
    /// # Errors
    /// When the pictures are not there, or cannot be stored.
    pub(crate) async fn insert(&self, mut task: NewTask, inputs: Inputs<'_>) -> Result<Submission, Rejected> {
        for _ in 0..MOST_IDS {
            let id = task.id;
            // Another's pictures would be overwritten, or deleted.
            if inputs.may_be_files() && !self.claim(id).await? {
                task.id = self.new_id()?;
                continue;
            }
            let submitted = self.place_and_insert(task, inputs).await;
            if inputs.may_be_files() && !matches!(submitted, Ok(Submission::Created(_))) {
                self.drop_inputs(id).await;
            }
            match submitted {
                Ok(Submission::IdTaken(back)) => {
                    task = NewTask {
                        id: self.new_id()?,
                        pictures: Vec::new(),
                        ..*back
                    };
                }
                _ => return submitted,
            }
        }
        Err(Failure::internal("every new id was taken").into())
    }

    /// Takes the place of an id's pictures. False: another task has the id, or is about to.
    async fn claim(&self, id: TaskId) -> Result<bool, Failure> {
        if !self.objects.claim_inputs(id).await? {
            return Ok(false);
        }
        let existing = self.store.existing(&[id]).await.map_err(store_failure);
        if existing.as_ref().is_ok_and(Vec::is_empty) {
            return Ok(true);
        }
        self.drop_inputs(id).await;
        existing.map(|_| false)
    }

    async fn place_and_insert(&self, mut task: NewTask, inputs: Inputs<'_>) -> Result<Submission, Rejected> {
        match inputs {
            Inputs::Sent(pictures) => self.place_sent(&mut task, pictures).await?,
            Inputs::Of(source) => self.place_copies(&mut task, source).await?,
        }
        failpoint::reach("submit: pictures stored");
        let submitted = self.store.submit(task).await.map_err(store_failure)?;
        failpoint::reach("submit: row written");
        Ok(submitted)
    }

    async fn place_sent(&self, task: &mut NewTask, pictures: &[(usize, PictureBytes)]) -> Result<(), Failure> {
        for (number, picture) in pictures {
            match picture {
                PictureBytes::Small(bytes) => task.pictures.push(SmallPicture {
                    number: u32::try_from(*number).map_err(Failure::internal)?,
                    bytes: bytes.to_vec(),
                }),
                PictureBytes::File(file) => self.objects.put(&objects::input(task.id, *number), file).await?,
            }
        }
        Ok(())
    }

    async fn place_copies(&self, task: &mut NewTask, source: &Task) -> Result<(), Rejected> {
        for (number, image) in task.request.pictures() {
            if let Some(picture) = self.small_picture(source.id, number).await? {
                task.pictures.push(picture);
                continue;
            }
            let (from, to) = (objects::input(source.id, number), objects::input(task.id, number));
            let there = self.objects.copy(&from, &to).await?;
            if !there && !matches!(image, ImageSource::Url(_)) {
                let field = task.request.picture_field(number);
                let fault = Fault::new(field, Code::ImageUnreachable, "is no longer kept");
                return Err(Faults(vec![fault]).into());
            }
        }
        Ok(())
    }

    async fn drop_inputs(&self, id: TaskId) {
        if let Err(failure) = self.objects.delete_below(&objects::inputs(id)).await {
            tracing::warn!(task = %id, detail = failure.detail, "a refused task's pictures were left behind");
        }
    }
}
