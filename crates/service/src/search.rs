//! Finding tasks by what the store has no condition for.

use domain::{failure::Failure, request::Dialect, store::ListQuery, task::TaskView};

use crate::{authenticate::Caller, service::Service};

/// Tasks that are read at once.
const BATCH: u32 = 200;
/// Tasks that one search looks at; what lies beyond is not found.
const MOST_READ: usize = 20_000;

/// Which of the matches are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Matches that come before it.
    pub skip: usize,
    pub size: usize,
}

/// A page of matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub views: Vec<TaskView>,
    /// There are matches behind the page.
    pub more: bool,
}

impl Service {
    /// The caller's tasks that hold `query` and that `wants` takes. The query's limit is not used.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn search(
        &self,
        caller: &Caller,
        query: ListQuery,
        wants: impl Fn(&TaskView) -> bool,
        page: Page,
        dialect: Dialect,
    ) -> Result<Found, Failure> {
        let mut query = ListQuery { limit: BATCH, ..query };
        let mut views = Vec::new();
        let (mut skipped, mut read) = (0, 0);
        while read < MOST_READ {
            let batch = self.list(caller, &query, dialect).await?;
            read += batch.len();
            let is_last = batch.len() < BATCH as usize;
            query.after = batch.last().map(|view| view.task.id);
            for view in batch.into_iter().filter(&wants) {
                if skipped < page.skip {
                    skipped += 1;
                } else if views.len() < page.size {
                    views.push(view);
                } else {
                    return Ok(Found { views, more: true });
                }
            }
            if is_last {
                break;
            }
        }
        Ok(Found { views, more: false })
    }
}
