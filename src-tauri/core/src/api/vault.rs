//! `vault.*`: opening the database, where the secrets lie, and the recovery code.

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::{AppStatus, NoInput, status};
use super::engine::Engine;
use super::error::{AppError, ErrorCode};
use crate::redact;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::{file_in, settings};
use crate::vault::{RecoveryCode, SecretsPlace, UnlockError};

/// The passphrase for the key file.
#[derive(Deserialize, TS)]
pub struct Unlock {
    /// At least twelve characters when it is chosen.
    pub passphrase: String,
}

/// A recovery code as somebody typed it.
#[derive(Deserialize, TS)]
pub struct TypedCode {
    /// In any case, with any spaces and hyphens.
    pub code: String,
}

/// A recovery code that was just made. It is stored nowhere, so this answer is the only one that shows it.
#[derive(Serialize, TS)]
pub struct NewRecoveryCode {
    /// The code in groups.
    pub code: String,
}

/// Where the secrets of this installation are.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SecretsView {
    /// Where the key of the database is kept.
    pub place: SecretsPlace,
    /// The name of the keychain's entry or the path of the key file; none in memory.
    pub key_address: Option<String>,
    /// The encrypted file that holds everything else.
    pub database: String,
    /// When the recovery code was made and tried; none if there is none.
    pub recovery_code: Option<RecoveryCodeFacts>,
}

/// What is known of the recovery code; never the code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecoveryCodeFacts {
    /// When it was made, in milliseconds since 1970 UTC; none if that is not known.
    pub made_at: Option<i64>,
    /// When it was last typed in and found right.
    pub tested_at: Option<i64>,
}

/// The setting with the facts of the recovery code.
const RECOVERY: &str = "recovery_code";

impl From<UnlockError> for AppError {
    fn from(problem: UnlockError) -> Self {
        let sentence = problem.to_string();
        match problem {
            UnlockError::TooShort(_) | UnlockError::Wrong => Self::invalid("passphrase", sentence),
            UnlockError::WrongCode | UnlockError::NoCode => Self::invalid("code", sentence),
            UnlockError::Locked => Self::new(ErrorCode::Locked, sentence),
            UnlockError::NoKeyFile(_) | UnlockError::File { .. } => {
                Self::new(ErrorCode::Internal, sentence)
            }
        }
    }
}

/// Answers `vault.unlock`.
pub(super) async fn unlock(engine: &Engine, request: Unlock) -> Result<AppStatus, AppError> {
    let passphrase = redact::secret(request.passphrase);
    engine
        .unlock(move |vault| vault.unlock(&passphrase))
        .await?;
    status(engine, NoInput {}).await
}

/// Answers `vault.retry`.
pub(super) async fn retry(engine: &Engine, _: NoInput) -> Result<AppStatus, AppError> {
    if engine.running().await.is_err() {
        engine.open().await;
    }
    status(engine, NoInput {}).await
}

/// Answers `vault.recover`.
pub(super) async fn recover(engine: &Engine, request: TypedCode) -> Result<AppStatus, AppError> {
    let code = typed(request)?;
    engine.unlock(move |vault| vault.recover(&code)).await?;
    status(engine, NoInput {}).await
}

/// Answers `vault.choose_passphrase`. Only for a key that is nowhere else: one that the keychain or another passphrase
/// keeps needs none.
pub(super) async fn choose_passphrase(
    engine: &Engine,
    request: Unlock,
) -> Result<SecretsView, AppError> {
    let running = engine.running().await?;
    if engine.place()? != SecretsPlace::Memory {
        return Err(AppError::new(
            ErrorCode::Conflict,
            "The key of the database is kept already. Nothing was changed.",
        ));
    }
    let passphrase = redact::secret(request.passphrase);
    let place = engine
        .with_vault(move |vault| vault.choose_passphrase(&passphrase))
        .await?;
    engine.set_place(place);
    let now = engine.now();
    let sentence = "You chose a new passphrase for the key of the database.";
    running
        .store
        .write(move |db| {
            Entry::new(Kind::Settings, Outcome::Done, sentence)
                .by(Actor::You)
                .write(db, now)
        })
        .await?;
    show(engine, NoInput {}).await
}

/// Answers `vault.show`.
pub(super) async fn show(engine: &Engine, _: NoInput) -> Result<SecretsView, AppError> {
    let running = engine.running().await?;
    let place = engine.place()?;
    let recovery_code = if engine.vault().has_recovery_code() {
        let facts = running.store.read(|db| settings::get(db, RECOVERY)).await?;
        Some(facts.unwrap_or(RecoveryCodeFacts {
            made_at: None,
            tested_at: None,
        }))
    } else {
        None
    };
    Ok(SecretsView {
        place,
        key_address: engine.vault().address(place),
        database: file_in(&engine.options().data_dir).display().to_string(),
        recovery_code,
    })
}

/// Answers `vault.make_recovery_code`.
pub(super) async fn make_recovery_code(
    engine: &Engine,
    _: NoInput,
) -> Result<NewRecoveryCode, AppError> {
    let running = engine.running().await?;
    let code = engine
        .with_vault(|vault| vault.make_recovery_code())
        .await?;
    let now = engine.now();
    running
        .store
        .write(move |db| {
            let facts = RecoveryCodeFacts {
                made_at: Some(now),
                tested_at: None,
            };
            settings::put(db, RECOVERY, &facts)?;
            Entry::new(Kind::Settings, Outcome::Done, "You made a recovery code.")
                .by(Actor::You)
                .write(db, now)
        })
        .await?;
    Ok(NewRecoveryCode {
        code: code.grouped(),
    })
}

/// Answers `vault.test_recovery_code`.
pub(super) async fn test_recovery_code(
    engine: &Engine,
    request: TypedCode,
) -> Result<SecretsView, AppError> {
    let running = engine.running().await?;
    let code = typed(request)?;
    engine
        .with_vault(move |vault| vault.test_recovery_code(&code))
        .await?;
    let now = engine.now();
    running
        .store
        .write(move |db| {
            let known: Option<RecoveryCodeFacts> = settings::get(db, RECOVERY)?;
            let facts = RecoveryCodeFacts {
                made_at: known.and_then(|known| known.made_at),
                tested_at: Some(now),
            };
            settings::put(db, RECOVERY, &facts)?;
            let sentence = "You tried the recovery code. It opens the database.";
            Entry::new(Kind::Settings, Outcome::Done, sentence)
                .by(Actor::You)
                .write(db, now)
        })
        .await?;
    show(engine, NoInput {}).await
}

fn typed(request: TypedCode) -> Result<RecoveryCode, AppError> {
    let typed = redact::secret(request.code);
    RecoveryCode::parse(typed.expose_secret()).ok_or_else(|| {
        let sentence =
            "A recovery code has 24 letters and digits in six groups. Check that none is missing.";
        AppError::invalid("code", sentence)
    })
}
