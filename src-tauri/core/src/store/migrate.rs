//! Numbered migrations, all or nothing. A file from a newer version is refused; a copy is kept before an
//! older one is changed.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;
use super::open::private;

/// Every migration in order; number n makes format n.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/001_start.sql"),
    include_str!("migrations/002_integrations.sql"),
    include_str!("migrations/003_departures.sql"),
    include_str!("migrations/004_validations.sql"),
    include_str!("migrations/005_listener_switch.sql"),
    include_str!("migrations/006_mappings.sql"),
    include_str!("migrations/007_paused_listeners.sql"),
    include_str!("migrations/008_mapping_drafts.sql"),
    include_str!("migrations/009_samples.sql"),
    include_str!("migrations/010_permission_uses.sql"),
    include_str!("migrations/011_mapping_changes.sql"),
    include_str!("migrations/012_imports.sql"),
    include_str!("migrations/013_removed_fields.sql"),
    include_str!("migrations/014_opportunities.sql"),
    include_str!("migrations/015_admission.sql"),
    include_str!("migrations/016_listener_webhooks.sql"),
    include_str!("migrations/017_probes.sql"),
    include_str!("migrations/018_moved_addresses.sql"),
    include_str!("migrations/019_inbox_contents.sql"),
    include_str!("migrations/020_gaps.sql"),
    include_str!("migrations/021_listening_since.sql"),
    include_str!("migrations/022_copies.sql"),
    include_str!("migrations/023_moved_at.sql"),
    include_str!("migrations/024_letters.sql"),
    include_str!("migrations/025_listener_integrations.sql"),
];

/// Brings the file to the newest format.
pub(super) fn run(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    apply(connection, path, MIGRATIONS)
}

fn apply(connection: &mut Connection, path: &Path, migrations: &[&str]) -> Result<(), StoreError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    if found == known {
        return Ok(());
    }
    if found > 0 {
        keep_copy(connection, path, found)?;
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let done = usize::try_from(found).unwrap_or(0);
    for migration in &migrations[done..] {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

/// Copies the still encrypted file, with the log moved into it first.
fn keep_copy(connection: &Connection, path: &Path, format: i64) -> Result<(), StoreError> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let copy = path.with_extension(format!("before-format-{}.db", format + 1));
    let fail = |source| StoreError::File {
        path: copy.clone(),
        source,
    };
    fs::copy(path, &copy).map_err(fail)?;
    private(&copy, 0o600).map_err(fail)
}

/// A database of the newest format in memory.
#[cfg(test)]
pub(crate) fn memory() -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    apply(&mut connection, Path::new(":memory:"), MIGRATIONS).unwrap();
    connection
}

#[cfg(test)]
mod tests {
    use secrecy::{ExposeSecret, SecretString};

    use super::*;
    use crate::store::connections::{self, Integration, Login};

    fn fresh() -> (tempfile::TempDir, std::path::PathBuf, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        let connection = Connection::open(&path).unwrap();
        (folder, path, connection)
    }

    fn tables(connection: &Connection) -> Vec<String> {
        let mut statement = connection
            .prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
            .unwrap();
        statement
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    }

    #[test]
    fn the_snapshot_of_the_schema_is_what_the_migrations_make() {
        let (_folder, path, mut connection) = fresh();
        run(&mut connection, &path).unwrap();
        let made = tables(&connection).join(";\n\n") + ";\n";
        assert_eq!(
            made,
            include_str!("schema.sql"),
            "write the new schema to store/schema.sql"
        );
    }

    #[test]
    fn a_migration_that_fails_leaves_nothing_behind() {
        let (_folder, path, mut connection) = fresh();
        let broken = [
            "CREATE TABLE a (x) STRICT;",
            "CREATE TABLE b (x INTEGER) STRICT; nonsense;",
        ];
        assert!(apply(&mut connection, &path, &broken).is_err());
        assert!(
            tables(&connection).is_empty(),
            "no table of a failed run may stay"
        );
    }

    #[test]
    fn a_newer_file_is_refused_and_not_touched() {
        let (_folder, path, mut connection) = fresh();
        connection.pragma_update(None, "user_version", 99).unwrap();
        let refused = run(&mut connection, &path).unwrap_err();
        assert!(matches!(refused, StoreError::Newer { found: 99, .. }));
        assert!(tables(&connection).is_empty());
    }

    #[test]
    fn a_connection_of_format_1_is_the_one_of_onboarding_and_keeps_its_grant() {
        let (_folder, path, mut connection) = fresh();
        apply(&mut connection, &path, &MIGRATIONS[..1]).unwrap();
        connection
            .execute_batch(
                "INSERT INTO connections VALUES ('sora', 'sandbox', 'an-id', 'a-secret', 'an-access-token', 7,
                   'a-refresh-token', 'offline_access users:read:admin', '{}', 'verified', '[]', 5, 6)",
            )
            .unwrap();
        run(&mut connection, &path).unwrap();
        let row = connections::get(&connection, Integration::Onboarding)
            .unwrap()
            .unwrap();
        let Login::LeverConnect {
            client_id,
            client_secret,
            tokens,
        } = row.login
        else {
            panic!("it was made by Lever Connect");
        };
        let tokens = tokens.unwrap();
        let secret = |kept: Option<SecretString>| kept.unwrap().expose_secret().to_owned();
        assert_eq!(client_id, "an-id");
        assert_eq!(secret(client_secret), "a-secret");
        assert_eq!(secret(Some(tokens.access)), "an-access-token");
        assert_eq!(tokens.access_expires_at, Some(7));
        assert_eq!(secret(tokens.refresh), "a-refresh-token");
        assert_eq!(row.environment, "sandbox");
        assert_eq!(row.granted, "offline_access users:read:admin");
        assert_eq!(row.state, "verified");
        assert_eq!((row.connected_at, row.validated_at), (5, Some(6)));
        let other = connections::get(&connection, Integration::OfferLetters).unwrap();
        assert!(other.is_none(), "offer letters were not connected before");
    }

    /// Two listeners of format 24, one of them removed, with what arrived for them.
    const LISTENING: &str = "
        INSERT INTO workflows VALUES ('onboarding', 'Onboarding', '', 1);
        INSERT INTO endpoints (id, sealing_secret, state) VALUES ('e-1', x'01', 'live'), ('e-2', x'02', 'retired');
        INSERT INTO listeners (id, workflow_id, event, endpoint_id, signature_token, created_at, verified_at,
          last_event_at, mismatch_at, removed_at, off_at, paused_at, admission, webhook_begun_at, webhook_id,
          noticed_at, on_since)
        VALUES ('l-1', 'onboarding', 'candidateHired', 'e-1', 'a-token', 2, 3, 4, 5, NULL, 6, 7, '{\"stage\":null}',
            8, 'w-1', 9, 10),
          ('l-2', 'onboarding', 'candidateHired', 'e-2', NULL, 11, NULL, NULL, NULL, 12, NULL, NULL, '{}',
            NULL, NULL, NULL, 0);
        INSERT INTO inbox (id, delivery, listener_id, received_at, stored_at, verdict, size)
        VALUES (21, x'01', 'l-1', 1, 1, 'verified', 1), (22, x'02', 'l-2', 1, 1, 'held', 1),
          (23, x'03', NULL, 1, 1, 'rejected', 1);
        INSERT INTO inbox_contents VALUES (21, '[]', x'7b7d');";

    #[test]
    fn listeners_of_format_24_are_those_of_their_workflows_with_all_that_arrived_for_them() {
        let (_folder, path, mut connection) = fresh();
        connection
            .pragma_update(None, "foreign_keys", true)
            .unwrap();
        apply(&mut connection, &path, &MIGRATIONS[..24]).unwrap();
        connection.execute_batch(LISTENING).unwrap();
        let each = |connection: &Connection| -> Vec<String> {
            let columns = "id, workflow_id, event, endpoint_id, signature_token, created_at, verified_at,
              last_event_at, mismatch_at, removed_at, off_at, paused_at, admission, webhook_begun_at, webhook_id,
              noticed_at, on_since";
            let sql = format!("SELECT json_array({columns}) FROM listeners ORDER BY id");
            let mut rows = connection.prepare(&sql).unwrap();
            let rows = rows.query_map([], |row| row.get(0)).unwrap();
            rows.map(Result::unwrap).collect()
        };
        let before = each(&connection);
        run(&mut connection, &path).unwrap();
        assert_eq!(each(&connection), before);
        let count = |sql: &str| -> i64 { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(
            count("SELECT count(*) FROM listeners WHERE integration = 'onboarding'"),
            2
        );
        assert_eq!(
            count("SELECT count(*) FROM inbox JOIN listeners l ON l.id = listener_id"),
            2
        );
        assert_eq!(count("SELECT count(*) FROM inbox_contents"), 1);
        assert_eq!(count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    }

    #[test]
    fn a_listener_leads_into_a_workflow_or_is_the_one_of_offer_letters_for_its_event() {
        let connection = memory();
        connection.execute_batch(LISTENING_NOW).unwrap();
        let add = |id: &str, integration: &str, workflow: Option<&str>| {
            connection.execute(
                "INSERT INTO listeners (id, integration, workflow_id, event, endpoint_id, created_at)
                 VALUES (?1, ?2, ?3, 'candidateHired', ?1, 0)",
                (id, integration, workflow),
            )
        };
        assert!(add("e-1", "onboarding", None).is_err());
        assert!(add("e-1", "onboarding", Some("nowhere")).is_err());
        assert!(add("e-1", "offer_letters", Some("onboarding")).is_err());
        add("e-1", "offer_letters", None).unwrap();
        assert!(add("e-2", "offer_letters", None).is_err());
        connection
            .execute_batch("UPDATE listeners SET removed_at = 1")
            .unwrap();
        add("e-2", "offer_letters", None).unwrap();
        let orphan =
            "INSERT INTO inbox (delivery, listener_id, received_at, stored_at, verdict, size)
          VALUES (x'01', 'nobody', 1, 1, 'verified', 1)";
        assert!(connection.execute_batch(orphan).is_err());
    }

    /// A workflow and two addresses that no listener has yet.
    const LISTENING_NOW: &str = "
        INSERT INTO workflows VALUES ('onboarding', 'Onboarding', '', 1);
        INSERT INTO endpoints (id, sealing_secret, state) VALUES ('e-1', x'01', 'live'), ('e-2', x'02', 'live');";

    #[test]
    fn an_older_file_is_copied_before_it_is_changed() {
        let (folder, path, mut connection) = fresh();
        apply(
            &mut connection,
            &path,
            &["CREATE TABLE a (x INTEGER) STRICT;"],
        )
        .unwrap();
        let two = [
            "CREATE TABLE a (x INTEGER) STRICT;",
            "CREATE TABLE b (x INTEGER) STRICT;",
        ];
        apply(&mut connection, &path, &two).unwrap();
        let copy = Connection::open(folder.path().join("test.before-format-2.db")).unwrap();
        assert_eq!(tables(&copy).len(), 1, "the copy is the file as it was");
        assert_eq!(tables(&connection).len(), 2);
    }
}
