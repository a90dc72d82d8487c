//! The relay as the client of a TLS connection: whom it trusts, and by which certificate it is known.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

use super::tls::{TlsError, provider};

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
    let mut roots = RootCertStore::empty();
    let (added, nothing) = match ca {
        Some(file) => (
            roots.add_parsable_certificates(certificates(file)?).0,
            TlsError::Empty(file.to_owned()),
        ),
        None => {
            let of_system = rustls_native_certs::load_native_certs().certs;
            (
                roots.add_parsable_certificates(of_system).0,
                TlsError::NoRoots,
            )
        }
    };
    if added == 0 {
        return Err(nothing);
    }
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("ring offers the cipher suites of TLS 1.2 and 1.3")
        .with_root_certificates(roots);
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
