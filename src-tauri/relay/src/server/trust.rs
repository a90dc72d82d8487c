//! The relay as the client of a TLS connection: whom it trusts, and by which certificate it is known.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::tls::TlsError;
use crate::authorities;

/// A certificate of the relay's own and its key, both in PEM.
#[derive(Debug, Clone)]
pub struct ClientCertificate {
    /// The certificate and those that it depends on.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Trusts the authorities in the PEM file `ca`, or the system's without one, and shows `own` to servers that ask.
pub(super) fn client(
    ca: Option<&Path>,
    own: Option<&ClientCertificate>,
) -> Result<Arc<ClientConfig>, TlsError> {
    let (trusted, nothing) = match ca {
        Some(file) => (certificates(file)?, TlsError::Empty(file.to_owned())),
        None => (authorities::of_system(), TlsError::NoRoots),
    };
    let config = authorities::trusting(trusted).ok_or(nothing)?;
    let config = match own {
        None => config.with_no_client_auth(),
        Some(ClientCertificate { certificate, key }) => {
            let chain = certificates(certificate)?;
            if chain.is_empty() {
                return Err(TlsError::Empty(certificate.clone()));
            }
            let key = PrivateKeyDer::from_pem_file(key)
                .map_err(|error| TlsError::File(key.clone(), error))?;
            config
                .with_client_auth_cert(chain, key)
                .map_err(TlsError::Pair)?
        }
    };
    Ok(Arc::new(config))
}

/// What the PEM file has of certificates.
pub(super) fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    CertificateDer::pem_file_iter(file)
        .and_then(Iterator::collect)
        .map_err(|error| TlsError::File(file.to_owned(), error))
}
