//! The configuration as a whole: each part owns its own settings beside its code, and here they are put
//! together, loaded, printed and described.

mod effective;
mod load;
mod reference;
mod server;

use engines::{motion::MotionSettings, speech::SpeechSettings};
use serde::{Deserialize, Serialize};
use service::{
    LimitSettings, RetentionSettings, WorkerSettings, fetch::FetchSettings, links::LinkSettings, notify::NotifySettings,
};
use store::StoreSettings;

pub use effective::{Effective, Origin};
pub use load::{ConfigError, Loaded, Sources, load};
pub use reference::reference;
pub use server::{LogFormat, LogSettings, ServerSettings};

/// Everything that can be set, in the order in which it is shown.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub server: ServerSettings,
    pub log: LogSettings,
    pub worker: WorkerSettings,
    pub limits: LimitSettings,
    pub fetch: FetchSettings,
    pub links: LinkSettings,
    pub notify: NotifySettings,
    pub retention: RetentionSettings,
    pub store: StoreSettings,
    pub motion: MotionSettings,
    pub speech: SpeechSettings,
}

impl Settings {
    /// The service's share of them.
    pub fn service(&self) -> service::Settings {
        service::Settings {
            worker: self.worker.clone(),
            retention: self.retention.clone(),
            limits: self.limits.clone(),
            links: self.links.clone(),
            fetch: self.fetch.clone(),
            notify: self.notify.clone(),
        }
    }
}
