//! TLS: rustls on ring, trusting what the machine trusts. Nothing else of the process chooses a provider.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::CertificateDer};
use rustls_platform_verifier::BuilderVerifierExt;

use super::SetupError;

/// Which certificate authorities are trusted.
#[derive(Debug, Clone, Default)]
pub enum Roots {
    /// Those of the machine.
    #[default]
    System,
    /// Exactly these; with none, https is not used at all.
    Only(Vec<CertificateDer<'static>>),
}

/// How connections are secured.
#[derive(Debug, Clone)]
pub(super) struct Tls {
    pub(super) config: ClientConfig,
    /// No certificate could ever be accepted.
    pub(super) has_roots: bool,
}

/// Makes ring the process' provider of cryptography, for everything that does not name its own. Called
/// again, it does nothing.
pub fn install_provider() {
    let _already_installed = ring::default_provider().install_default();
}

impl Tls {
    /// A machine without root certificates is no error: http still works, and https says why it does not.
    pub(super) fn new(roots: Roots) -> Result<Self, SetupError> {
        let system = match roots {
            Roots::System => builder()?.with_platform_verifier(),
            Roots::Only(authorities) => return Self::trusting(authorities),
        };
        match system {
            Ok(builder) => Ok(Self {
                config: builder.with_no_client_auth(),
                has_roots: true,
            }),
            Err(error) => {
                tracing::warn!(%error, "no root certificates on this machine: nothing can be fetched over https");
                Self::trusting(Vec::new())
            }
        }
    }

    fn trusting(authorities: Vec<CertificateDer<'static>>) -> Result<Self, SetupError> {
        let has_roots = !authorities.is_empty();
        let mut store = RootCertStore::empty();
        for authority in authorities {
            store.add(authority)?;
        }
        Ok(Self {
            config: builder()?.with_root_certificates(store).with_no_client_auth(),
            has_roots,
        })
    }
}

fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, SetupError> {
    let provider = Arc::new(ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?)
}
