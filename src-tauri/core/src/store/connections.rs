//! The connection to Lever, with its tokens. The whole file is encrypted, so the tokens change in the same
//! transaction as what depends on them.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params, params};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{StoreError, departures};
use crate::mapping::Mapping;
use crate::redact;

/// Who authorised the connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Account {
    /// Lever's id of the user, as its token names it.
    pub user_id: Option<String>,
    /// The user's name, or none if Lever did not say.
    pub user_name: Option<String>,
    /// The user's e-mail address.
    pub user_email: Option<String>,
    /// Lever's id of the organisation, as its token names it.
    pub organisation: Option<String>,
}

/// What a connection to Lever is for. Each has a grant of its own, so that ending one leaves the other alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Integration {
    /// Hires become people in workflows.
    Onboarding,
    /// Offers become offer letters.
    OfferLetters,
}

impl Integration {
    /// Each of them, in the order of the screens.
    pub const ALL: [Self; 2] = [Self::Onboarding, Self::OfferLetters];

    /// The one that a mapping reads Lever through.
    pub fn of(mapping: Mapping) -> Self {
        match mapping {
            Mapping::People => Self::Onboarding,
            Mapping::Offers => Self::OfferLetters,
        }
    }

    /// What it maps.
    pub fn mapping(self) -> Mapping {
        match self {
            Self::Onboarding => Mapping::People,
            Self::OfferLetters => Mapping::Offers,
        }
    }

    /// Its name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Onboarding => "Onboarding",
            Self::OfferLetters => "Offer letters",
        }
    }
}

impl Integration {
    fn text(self) -> &'static str {
        match self {
            Self::Onboarding => "onboarding",
            Self::OfferLetters => "offer_letters",
        }
    }
}

impl ToSql for Integration {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.text()))
    }
}

impl FromSql for Integration {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        let mut each = Self::ALL.into_iter();
        each.find(|one| one.text() == text)
            .ok_or(FromSqlError::InvalidType)
    }
}

/// A stored connection. Has no `Debug`: it holds secrets.
pub struct ConnectionRow {
    /// The environment, as its name in JSON.
    pub environment: String,
    /// How calls prove whose they are.
    pub login: Login,
    /// The granted scopes, separated by spaces; empty for an API key, whose permissions Lever does not tell.
    pub granted: String,
    /// Who authorised it, as JSON.
    pub account: String,
    /// The state, as its name in JSON.
    pub state: String,
    /// The last checks, as JSON.
    pub checks: String,
    /// When it was connected, in milliseconds since 1970 UTC.
    pub connected_at: i64,
    /// When it was last validated.
    pub validated_at: Option<i64>,
}

/// How calls prove whose they are. A disconnected one keeps what names it and none of its secrets.
pub enum Login {
    /// The admin's own registration with Lever, and the grant of a Super Admin.
    LeverConnect {
        /// The app's client id with Lever.
        client_id: String,
        /// The app's client secret.
        client_secret: Option<SecretString>,
        /// The tokens.
        tokens: Option<Tokens>,
    },
    /// An API key that a Super Admin made (LEVER.md 2.1).
    ApiKey(Option<SecretString>),
}

impl Login {
    /// The tokens of a grant; none for an API key.
    pub fn tokens(&self) -> Option<&Tokens> {
        match self {
            Self::LeverConnect { tokens, .. } => tokens.as_ref(),
            Self::ApiKey(_) => None,
        }
    }

    /// Whether there is a secret to call Lever with, as opposed to none after a disconnect.
    pub fn is_held(&self) -> bool {
        match self {
            Self::LeverConnect { tokens, .. } => tokens.is_some(),
            Self::ApiKey(key) => key.is_some(),
        }
    }
}

/// The tokens of a grant (LEVER.md 1.5).
#[derive(Clone)]
pub struct Tokens {
    /// Sent with every call.
    pub access: SecretString,
    /// When the access token ends, in milliseconds since 1970 UTC; none if Lever did not say.
    pub access_expires_at: Option<i64>,
    /// Used once for the next pair; none without `offline_access`.
    pub refresh: Option<SecretString>,
}

/// The connection of an integration.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, integration: Integration) -> Result<Option<ConnectionRow>, StoreError> {
    let row = db
        .prepare_cached("SELECT * FROM connections WHERE integration = ?1")?
        .query_row([integration], read)
        .optional()?;
    Ok(row)
}

/// How calls of a row prove whose they are.
pub(super) fn login(row: &Row<'_>) -> rusqlite::Result<Login> {
    let secret = |column| {
        row.get::<_, Option<String>>(column)
            .map(|text| text.map(redact::secret))
    };
    Ok(match row.get::<_, String>("way")?.as_str() {
        API_KEY => Login::ApiKey(secret("api_key")?),
        _ => Login::LeverConnect {
            client_id: row.get("client_id")?,
            client_secret: secret("client_secret")?,
            tokens: match secret("access_token")? {
                Some(access) => Some(Tokens {
                    access,
                    access_expires_at: row.get("access_expires_at")?,
                    refresh: secret("refresh_token")?,
                }),
                None => None,
            },
        },
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<ConnectionRow> {
    Ok(ConnectionRow {
        environment: row.get("environment")?,
        login: login(row)?,
        granted: row.get("granted")?,
        account: row.get("account")?,
        state: row.get("state")?,
        checks: row.get("checks")?,
        connected_at: row.get("connected_at")?,
        validated_at: row.get("validated_at")?,
    })
}

/// The column `way` of an API key.
const API_KEY: &str = "api_key";

/// The column `way` of a grant.
const LEVER_CONNECT: &str = "lever_connect";

/// Saves a connection in place of the old one.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put(
    db: &Connection,
    integration: Integration,
    row: &ConnectionRow,
) -> Result<(), StoreError> {
    let (way, client_id, client_secret, api_key) = match &row.login {
        Login::ApiKey(key) => (API_KEY, None, None, key.as_ref()),
        Login::LeverConnect {
            client_id,
            client_secret,
            ..
        } => (LEVER_CONNECT, Some(client_id), client_secret.as_ref(), None),
    };
    let tokens = row.login.tokens();
    db.prepare_cached(
        "INSERT OR REPLACE INTO connections (integration, environment, way, client_id, client_secret,
           access_token, access_expires_at, refresh_token, api_key, granted, account, state, checks,
           connected_at, validated_at)
         VALUES (:integration, :environment, :way, :client_id, :client_secret, :access, :access_expires_at,
           :refresh, :api_key, :granted, :account, :state, :checks, :connected_at, :validated_at)",
    )?
    .execute(named_params! {
        ":integration": integration,
        ":environment": row.environment,
        ":way": way,
        ":client_id": client_id,
        ":client_secret": client_secret.map(ExposeSecret::expose_secret),
        ":access": tokens.map(|tokens| tokens.access.expose_secret()),
        ":access_expires_at": tokens.and_then(|tokens| tokens.access_expires_at),
        ":refresh": tokens.and_then(|tokens| tokens.refresh.as_ref()).map(ExposeSecret::expose_secret),
        ":api_key": api_key.map(ExposeSecret::expose_secret),
        ":granted": row.granted,
        ":account": row.account,
        ":state": row.state,
        ":checks": row.checks,
        ":connected_at": row.connected_at,
        ":validated_at": row.validated_at,
    })?;
    Ok(())
}

/// Replaces the tokens, before the new access token is used (LEVER.md 1.6); `used` is the refresh token they came
/// from. If the connection was ended meanwhile they go where it went, so that no secret comes back by itself.
///
/// # Errors
/// [`StoreError`] if they cannot be written; the new pair must not be used then.
pub fn put_tokens(
    db: &Connection,
    integration: Integration,
    used: &SecretString,
    tokens: &Tokens,
) -> Result<(), StoreError> {
    departures::put_tokens(db, used.expose_secret(), tokens)?;
    db.prepare_cached(
        "UPDATE connections SET access_token = ?3, access_expires_at = ?4, refresh_token = ?5
         WHERE integration = ?1 AND refresh_token = ?2",
    )?
    .execute(params![
        integration,
        used.expose_secret(),
        tokens.access.expose_secret(),
        tokens.access_expires_at,
        tokens.refresh.as_ref().map(ExposeSecret::expose_secret),
    ])?;
    Ok(())
}

/// Replaces the client secret of a connection, and wherever the same registration with the same Lever is used: an
/// app has one. Nothing that was disconnected gets a secret back.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_client_secret(
    db: &Connection,
    integration: Integration,
    secret: &SecretString,
) -> Result<(), StoreError> {
    for table in ["connections", "departures"] {
        db.prepare_cached(&format!(
            "UPDATE {table} SET client_secret = ?2 WHERE client_secret IS NOT NULL AND (client_id, environment) =
               (SELECT client_id, environment FROM connections WHERE integration = ?1)",
        ))?
        .execute(params![integration, secret.expose_secret()])?;
    }
    Ok(())
}

/// Replaces the granted scopes, separated by spaces.
///
/// # Errors
/// [`StoreError`] if they cannot be written.
pub fn put_granted(
    db: &Connection,
    integration: Integration,
    granted: &str,
) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE connections SET granted = ?2 WHERE integration = ?1")?
        .execute(params![integration, granted])?;
    Ok(())
}

/// Changes the state, unless it was disconnected meanwhile.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_state(
    db: &Connection,
    integration: Integration,
    state: &str,
) -> Result<bool, StoreError> {
    let changed = db
        .prepare_cached(
            "UPDATE connections SET state = ?2 WHERE integration = ?1 AND state NOT IN (?2, 'disconnected')",
        )?
        .execute(params![integration, state])?;
    Ok(changed > 0)
}

/// Saves the outcome of a validation, unless it was disconnected meanwhile; `at` is none if it could not look at
/// everything.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_validation(
    db: &Connection,
    integration: Integration,
    (state, account, checks): (&str, &str, &str),
    at: Option<i64>,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE connections SET state = ?2, account = ?3, checks = ?4,
           validated_at = coalesce(?5, validated_at)
         WHERE integration = ?1 AND state <> 'disconnected'",
    )?
    .execute(params![integration, state, account, checks, at])?;
    Ok(())
}

/// Forgets who authorised a connection and what was granted.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn forget_account(db: &Connection, integration: Integration) -> Result<(), StoreError> {
    db.execute(
        "UPDATE connections SET account = '{}', granted = '', client_id = '' WHERE integration = ?1",
        [integration],
    )?;
    Ok(())
}
