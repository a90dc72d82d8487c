//! What users have consented to, and the codes and tokens that came of it.

use std::collections::HashMap;
use std::sync::Arc;

use super::access_token::{self, Claims, Issuer};
use super::client::Client;
use super::pkce::Challenge;
use super::scope::Scopes;
use crate::identifiers::{random_id, random_secret};
use crate::switches::{RefreshReuse, RevokeEffect};
use crate::tenant::Tenant;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// How long a consent page can be answered.
const PENDING_LIFETIME_MS: i64 = DAY_MS;
/// A refresh token dies a year after the consent, or after 90 days without use (LEVER.md 1.6).
const REFRESH_LIFETIME_MS: i64 = 365 * DAY_MS;
const REFRESH_IDLE_MS: i64 = 90 * DAY_MS;

/// One consent; all tokens that descend from it form its family.
pub(crate) struct Grant {
    pub(crate) client: &'static Client,
    pub(crate) user: String,
    pub(crate) scopes: Arc<Scopes>,
    pub(crate) created_at: i64,
    /// When a token of it was last used at the API (ms).
    pub(crate) last_used_at: Option<i64>,
    pub(crate) revoked_at: Option<i64>,
}

/// An authorization request that waits for its answer on the consent page.
pub(super) struct Pending {
    pub(super) client: &'static Client,
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
    revoked: bool,
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
    tenant: Tenant,
    signing_key: [u8; 64],
    /// Each with the moment it was asked.
    pending: HashMap<String, (Pending, i64)>,
    grants: HashMap<String, Grant>,
    codes: HashMap<String, Code>,
    refresh_tokens: HashMap<String, RefreshToken>,
    access_tokens: HashMap<String, AccessToken>,
}

impl Grants {
    /// No consents yet, and a signing key that no other world has.
    pub(crate) fn new(tenant: Tenant) -> Self {
        Self {
            tenant,
            signing_key: rand::random(),
            pending: HashMap::new(),
            grants: HashMap::new(),
            codes: HashMap::new(),
            refresh_tokens: HashMap::new(),
            access_tokens: HashMap::new(),
        }
    }

    /// The id of the signing key of an access token, if this tenant has no such key.
    pub(crate) fn foreign_signing_key_id(&self, access_token: &str) -> Option<String> {
        let id = access_token::signing_key_id(access_token);
        id.filter(|id| id != self.tenant.signing_key_id())
    }

    /// Keeps a request until its consent page is answered; returns the page's transaction.
    pub(super) fn keep_pending(&mut self, request: Pending, now: i64) -> String {
        let transaction = random_secret();
        self.pending
            .retain(|_, (_, asked_at)| now - *asked_at < PENDING_LIFETIME_MS);
        self.pending.insert(transaction.clone(), (request, now));
        transaction
    }

    pub(super) fn take_pending(&mut self, transaction: &str) -> Option<Pending> {
        self.pending.remove(transaction).map(|(pending, _)| pending)
    }

    /// Whether a consent that still holds covers `scopes` for this client.
    pub(super) fn remembers(&self, client_id: &str, scopes: &Scopes) -> bool {
        self.active()
            .any(|grant| grant.client.id == client_id && grant.scopes.covers(scopes))
    }

    /// Consents that still hold.
    pub(crate) fn active(&self) -> impl Iterator<Item = &Grant> {
        self.grants
            .values()
            .filter(|grant| grant.revoked_at.is_none())
    }

    /// Records a consent and returns its one-time code, which lives for `lifetime_s` seconds.
    pub(super) fn consent(
        &mut self,
        request: Pending,
        user: &str,
        lifetime_s: u32,
        now: i64,
    ) -> String {
        let grant = random_id();
        let code = random_secret();
        self.codes.retain(|_, code| now < code.expires_at);
        self.codes.insert(
            code.clone(),
            Code {
                grant: grant.clone(),
                redirect_uri: request.redirect_uri,
                challenge: request.challenge,
                expires_at: now + i64::from(lifetime_s) * 1_000,
            },
        );
        self.grants.insert(
            grant,
            Grant {
                client: request.client,
                user: user.to_owned(),
                scopes: Arc::new(request.scopes),
                created_at: now,
                last_used_at: None,
                revoked_at: None,
            },
        );
        code
    }

    /// Trades a code of `client` for tokens. The code is spent even if the rest of the request is
    /// wrong. The redirect address may be left out, but a wrong one is refused (LEVER.md 1.5).
    pub(super) fn trade_code(
        &mut self,
        client: &Client,
        code: &str,
        redirect_uri: Option<&str>,
        verifier: Option<&str>,
        issuer: Issuer<'_>,
        now: i64,
    ) -> Result<Tokens, Refused> {
        let code = self.codes.remove(code).ok_or(Refused::UnknownCode)?;
        if now >= code.expires_at || !self.is_active(&code.grant, client) {
            return Err(Refused::UnknownCode);
        }
        if redirect_uri.is_some_and(|given| given != code.redirect_uri) {
            return Err(Refused::WrongRedirect);
        }
        if let Some(challenge) = &code.challenge
            && !verifier.is_some_and(|verifier| challenge.is_met_by(verifier))
        {
            return Err(Refused::WrongVerifier);
        }
        self.issue(&code.grant, issuer, now)
            .ok_or(Refused::UnknownCode)
    }

    /// Trades a refresh token of `client` for a new pair; the old one is used up (LEVER.md 1.6).
    pub(super) fn refresh(
        &mut self,
        client: &Client,
        token: &str,
        reuse: RefreshReuse,
        grace_ms: i64,
        issuer: Issuer<'_>,
        now: i64,
    ) -> Result<Tokens, Refused> {
        let unknown = Refused::UnknownRefreshToken;
        let grant = self.refresh_tokens.get(token).ok_or(unknown)?.grant.clone();
        if !self.is_active(&grant, client) {
            return Err(unknown);
        }
        let known = self.refresh_tokens.get_mut(token).ok_or(unknown)?;
        if known.revoked {
            return Err(unknown);
        }
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
        if is_too_old || idle_ms >= REFRESH_IDLE_MS {
            return Err(unknown);
        }
        self.issue(&grant, issuer, now).ok_or(unknown)
    }

    fn issue(&mut self, grant_id: &str, issuer: Issuer<'_>, now: i64) -> Option<Tokens> {
        let grant = self.grants.get(grant_id)?;
        let scope = grant.scopes.to_string();
        let claims = Claims {
            issuer,
            user: &grant.user,
            client_id: &self.tenant.name(grant.client.id),
            signing_key_id: self.tenant.signing_key_id(),
            scope: &scope,
            issued_at_ms: now,
        };
        let access_token = access_token::issue(&claims, &self.signing_key);
        let refresh_token = grant.scopes.allow_offline_access().then(random_secret);
        self.access_tokens.retain(|_, token| now < token.expires_at);
        self.refresh_tokens
            .retain(|_, token| now - token.issued_at < REFRESH_LIFETIME_MS);
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
                    revoked: false,
                },
            );
        }
        Some(Tokens {
            access_token,
            refresh_token,
            scope,
        })
    }

    /// The consent behind an access token and its id, or `None` if the token is unknown, expired or
    /// revoked at `now` (ms). Notes the use.
    pub(crate) fn recognise(&mut self, access_token: &str, now: i64) -> Option<(&str, &Grant)> {
        let token = self.access_tokens.get(access_token)?;
        let grant = self.grants.get_mut(&token.grant)?;
        if now >= token.expires_at || grant.revoked_at.is_some() {
            return None;
        }
        grant.last_used_at = Some(now);
        Some((&token.grant, grant))
    }

    /// Ends every consent: access and refresh tokens die (LV-08). Returns how many ended.
    pub(crate) fn revoke_all(&mut self, now: i64) -> usize {
        self.revoke_where(|_| true, now)
    }

    /// Ends every consent that was given to an application. Returns how many ended.
    pub(crate) fn revoke_client(&mut self, client_id: &str, now: i64) -> usize {
        self.revoke_where(|grant| grant.client.id == client_id, now)
    }

    fn revoke_where(&mut self, which: impl Fn(&Grant) -> bool, now: i64) -> usize {
        let active = self
            .grants
            .values_mut()
            .filter(|grant| grant.revoked_at.is_none() && which(grant));
        active.map(|grant| grant.revoked_at = Some(now)).count()
    }

    /// Ends a refresh token of `client`, or the consent it belongs to; an unknown token is no error
    /// (LEVER.md 1.9).
    pub(super) fn revoke_refresh_token(
        &mut self,
        client: &Client,
        token: &str,
        effect: RevokeEffect,
        now: i64,
    ) {
        let Some(known) = self.refresh_tokens.get_mut(token) else {
            return;
        };
        let Some(grant) = self.grants.get_mut(&known.grant) else {
            return;
        };
        if grant.client.id == client.id {
            known.revoked = true;
            if effect == RevokeEffect::Grant {
                grant.revoked_at.get_or_insert(now);
            }
        }
    }

    fn revoke_grant(&mut self, grant: &str, now: i64) {
        if let Some(grant) = self.grants.get_mut(grant) {
            grant.revoked_at.get_or_insert(now);
        }
    }

    /// Whether a consent still holds and was given to `client`.
    fn is_active(&self, grant: &str, client: &Client) -> bool {
        self.grants
            .get(grant)
            .is_some_and(|grant| grant.revoked_at.is_none() && grant.client.id == client.id)
    }
}
