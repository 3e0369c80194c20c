//! From a URL to the addresses that may be connected. A name is resolved once, its addresses are checked,
//! and the connection is made to exactly those: what a name server answers later makes no difference.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::{address::AddressPolicy, refusal::Refusal};

/// Where names are looked up.
#[async_trait]
pub trait Lookup: Send + Sync {
    /// All addresses of a name.
    ///
    /// # Errors
    /// When the name has none, or nobody could be asked.
    async fn lookup(&self, name: &str) -> io::Result<Vec<IpAddr>>;
}

/// The system's own resolver.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

#[async_trait]
impl Lookup for SystemLookup {
    async fn lookup(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        let addresses = tokio::net::lookup_host((name, 0)).await?;
        Ok(addresses.map(|address| address.ip()).collect())
    }
}

/// Checks everything about a URL that can be checked before a connection, and finds its addresses.
///
/// # Errors
/// When its scheme is neither http nor https, it carries a user or a password, its host cannot be found,
/// or none of the host's addresses may be connected.
pub(super) async fn resolve(
    url: &Url,
    lookup: &dyn Lookup,
    policy: &AddressPolicy,
) -> Result<CheckedAddresses, Refusal> {
    check_form(url)?;
    let port = url.port_or_known_default().ok_or(Refusal::Scheme)?;
    // The `url` crate has turned every odd spelling of an IPv4 address (0x7f000001, 127.1, 2130706433,
    // 0177.0.0.1, full-width digits, a dot at the end) into `Host::Ipv4`.
    let (name, found) = match url.host() {
        None => return Err(Refusal::Scheme),
        Some(Host::Ipv4(address)) => (address.to_string(), vec![IpAddr::V4(address)]),
        Some(Host::Ipv6(address)) => (address.to_string(), vec![IpAddr::V6(address)]),
        Some(Host::Domain(name)) => {
            let found = if is_localhost(name) {
                vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)]
            } else {
                lookup.lookup(name).await.map_err(Refusal::unresolved)?
            };
            (name.to_owned(), found)
        }
    };
    if found.is_empty() {
        return Err(Refusal::unresolved("the name has no address"));
    }
    let permitted: Vec<SocketAddr> = found
        .iter()
        .map(|address| SocketAddr::new(*address, port))
        .filter(|address| policy.permits(*address))
        .collect();
    if permitted.is_empty() {
        return Err(Refusal::Address { found });
    }
    Ok(CheckedAddresses {
        name,
        addresses: permitted,
    })
}

/// RFC 6761: these names are this machine, whatever a name server says.
fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

fn check_form(url: &Url) -> Result<(), Refusal> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::Credentials);
    }
    Ok(())
}

/// The resolver of one connection: it knows one name, and for it only addresses that were checked.
#[derive(Debug, Clone)]
pub(super) struct CheckedAddresses {
    name: String,
    addresses: Vec<SocketAddr>,
}

impl Resolve for CheckedAddresses {
    fn resolve(&self, name: Name) -> Resolving {
        let known = name.as_str().eq_ignore_ascii_case(&self.name);
        let addresses = self.addresses.clone();
        Box::pin(async move {
            if !known {
                return Err("only the name that was checked is resolved".into());
            }
            let addresses: Addrs = Box::new(addresses.into_iter());
            Ok(addresses)
        })
    }
}
