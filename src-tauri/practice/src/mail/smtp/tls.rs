//! The self-made certificate of STARTTLS.

use std::io;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

/// A certificate for this computer's own names that nobody trusts unless told to.
pub(super) struct SelfMade {
    /// The certificate as PEM, for a client that shall trust it.
    pub(super) certificate: String,
    pub(super) acceptor: TlsAcceptor,
}

impl SelfMade {
    /// A new certificate with a new key, which is never written anywhere.
    ///
    /// # Errors
    /// Fails if the platform has no randomness for a key.
    pub(super) fn new() -> io::Result<Self> {
        let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(names).map_err(io::Error::other)?;
        let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .map_err(io::Error::other)?;
        Ok(Self {
            certificate: cert.pem(),
            acceptor: TlsAcceptor::from(Arc::new(config)),
        })
    }
}
