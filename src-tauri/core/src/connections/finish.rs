//! From the code that the browser brought to a connection: exchanged, tried, and only then kept.

use secrecy::SecretString;

use super::Account;
use super::checks::complete;
use super::failure::{self, Failure};
use super::model::ConnectionState;
use super::organisation::NewLogin;
use super::sign_in::Target;
use super::{Connections, claims};
use crate::http::Credential;
use crate::lever::{self, is_granted};
use crate::oauth::loopback::Code;
use crate::oauth::{Exchange, Granted, OFFLINE_ACCESS, Started};
use crate::store::StoreError;
use crate::store::connections::{ConnectionRow, Login};
use crate::store::names::name;

impl Connections {
    /// Exchanges a code and takes the connection that it gives. A grant that is of no use replaces nothing.
    pub(super) async fn finish(
        &self,
        target: &Target,
        started: Started,
        code: Code,
    ) -> Result<(), Failure> {
        let now = self.clock.now().as_millisecond();
        let exchange = Exchange::new(
            self.http.clone(),
            target.addresses.clone(),
            target.client.clone(),
        );
        let granted = exchange.finish(started, code.0, now).await;
        let mut granted = granted.map_err(|problem| failure::exchange(&problem))?;
        let scopes = granted
            .scopes
            .take()
            .unwrap_or_else(|| target.scopes.clone());
        if scopes.iter().all(|scope| scope == OFFLINE_ACCESS) {
            return Err(failure::nothing_granted());
        }
        let credential = Credential::Bearer(granted.tokens.access.clone());
        let lever = self.access.trial(&target.addresses, credential);
        let environment = target.environment.label();
        let mut account = claims::account(&granted.tokens.access);
        introduce(&lever, &mut account, environment).await?;
        let missing = missing(&target.scopes, &scopes);
        let integration = self.integration.label();
        let mut sentence = format!("You connected Lever ({environment}) for {integration}.");
        if !missing.is_empty() {
            let missing = missing.join(", ");
            sentence.push_str(&format!(
                " Lever allowed less than was asked for: {missing}."
            ));
        }
        let state = if missing.is_empty() {
            ConnectionState::ConnectedNotValidated
        } else {
            ConnectionState::ConnectedLimited
        };
        let row = connected(target, granted, &scopes, (&account, state), now);
        let new = NewLogin {
            row: row.map_err(|problem| failure::not_saved(&problem))?,
            account,
            lever,
            sentence,
            exchange: Some(exchange),
        };
        let taken = self.take(new).await;
        taken.map_err(|problem| failure::not_saved(&problem))
    }
}

/// Uses a new token for a first harmless read, which names the user. Only a refusal of the token itself speaks
/// against it; without any other answer the name stays open.
async fn introduce(
    lever: &lever::Client,
    account: &mut Account,
    environment: &str,
) -> Result<(), Failure> {
    let read = match &account.user_id {
        Some(_) => complete(lever, account).await,
        None => lever.probe("opportunities:read:admin").await.map(drop),
    };
    match read {
        Ok(()) => Ok(()),
        Err(lever::Error::WrongEnvironment) => Err(failure::other_environment(environment)),
        Err(problem) if problem.needs_connection() => Err(failure::not_accepted()),
        Err(problem) => {
            tracing::info!(%problem, "the user who signed in could not be read");
            Ok(())
        }
    }
}

/// What was asked for and not granted.
fn missing<'a>(asked: &'a [String], granted: &[String]) -> Vec<&'a str> {
    let granted = granted.join(" ");
    let missing = asked.iter().filter(|scope| !is_granted(&granted, scope));
    missing.map(String::as_str).collect()
}

fn connected(
    target: &Target,
    granted: Granted,
    scopes: &[String],
    (account, state): (&Account, ConnectionState),
    now: i64,
) -> Result<ConnectionRow, StoreError> {
    Ok(ConnectionRow {
        environment: name(&target.environment)?,
        account: serde_json::to_string(account)?,
        login: Login::LeverConnect {
            client_id: target.client.id.clone(),
            client_secret: Some(SecretString::clone(&target.client.secret)),
            tokens: Some(granted.tokens),
        },
        granted: scopes.join(" "),
        state: name(&state)?,
        checks: "[]".to_owned(),
        connected_at: now,
        validated_at: None,
    })
}
