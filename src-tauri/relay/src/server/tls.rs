//! TLS of the relay itself: with a certificate from files, or with one that an ACME directory gives
//! (RFC 8555, validated by TLS-ALPN-01, RFC 8737). HTTP/1.1 only: an event is one request, a desktop
//! needs a WebSocket, and streams would be one more thing to flood.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use futures_util::StreamExt as _;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls_acme::caches::DirCache;
use rustls_acme::{AcmeConfig, is_tls_alpn_challenge};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;
use url::Url;

use super::database::make_private_folder;
use super::trust;
use crate::authorities::provider;

/// How often the files are looked at: a renewed certificate is served a minute later.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Where the relay's certificate comes from.
#[derive(Debug, Clone)]
pub enum Tls {
    /// From files, read again when they change.
    Files {
        /// The certificate and those that it depends on, in PEM.
        certificate: PathBuf,
        /// Its private key, in PEM.
        key: PathBuf,
    },
    /// From an ACME directory. Port 443 of each name has to lead here.
    Acme {
        /// The names to get a certificate for.
        domains: Vec<String>,
        /// The address of the directory.
        directory: Url,
        /// Where the directory may write to about the certificates, if anywhere.
        contact: Option<String>,
        /// Folder for account and certificate: without it each start would ask for new ones, which
        /// directories limit.
        cache: PathBuf,
    },
}

/// Why TLS cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The file is missing, or is not PEM.
    #[error("{} cannot be read", .0.display())]
    File(PathBuf, #[source] rustls::pki_types::pem::Error),
    /// The file has no certificate in it.
    #[error("{} contains no certificate", .0.display())]
    Empty(PathBuf),
    /// The two files do not belong together, or the key is of an unknown kind.
    #[error("certificate and key do not fit")]
    Pair(#[source] rustls::Error),
    /// The folder for what ACME gives cannot be made.
    #[error("the folder for certificates cannot be used")]
    Cache(#[source] io::Error),
    /// Everyone on the machine may enter that folder, and read the key in it.
    #[error("everyone may read {}, where the key of the certificate would be; take that right away", .0.display())]
    OpenCache(PathBuf),
    /// There is nothing to check another server's certificate against.
    #[error("this system offers no trusted certificate authorities")]
    NoRoots,
}

/// Makes a TLS stream of an accepted connection.
pub(super) struct Acceptor {
    ordinary: Arc<ServerConfig>,
    challenge: Option<Arc<ServerConfig>>,
    /// Keeps the certificate young.
    renewal: JoinHandle<()>,
}

impl Acceptor {
    /// Reads the certificate, or begins to ask for one. To be called within the runtime.
    pub(super) fn start(tls: &Tls) -> Result<Self, TlsError> {
        match tls {
            Tls::Files { certificate, key } => {
                let files = Arc::new(Files::open(certificate, key)?);
                Ok(Self {
                    ordinary: Arc::new(config(Arc::clone(&files) as _)),
                    challenge: None,
                    renewal: tokio::spawn(watch(files)),
                })
            }
            Tls::Acme {
                domains,
                directory,
                contact,
                cache,
            } => {
                make_private_folder(cache).map_err(TlsError::Cache)?;
                refuse_open(cache)?;
                let mut state =
                    AcmeConfig::new_with_client_config(domains, trust::client(None, None)?)
                        .directory(directory)
                        .contact(contact.iter().map(|address| format!("mailto:{address}")))
                        .cache(DirCache::new(cache.clone()))
                        .state();
                Ok(Self {
                    ordinary: Arc::new(config(state.resolver())),
                    challenge: Some(state.challenge_rustls_config_with_provider(provider())),
                    renewal: tokio::spawn(async move {
                        while let Some(step) = state.next().await {
                            match step {
                                Ok(step) => tracing::info!(?step, "ACME"),
                                Err(error) => tracing::error!(
                                    error = &error as &dyn Error,
                                    "no certificate by ACME"
                                ),
                            }
                        }
                    }),
                })
            }
        }
    }

    /// `None` for the directory's look at its challenge, which is over with the handshake.
    pub(super) async fn accept(
        &self,
        stream: TcpStream,
    ) -> io::Result<Option<TlsStream<TcpStream>>> {
        let hello = LazyConfigAcceptor::new(rustls::server::Acceptor::default(), stream).await?;
        if let Some(challenge) = &self.challenge
            && is_tls_alpn_challenge(&hello.client_hello())
        {
            hello.into_stream(Arc::clone(challenge)).await?;
            return Ok(None);
        }
        hello
            .into_stream(Arc::clone(&self.ordinary))
            .await
            .map(Some)
    }
}

impl Drop for Acceptor {
    fn drop(&mut self) {
        self.renewal.abort();
    }
}

/// The cache of `rustls_acme` leaves the mode of its files to the umask.
#[cfg(unix)]
fn refuse_open(cache: &Path) -> Result<(), TlsError> {
    use std::os::unix::fs::PermissionsExt as _;
    let facts = cache.metadata().map_err(TlsError::Cache)?;
    if facts.permissions().mode() & 0o007 == 0 {
        Ok(())
    } else {
        Err(TlsError::OpenCache(cache.to_owned()))
    }
}

#[cfg(not(unix))]
fn refuse_open(_: &Path) -> Result<(), TlsError> {
    Ok(())
}

fn config(certificate: Arc<dyn ResolvesServerCert>) -> ServerConfig {
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("ring offers the cipher suites of TLS 1.2 and 1.3")
        .with_no_client_auth()
        .with_cert_resolver(certificate);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config
}

/// A certificate and its key from two files.
struct Files {
    certificate: PathBuf,
    key: PathBuf,
    current: RwLock<Loaded>,
}

struct Loaded {
    pair: Arc<CertifiedKey>,
    /// When each file was last written.
    written: [Option<SystemTime>; 2],
}

impl Files {
    fn open(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let current = RwLock::new(load(certificate, key)?);
        Ok(Self {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            current,
        })
    }

    /// Reads the files if they were written since. While they are half-written or wrong, the
    /// certificate from before goes on being served.
    fn refresh(&self) -> Result<bool, TlsError> {
        let before = self.loaded(|current| current.written);
        if written(&self.certificate, &self.key) == before {
            return Ok(false);
        }
        let fresh = load(&self.certificate, &self.key)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(true)
    }

    fn loaded<T>(&self, part: impl FnOnce(&Loaded) -> T) -> T {
        part(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Files({})", self.certificate.display())
    }
}

impl ResolvesServerCert for Files {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.loaded(|current| Arc::clone(&current.pair)))
    }
}

fn load(certificate: &Path, key: &Path) -> Result<Loaded, TlsError> {
    // Asked for first: a write during the reading is noticed at the next look.
    let written = written(certificate, key);
    let chain = trust::certificates(certificate)?;
    if chain.is_empty() {
        return Err(TlsError::Empty(certificate.to_owned()));
    }
    let key =
        PrivateKeyDer::from_pem_file(key).map_err(|error| TlsError::File(key.to_owned(), error))?;
    let pair = CertifiedKey::from_der(chain, key, &provider()).map_err(TlsError::Pair)?;
    Ok(Loaded {
        pair: Arc::new(pair),
        written,
    })
}

fn written(certificate: &Path, key: &Path) -> [Option<SystemTime>; 2] {
    [certificate, key].map(|path| path.metadata().and_then(|facts| facts.modified()).ok())
}

async fn watch(files: Arc<Files>) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        match files.refresh() {
            Ok(true) => tracing::info!("a new certificate is served"),
            Ok(false) => {}
            Err(error) => tracing::error!(
                error = &error as &dyn Error,
                "the new certificate is not usable"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, pair: &rcgen::CertifiedKey<rcgen::KeyPair>) -> (PathBuf, PathBuf) {
        let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
        std::fs::write(&certificate, pair.cert.pem()).unwrap();
        std::fs::write(&key, pair.signing_key.serialize_pem()).unwrap();
        (certificate, key)
    }

    fn pair() -> rcgen::CertifiedKey<rcgen::KeyPair> {
        rcgen::generate_simple_self_signed(["relay.example".to_owned()]).unwrap()
    }

    /// As a later write does, on a file system with a clock of any coarseness.
    fn touch(path: &Path, seconds: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let file = std::fs::File::options().append(true).open(path).unwrap();
        file.set_modified(time).unwrap();
    }

    #[test]
    fn a_renewed_certificate_is_served_and_a_broken_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (pair(), pair());
        let (certificate, key) = write(folder.path(), &first);
        let files = Files::open(&certificate, &key).unwrap();
        let served = || files.loaded(|current| current.pair.cert[0].clone());
        assert!(!files.refresh().unwrap(), "nothing was written since");

        std::fs::write(&certificate, second.cert.pem()).unwrap();
        touch(&certificate, 1);
        assert!(
            matches!(files.refresh(), Err(TlsError::Pair(_))),
            "the old key"
        );
        assert_eq!(served(), *first.cert.der());

        write(folder.path(), &second);
        touch(&certificate, 2);
        assert!(files.refresh().unwrap());
        assert_eq!(served(), *second.cert.der());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_folder_for_certificates_that_everyone_may_read_is_refused_and_left_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.path(), open.clone()).unwrap();
        let tls = Tls::Acme {
            domains: vec!["relay.example".to_owned()],
            directory: "https://127.0.0.1:1".parse().unwrap(),
            contact: None,
            cache: folder.path().to_owned(),
        };
        let refused = Acceptor::start(&tls).err().unwrap();
        assert!(matches!(refused, TlsError::OpenCache(_)), "{refused}");
        let mode = folder.path().metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o755);
    }

    #[test]
    fn files_that_are_missing_empty_or_mixed_up_are_refused_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = write(folder.path(), &pair());
        let missing = folder.path().join("missing.pem");
        let open = |certificate: &Path, key: &Path| Files::open(certificate, key).err().unwrap();
        assert!(matches!(open(&missing, &key), TlsError::File(path, _) if path == missing));
        assert!(matches!(open(&certificate, &missing), TlsError::File(path, _) if path == missing));
        assert!(matches!(open(&key, &key), TlsError::Empty(path) if path == key));
        assert!(
            matches!(open(&certificate, &certificate), TlsError::File(path, _) if path == certificate)
        );
    }
}
