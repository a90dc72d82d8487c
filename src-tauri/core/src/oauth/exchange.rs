//! Authorization code with `state` and PKCE S256 (RFC 6749, RFC 7636, LEVER.md 1.3 to 1.8).

use std::time::Duration;

use oauth2::basic::{BasicClient, BasicErrorResponseType, BasicTokenResponse, BasicTokenType};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RefreshToken, RequestTokenError, Scope, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::config::LeverAddresses;
use crate::redact;
use crate::store::connections::Tokens;

/// The largest answer of a token endpoint that is read.
const LARGEST_ANSWER: usize = 256 * 1024;

/// An access token without a stated life is used this long (LEVER.md 1.6: one hour, less a margin).
const ASSUMED_LIFE: Duration = Duration::from_secs(50 * 60);

/// The app's registration with Lever; the admin brings it.
#[derive(Clone)]
pub struct Client {
    /// The client id.
    pub id: String,
    /// The client secret.
    pub secret: SecretString,
}

/// Why the token endpoint gave no tokens.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The code or the refresh token no longer counts; only this means "connect again".
    #[error(
        "Lever no longer accepts this connection (revoked, expired, or the admin changed). Connect again."
    )]
    Refused {
        /// Lever's own words.
        detail: String,
    },
    /// The client id or secret is wrong.
    #[error(
        "Lever does not know this client id, or the client secret is wrong. Check both and sign in again."
    )]
    Client {
        /// Lever's own words.
        detail: String,
    },
    /// Lever could not be reached, or did not answer in time.
    #[error("Lever's sign-in did not answer. Nothing was changed; try again in a moment.")]
    Unreachable {
        /// The raw text.
        detail: String,
    },
    /// Lever allowed more than it was asked for.
    #[error(
        "Lever allowed Fulcrum more than it asked for, so the answer was thrown away. Sign in again, and write to Lever if it happens again."
    )]
    Widened {
        /// The scopes that nobody asked for.
        detail: String,
    },
    /// Lever answered, but not as a token endpoint does.
    #[error(
        "Lever's sign-in has a problem of its own. Nothing was changed; try again in a moment."
    )]
    Failed {
        /// The raw text.
        detail: String,
    },
    /// An address cannot be used.
    #[error("The address of Lever's sign-in cannot be used.")]
    Address {
        /// The raw text.
        detail: String,
    },
}

/// A sign-in that was begun. Consumed by its completion, so that its state counts once.
pub struct Started {
    /// The address for the browser.
    pub authorize_url: Url,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
    redirect_uri: String,
    issuer: Url,
    scopes: Vec<String>,
}

impl Started {
    /// Whether an `iss` that came back names the server that was asked (RFC 9207 2.4). Lever does not document
    /// that it sends one, so only a wrong one is refused; Auth0 ends it with a slash (LEVER.md 1.5).
    pub fn is_issuer(&self, issuer: &str) -> bool {
        issuer.trim_end_matches('/') == self.issuer.as_str().trim_end_matches('/')
    }

    /// Whether a state that came back is the one that was sent; `CsrfToken` compares in constant time.
    pub fn is_state(&self, state: &str) -> bool {
        self.state == CsrfToken::new(state.to_owned())
    }
}

/// Tokens with what they allow.
pub struct Granted {
    /// The tokens.
    pub tokens: Tokens,
    /// The granted scopes; none if Lever did not list them, which means all that was asked for (RFC 6749 5.1).
    pub scopes: Option<Vec<String>>,
}

/// Talks to one authorization server for one client.
pub struct Exchange {
    pub(super) http: reqwest::Client,
    pub(super) addresses: LeverAddresses,
    pub(super) client: Client,
}

type Configured =
    BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

impl Exchange {
    /// For this server and client.
    pub fn new(http: reqwest::Client, addresses: LeverAddresses, client: Client) -> Self {
        Self {
            http,
            addresses,
            client,
        }
    }

    fn configured(&self) -> Result<Configured, ExchangeError> {
        let bad = |problem: url::ParseError| ExchangeError::Address {
            detail: problem.to_string(),
        };
        Ok(BasicClient::new(ClientId::new(self.client.id.clone()))
            .set_client_secret(ClientSecret::new(
                self.client.secret.expose_secret().to_owned(),
            ))
            .set_auth_uri(AuthUrl::new(self.addresses.auth_path("/authorize")).map_err(bad)?)
            .set_token_uri(TokenUrl::new(self.addresses.auth_path("/oauth/token")).map_err(bad)?)
            // Lever documents the credentials in the body and nothing else (LEVER.md 1.5).
            .set_auth_type(AuthType::RequestBody))
    }

    /// Begins a sign-in that comes back to `redirect_uri`.
    ///
    /// # Errors
    /// [`ExchangeError::Address`] if an address cannot be used.
    pub fn start(&self, redirect_uri: &str, scopes: &[&str]) -> Result<Started, ExchangeError> {
        let redirect = RedirectUrl::new(redirect_uri.to_owned()).map_err(|problem| {
            ExchangeError::Address {
                detail: problem.to_string(),
            }
        })?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        redact::conceal(verifier.secret());
        let client = self.configured()?.set_redirect_uri(redirect);
        let (authorize_url, state) = client
            .authorize_url(CsrfToken::new_random)
            .add_scopes(scopes.iter().map(|scope| Scope::new((*scope).to_owned())))
            .add_extra_param("audience", self.addresses.audience())
            .add_extra_param("prompt", "consent")
            .set_pkce_challenge(challenge)
            .url();
        Ok(Started {
            authorize_url,
            state,
            verifier,
            redirect_uri: redirect_uri.to_owned(),
            issuer: self.addresses.auth.clone(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        })
    }

    /// Exchanges a code for tokens. `now` is in milliseconds since 1970 UTC.
    ///
    /// # Errors
    /// [`ExchangeError`], a sentence each.
    pub async fn finish(
        &self,
        started: Started,
        code: String,
        now: i64,
    ) -> Result<Granted, ExchangeError> {
        let redirect =
            RedirectUrl::new(started.redirect_uri).map_err(|problem| ExchangeError::Address {
                detail: problem.to_string(),
            })?;
        let client = self.configured()?.set_redirect_uri(redirect);
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(started.verifier)
            .request_async(&|request| send(self.http.clone(), request))
            .await;
        let granted = granted(answer.map_err(in_words)?, None, now)?;
        let asked = &started.scopes;
        let widened = granted.scopes.iter().flatten();
        let widened: Vec<_> = widened
            .filter(|scope| !asked.contains(scope))
            .map(String::as_str)
            .collect();
        if widened.is_empty() {
            return Ok(granted);
        }
        Err(ExchangeError::Widened {
            detail: widened.join(" "),
        })
    }

    /// Exchanges a refresh token for the next pair (LEVER.md 1.6). `now` as above.
    ///
    /// # Errors
    /// [`ExchangeError`]; only [`ExchangeError::Refused`] means that the grant is gone.
    pub async fn refresh(
        &self,
        refresh: &SecretString,
        now: i64,
    ) -> Result<Granted, ExchangeError> {
        let token = RefreshToken::new(refresh.expose_secret().to_owned());
        let answer = self
            .configured()?
            .exchange_refresh_token(&token)
            .request_async(&|request| send(self.http.clone(), request))
            .await;
        granted(answer.map_err(in_words)?, Some(refresh), now)
    }
}

fn granted(
    answer: BasicTokenResponse,
    old: Option<&SecretString>,
    now: i64,
) -> Result<Granted, ExchangeError> {
    if *answer.token_type() != BasicTokenType::Bearer || answer.access_token().secret().is_empty() {
        return Err(ExchangeError::Unreachable {
            detail: "the answer holds no bearer token".to_owned(),
        });
    }
    let life = answer
        .expires_in()
        .filter(|life| !life.is_zero())
        .unwrap_or(ASSUMED_LIFE);
    let life = i64::try_from(life.as_millis()).unwrap_or(i64::MAX);
    let refresh = answer
        .refresh_token()
        .map(|token| redact::secret(token.secret()));
    Ok(Granted {
        tokens: Tokens {
            access: redact::secret(answer.access_token().secret()),
            access_expires_at: Some(now.saturating_add(life)),
            // A server that does not rotate leaves the old one in force (RFC 6749 6).
            refresh: refresh.or_else(|| old.cloned()),
        },
        scopes: answer
            .scopes()
            .map(|scopes| scopes.iter().map(|scope| scope.to_string()).collect()),
    })
}

type TokenError =
    RequestTokenError<SendError, oauth2::StandardErrorResponse<BasicErrorResponseType>>;

fn in_words(problem: TokenError) -> ExchangeError {
    match problem {
        RequestTokenError::ServerResponse(answer) => {
            let detail = match answer.error_description() {
                Some(words) => format!("{}: {words}", answer.error().as_ref()),
                None => answer.error().as_ref().to_owned(),
            };
            // It may repeat what it was sent.
            let detail = redact::without_secrets(&detail).into_owned();
            match answer.error() {
                BasicErrorResponseType::InvalidGrant => ExchangeError::Refused { detail },
                BasicErrorResponseType::InvalidClient
                | BasicErrorResponseType::UnauthorizedClient => ExchangeError::Client { detail },
                BasicErrorResponseType::Extension(name) if name == "access_denied" => {
                    ExchangeError::Client { detail }
                }
                _ => ExchangeError::Failed { detail },
            }
        }
        RequestTokenError::Request(problem) => ExchangeError::Unreachable {
            detail: problem.to_string(),
        },
        // The body is left out: it may hold a token.
        RequestTokenError::Parse(problem, _) => ExchangeError::Failed {
            detail: format!(
                "the answer is not that of a token endpoint ({})",
                problem.inner()
            ),
        },
        RequestTokenError::Other(text) => ExchangeError::Unreachable { detail: text },
    }
}

/// Why a request could not be sent or its answer read. Holds no address and no body.
#[derive(Debug, thiserror::Error)]
enum SendError {
    #[error("{0}")]
    Http(String),
    #[error("the answer is too large")]
    TooLarge,
}

impl From<reqwest::Error> for SendError {
    fn from(problem: reqwest::Error) -> Self {
        let what = if problem.is_timeout() {
            "no answer in time"
        } else if problem.is_connect() {
            "no connection"
        } else {
            "the answer broke off"
        };
        Self::Http(format!("{what} ({})", problem.without_url()))
    }
}

/// Sends with our own client: one reqwest, our time-outs, no redirects.
async fn send(http: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, SendError> {
    let (parts, body) = request.into_parts();
    let mut answer = http
        .request(parts.method, parts.uri.to_string())
        .headers(parts.headers)
        .body(body)
        .send()
        .await?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if bytes.len() + chunk.len() > LARGEST_ANSWER {
            return Err(SendError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    let mut response = HttpResponse::new(bytes);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}
