//! What is wrong with a certificate, in the user's words.

use std::io;

use rustls::{CertificateError, Error};

/// The problem behind a failed handshake; none if it was not the certificate.
pub(super) fn problem(failed: &io::Error) -> Option<&'static str> {
    let error = failed.get_ref()?.downcast_ref::<Error>()?;
    let Error::InvalidCertificate(problem) = error else {
        return None;
    };
    Some(match problem {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "Its certificate has expired, or this computer's clock is wrong."
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "Its certificate is not valid yet, or this computer's clock is wrong."
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "Its certificate was made out for another name."
        }
        CertificateError::UnknownIssuer => {
            "Its certificate was issued by an authority that this computer does not trust."
        }
        CertificateError::Revoked => "Its certificate was revoked.",
        _ => "Its certificate cannot be trusted.",
    })
}
