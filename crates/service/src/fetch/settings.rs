//! What limits a fetch.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::address::AddressPolicy;
use crate::quantity;

/// Limits of fetching pictures. The address rules hold for callbacks as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FetchSettings {
    /// Lets pictures and callbacks lead to this machine and into private networks too, but not to where clouds tell a
    /// machine its secrets. For those who host pictures at home: whoever has an API key can then make this server send
    /// requests into its own network.
    pub allow_private_networks: bool,
    /// The largest picture.
    #[serde(with = "quantity::bytes")]
    pub largest: u64,
    /// For the name to be resolved and the connection to be made.
    #[serde(with = "quantity::duration")]
    pub connect_timeout: Duration,
    /// For the next bytes to arrive, once the connection stands.
    #[serde(with = "quantity::duration")]
    pub idle_timeout: Duration,
    /// For one try as a whole, redirects included.
    #[serde(with = "quantity::duration")]
    pub total_timeout: Duration,
    /// How often a picture is tried whose server times out, breaks the connection or answers 5xx.
    pub tries: u32,
    /// The wait before the second try; it doubles before each further one.
    #[serde(with = "quantity::duration")]
    pub back_off: Duration,
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            allow_private_networks: false,
            largest: 50 << 20,
            connect_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(10),
            total_timeout: Duration::from_secs(60),
            tries: 3,
            back_off: Duration::from_millis(500),
        }
    }
}

impl FetchSettings {
    /// Which addresses these settings let through.
    pub fn policy(&self) -> AddressPolicy {
        if self.allow_private_networks {
            AddressPolicy::private_too()
        } else {
            AddressPolicy::public()
        }
    }
}
