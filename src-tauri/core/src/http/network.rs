//! How this computer reaches the internet: its proxy, and certificate authorities of a company's own.

use fulcrum_relay::client::{Proxies, Way};
use percent_encoding::percent_decode_str;
use rusqlite::Connection;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::redact;
use crate::store::{StoreError, settings};

/// The setting with all of it.
const NETWORK: &str = "network";

/// The most bytes that a file with certificates may have: a whole system's list has a quarter of that.
pub const LARGEST_FILE: usize = 1024 * 1024;

/// How this computer reaches the internet. Has no `Debug`: a proxy's address may hold a password.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// The proxy.
    pub proxy: ProxyChoice,
    /// Certificate authorities trusted beside the system's.
    pub authorities: Option<Authorities>,
}

/// Through which proxy connections go.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "url", rename_all = "snake_case")]
pub enum ProxyChoice {
    /// As the system says.
    #[default]
    System,
    /// Through none.
    None,
    /// Through this one.
    Address(Url),
}

/// Certificate authorities from a file that the user chose.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorities {
    /// The name of the file.
    pub name: String,
    /// Its certificates in DER.
    certificates: Vec<Vec<u8>>,
}

/// Why a file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthoritiesError {
    /// No certificate in PEM.
    #[error(
        "This file holds no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----."
    )]
    Empty,
    /// A certificate that cannot be read.
    #[error("One of the certificates in this file cannot be read.")]
    Damaged,
    /// It also holds what must stay secret.
    #[error("This file holds a private key. Choose a file with certificates only.")]
    PrivateKey,
    /// Far more than certificates need.
    #[error("This file is larger than 1 MB.")]
    TooLarge,
}

impl Authorities {
    /// The certificates of a PEM file.
    ///
    /// # Errors
    /// [`AuthoritiesError`], a sentence.
    pub fn parse(name: &str, pem: &str) -> Result<Self, AuthoritiesError> {
        if pem.len() > LARGEST_FILE {
            return Err(AuthoritiesError::TooLarge);
        }
        if pem.contains("PRIVATE KEY-----") {
            return Err(AuthoritiesError::PrivateKey);
        }
        let mut roots = RootCertStore::empty();
        let mut certificates = Vec::new();
        for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            let certificate = certificate.map_err(|_| AuthoritiesError::Damaged)?;
            let added = roots.add(certificate.clone());
            added.map_err(|_| AuthoritiesError::Damaged)?;
            certificates.push(certificate.to_vec());
        }
        if certificates.is_empty() {
            return Err(AuthoritiesError::Empty);
        }
        let name = name.chars().take(100).collect();
        Ok(Self { name, certificates })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.certificates.len()
    }

    pub(super) fn certificates(&self) -> impl Iterator<Item = &[u8]> {
        self.certificates.iter().map(Vec::as_slice)
    }
}

impl Network {
    /// As it was saved; as the system says if it never was.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub fn load(db: &Connection) -> Result<Self, StoreError> {
        let network: Self = settings::get(db, NETWORK)?.unwrap_or_default();
        network.conceal();
        Ok(network)
    }

    /// Saves it.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn save(&self, db: &Connection) -> Result<(), StoreError> {
        self.conceal();
        settings::put(db, NETWORK, self)
    }

    fn conceal(&self) {
        if let ProxyChoice::Address(url) = &self.proxy
            && let Some(password) = url.password()
        {
            redact::conceal(password);
            redact::conceal(&percent_decode_str(password).decode_utf8_lossy());
        }
    }

    /// The same for the connection to the relay.
    pub fn way(&self) -> Way {
        let proxies = match &self.proxy {
            ProxyChoice::System => Proxies::System,
            ProxyChoice::None => Proxies::None,
            ProxyChoice::Address(url) => Proxies::Address(url.clone()),
        };
        let extra = self.authorities.iter().flat_map(Authorities::certificates);
        Way {
            proxies,
            extra_authorities: extra
                .map(|der| CertificateDer::from(der.to_vec()))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authority() -> String {
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(vec!["ca.example".to_owned()]).unwrap();
        params.self_signed(&key).unwrap().pem()
    }

    #[test]
    fn a_file_with_certificates_is_taken_whole_and_anything_else_is_refused_with_the_reason() {
        let two = format!("Our CA\n{}\n{}", authority(), authority());
        let taken = Authorities::parse("company.pem", &two).unwrap();
        assert_eq!((taken.name.as_str(), taken.count()), ("company.pem", 2));
        let key = rcgen::KeyPair::generate().unwrap().serialize_pem();
        let damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        for (pem, why) in [
            ("", AuthoritiesError::Empty),
            ("hello", AuthoritiesError::Empty),
            (key.as_str(), AuthoritiesError::PrivateKey),
            (damaged, AuthoritiesError::Damaged),
            (
                " ".repeat(LARGEST_FILE + 1).as_str(),
                AuthoritiesError::TooLarge,
            ),
        ] {
            assert_eq!(Authorities::parse("x", pem).err(), Some(why));
        }
    }
}
