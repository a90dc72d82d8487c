//! Proof Key for Code Exchange (RFC 7636): optional here, checked if a challenge was given.

use sha2::{Digest, Sha256};

/// The challenge of an authorization request.
#[derive(Clone, Debug)]
pub(super) enum Challenge {
    S256(String),
    Plain(String),
}

impl Challenge {
    /// Reads `code_challenge` and `code_challenge_method`; the method defaults to `plain`.
    /// Returns `Err` for a method that does not exist.
    pub(super) fn parse(challenge: Option<&str>, method: Option<&str>) -> Result<Option<Self>, ()> {
        let Some(challenge) = challenge.map(str::to_owned) else {
            return Ok(None);
        };
        match method {
            Some("S256") => Ok(Some(Self::S256(challenge))),
            None | Some("plain") => Ok(Some(Self::Plain(challenge))),
            Some(_) => Err(()),
        }
    }

    /// Whether `verifier` is the one the challenge was made from.
    pub(super) fn is_met_by(&self, verifier: &str) -> bool {
        match self {
            Self::Plain(challenge) => challenge == verifier,
            Self::S256(challenge) => {
                let digest = Sha256::digest(verifier.as_bytes());
                *challenge == data_encoding::BASE64URL_NOPAD.encode(&digest)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7636_appendix_b_is_met() {
        let challenge = Challenge::S256("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".into());
        assert!(challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(!challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"));
    }
}
