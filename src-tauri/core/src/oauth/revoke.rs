//! Telling the authorization server that a grant is no longer wanted. Lever documents no such address; a tenant of
//! Auth0 has one (LEVER.md 1.9), so it is tried and never relied upon.

use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};

use super::{Exchange, ExchangeError};

/// How a revocation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// The server took it. It does so also for a token that it does not know (RFC 7009 2.2).
    Done,
    /// The server has no such address.
    NotOffered,
}

impl Exchange {
    /// Ends the grant of a refresh token.
    ///
    /// # Errors
    /// [`ExchangeError::Unreachable`] if it is worth another try, [`ExchangeError::Refused`] if it is not.
    pub async fn revoke(&self, refresh: &SecretString) -> Result<Revoked, ExchangeError> {
        // Not by the oauth2 crate, whose revocation refuses a practice Lever on this computer for want of https.
        let form = [
            ("client_id", self.client.id.as_str()),
            ("client_secret", self.client.secret.expose_secret()),
            ("token", refresh.expose_secret()),
            ("token_type_hint", "refresh_token"),
        ];
        let answer = self
            .http
            .post(self.addresses.auth_path("/oauth/revoke"))
            .form(&form)
            .send()
            .await;
        let status = answer
            .map_err(|problem| ExchangeError::Unreachable {
                detail: problem.without_url().to_string(),
            })?
            .status();
        judged(status)
    }
}

fn judged(status: StatusCode) -> Result<Revoked, ExchangeError> {
    let detail = format!("Lever answered {}", status.as_u16());
    match status {
        StatusCode::NOT_FOUND
        | StatusCode::METHOD_NOT_ALLOWED
        | StatusCode::GONE
        | StatusCode::NOT_IMPLEMENTED => Ok(Revoked::NotOffered),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
            Err(ExchangeError::Unreachable { detail })
        }
        status if status.is_success() => Ok(Revoked::Done),
        status if status.is_client_error() => Err(ExchangeError::Refused { detail }),
        // Its own failures, and a redirection, which nobody follows with a secret.
        _ => Err(ExchangeError::Unreachable { detail }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_outage_is_tried_again() {
        let of = |status| judged(StatusCode::from_u16(status).unwrap());
        for done in [200, 204] {
            assert_eq!(of(done).unwrap(), Revoked::Done, "{done}");
        }
        for absent in [404, 405, 410, 501] {
            assert_eq!(of(absent).unwrap(), Revoked::NotOffered, "{absent}");
        }
        for outage in [302, 307, 408, 429, 500, 502, 503] {
            let again = of(outage).unwrap_err();
            assert!(
                matches!(again, ExchangeError::Unreachable { .. }),
                "{outage}"
            );
        }
        for refused in [400, 401, 403] {
            let final_word = of(refused).unwrap_err();
            assert!(
                matches!(final_word, ExchangeError::Refused { .. }),
                "{refused}"
            );
        }
    }
}
