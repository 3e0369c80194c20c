//! Which cryptography TLS uses.

/// Makes ring the process' provider; calling it again does nothing.
pub fn use_ring() {
    // Fails only when there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
