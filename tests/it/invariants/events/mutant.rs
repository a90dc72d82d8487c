//! The mutant X4 (RELIABILITY.md 3.5): the same program on a database whose inbox has no unique keys, so that only they
//! can be what keeps repetitions out.

use fulcrum_core::store::StoreError;
use fulcrum_tests::TestWorld;

/// Makes the inbox of this world's own database anew without its unique keys, while the laptop is off.
pub async fn forget_unique_keys(world: &mut TestWorld) {
    world.switch_off().await;
    let store = world.world.store().unwrap();
    let keys = store.write(|db| {
        let table = "SELECT sql FROM sqlite_schema WHERE name = 'inbox'";
        let table: String = db.query_row(table, [], |row| row.get(0))?;
        let keys = table.matches(" UNIQUE").count();
        let without = table.replacen("inbox", "mutant", 1).replace(" UNIQUE", "");
        db.execute_batch(&format!(
            "{without};
             INSERT INTO mutant SELECT * FROM inbox;
             DROP TABLE inbox;
             ALTER TABLE mutant RENAME TO inbox;"
        ))?;
        Ok::<_, StoreError>(keys)
    });
    assert_eq!(keys.await.unwrap(), 2, "the delivery and its signature");
    store.close().await;
    world.switch_on().await;
}
