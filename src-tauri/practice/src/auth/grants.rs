//! What users have consented to, and the codes and tokens that came of it.

use std::collections::HashMap;

use super::access_token::{self, Claims};
use super::pkce::Challenge;
use super::scope::Scopes;
use crate::identifiers::{random_id, random_secret};
use crate::switches::RefreshReuse;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// Lifetime of a code; Lever does not document it (LEVER.md 1.4).
const CODE_LIFETIME_MS: i64 = 10 * MINUTE_MS;
/// A refresh token dies a year after the consent, or after 90 days without use (LEVER.md 1.6).
const REFRESH_LIFETIME_MS: i64 = 365 * DAY_MS;
const REFRESH_IDLE_MS: i64 = 90 * DAY_MS;

/// One consent; all tokens that descend from it form its family.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) user: String,
    pub(crate) scopes: Scopes,
    pub(crate) created_at: i64,
    pub(crate) revoked_at: Option<i64>,
}

/// An authorization request that waits for its answer on the consent page.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) state: String,
    pub(super) scopes: Scopes,
    pub(super) challenge: Option<Challenge>,
}

struct Code {
    grant: String,
    redirect_uri: String,
    challenge: Option<Challenge>,
    expires_at: i64,
}

struct RefreshToken {
    grant: String,
    issued_at: i64,
    used_at: Option<i64>,
}

struct AccessToken {
    grant: String,
    expires_at: i64,
}

/// Tokens as the token endpoint hands them out.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) scope: String,
}

/// Why a code or refresh token is not accepted; clients see one `invalid_grant` for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    #[error("Invalid authorization code")]
    UnknownCode,
    #[error("The redirect URI is wrong")]
    WrongRedirect,
    #[error("Failed to verify code verifier")]
    WrongVerifier,
    #[error("Unknown or invalid refresh token.")]
    UnknownRefreshToken,
}

/// All consents, codes and tokens.
pub(crate) struct Grants {
    signing_key: [u8; 64],
    pending: HashMap<String, Pending>,
    grants: HashMap<String, Grant>,
    codes: HashMap<String, Code>,
    refresh_tokens: HashMap<String, RefreshToken>,
    access_tokens: HashMap<String, AccessToken>,
}

impl Default for Grants {
    fn default() -> Self {
        Self {
            signing_key: rand::random(),
            pending: HashMap::new(),
            grants: HashMap::new(),
            codes: HashMap::new(),
            refresh_tokens: HashMap::new(),
            access_tokens: HashMap::new(),
        }
    }
}

impl Grants {
    /// Keeps a request until its consent page is answered; returns the page's transaction.
    pub(super) fn keep_pending(&mut self, request: Pending) -> String {
        let transaction = random_secret();
        self.pending.insert(transaction.clone(), request);
        transaction
    }

    pub(super) fn take_pending(&mut self, transaction: &str) -> Option<Pending> {
        self.pending.remove(transaction)
    }

    /// Whether a consent that still holds covers `scopes` for this client.
    pub(super) fn remembers(&self, client_id: &str, scopes: &Scopes) -> bool {
        self.active()
            .any(|grant| grant.client_id == client_id && grant.scopes.covers(scopes))
    }

    /// Consents that still hold.
    pub(crate) fn active(&self) -> impl Iterator<Item = &Grant> {
        self.grants
            .values()
            .filter(|grant| grant.revoked_at.is_none())
    }

    /// Records a consent and returns its one-time code.
    pub(super) fn consent(&mut self, request: Pending, user: &str, now: i64) -> String {
        let grant = random_id();
        let code = random_secret();
        self.codes.insert(
            code.clone(),
            Code {
                grant: grant.clone(),
                redirect_uri: request.redirect_uri,
                challenge: request.challenge,
                expires_at: now + CODE_LIFETIME_MS,
            },
        );
        self.grants.insert(
            grant,
            Grant {
                client_id: request.client_id,
                user: user.to_owned(),
                scopes: request.scopes,
                created_at: now,
                revoked_at: None,
            },
        );
        code
    }

    /// Trades a code for tokens. The code is spent even if the rest of the request is wrong.
    pub(super) fn trade_code(
        &mut self,
        code: &str,
        redirect_uri: &str,
        verifier: Option<&str>,
        origin: &str,
        now: i64,
    ) -> Result<Tokens, Refused> {
        let code = self.codes.remove(code).ok_or(Refused::UnknownCode)?;
        if now >= code.expires_at || !self.is_active(&code.grant) {
            return Err(Refused::UnknownCode);
        }
        if code.redirect_uri != redirect_uri {
            return Err(Refused::WrongRedirect);
        }
        if let Some(challenge) = &code.challenge
            && !verifier.is_some_and(|verifier| challenge.is_met_by(verifier))
        {
            return Err(Refused::WrongVerifier);
        }
        self.issue(&code.grant, origin, now)
            .ok_or(Refused::UnknownCode)
    }

    /// Trades a refresh token for a new pair; the old one is used up (LEVER.md 1.6).
    pub(super) fn refresh(
        &mut self,
        token: &str,
        reuse: RefreshReuse,
        grace_ms: i64,
        origin: &str,
        now: i64,
    ) -> Result<Tokens, Refused> {
        let unknown = Refused::UnknownRefreshToken;
        let known = self.refresh_tokens.get_mut(token).ok_or(unknown)?;
        let grant = known.grant.clone();
        match known.used_at {
            None => known.used_at = Some(now),
            Some(used_at) => match reuse {
                RefreshReuse::Grace if now - used_at <= grace_ms => {}
                RefreshReuse::Grace | RefreshReuse::Refuse => return Err(unknown),
                RefreshReuse::RevokeFamily => {
                    self.revoke_grant(&grant, now);
                    return Err(unknown);
                }
            },
        }
        let idle_ms = now - known.issued_at;
        let consented_at = self.grants.get(&grant).map(|grant| grant.created_at);
        let is_too_old = consented_at.is_none_or(|at| now - at >= REFRESH_LIFETIME_MS);
        if is_too_old || idle_ms >= REFRESH_IDLE_MS || !self.is_active(&grant) {
            return Err(unknown);
        }
        self.issue(&grant, origin, now).ok_or(unknown)
    }

    fn issue(&mut self, grant_id: &str, origin: &str, now: i64) -> Option<Tokens> {
        let grant = self.grants.get(grant_id)?;
        let scope = grant.scopes.to_string();
        let claims = Claims {
            origin,
            user: &grant.user,
            client_id: &grant.client_id,
            scope: &scope,
            issued_at_ms: now,
        };
        let access_token = access_token::issue(&claims, &self.signing_key);
        let refresh_token = grant.scopes.allow_offline_access().then(random_secret);
        self.access_tokens.insert(
            access_token.clone(),
            AccessToken {
                grant: grant_id.to_owned(),
                expires_at: now + access_token::LIFETIME_S * 1_000,
            },
        );
        if let Some(token) = &refresh_token {
            self.refresh_tokens.insert(
                token.clone(),
                RefreshToken {
                    grant: grant_id.to_owned(),
                    issued_at: now,
                    used_at: None,
                },
            );
        }
        Some(Tokens {
            access_token,
            refresh_token,
            scope,
        })
    }

    /// What an access token allows at `now`, or `None` if it is unknown, expired or revoked.
    pub(crate) fn scopes_of(&self, access_token: &str, now: i64) -> Option<Scopes> {
        let token = self.access_tokens.get(access_token)?;
        let grant = self.grants.get(&token.grant)?;
        (now < token.expires_at && grant.revoked_at.is_none()).then(|| grant.scopes.clone())
    }

    /// Ends every consent: access and refresh tokens die (LV-08). Returns how many ended.
    pub(crate) fn revoke_all(&mut self, now: i64) -> usize {
        let active = self
            .grants
            .values_mut()
            .filter(|grant| grant.revoked_at.is_none());
        active.map(|grant| grant.revoked_at = Some(now)).count()
    }

    /// Ends the consent a refresh token belongs to; an unknown token is no error (LEVER.md 1.9).
    pub(super) fn revoke_refresh_token(&mut self, token: &str, now: i64) {
        let grant = self
            .refresh_tokens
            .get(token)
            .map(|known| known.grant.clone());
        if let Some(grant) = grant {
            self.revoke_grant(&grant, now);
        }
    }

    fn revoke_grant(&mut self, grant: &str, now: i64) {
        if let Some(grant) = self.grants.get_mut(grant) {
            grant.revoked_at.get_or_insert(now);
        }
    }

    fn is_active(&self, grant: &str) -> bool {
        self.grants
            .get(grant)
            .is_some_and(|grant| grant.revoked_at.is_none())
    }
}
