//! Tampering with the table behind the program's back, and what verifying says.

use kernel::id::ApplicationId;
use platform::journal::{self, Finding, Tampering};
use platform::{Database, JournalEntry};
use sea_orm::ConnectionTrait;
use sea_orm::{Database as Raw, Statement, Value};
use uuid::Uuid;

use crate::ground::each;

/// Two chains of five rows each.
async fn fill(db: &Database) -> [Uuid; 2] {
    let chains = [Uuid::from_u128(0xa << 100), Uuid::from_u128(0xb << 100)];
    for number in 1..=5 {
        for chain in chains {
            db.write(None, async |tx| {
                let facts = serde_json::json!({"name": "某某", "number": number});
                tx.record(JournalEntry::new(chain, "clerk", "casework.step", number).holding(&facts));
                Ok(())
            })
            .await
            .unwrap();
        }
    }
    chains
}

/// Changes the tables directly, as someone with the file or the password would. `$1` is the first chain, `$2` the second.
async fn tamper(url: &str, chains: [Uuid; 2], statements: &[&str]) {
    let raw = Raw::connect(url).await.unwrap();
    for sql in statements {
        let values: Vec<Value> =
            chains.into_iter().take(if sql.contains("$2") { 2 } else { 1 }).map(Value::from).collect();
        let statement = Statement::from_sql_and_values(raw.get_database_backend(), *sql, values);
        assert!(raw.execute_raw(statement).await.unwrap().rows_affected() > 0, "{sql}");
    }
    raw.close().await.unwrap();
}

async fn told(url: &str, statements: &[&str]) -> Vec<(char, i64, Tampering)> {
    let db = Database::open(url).await.unwrap();
    let chains = fill(&db).await;
    tamper(url, chains, statements).await;
    let verified = journal::verify(&db).await.unwrap();
    db.close().await;
    assert!(!verified.more);
    let letter = |chain| if chain == chains[0] { 'a' } else { 'b' };
    verified.findings.iter().map(|Finding { chain, seq, kind }| (letter(*chain), *seq, *kind)).collect()
}

#[tokio::test]
async fn a_record_nobody_touched_is_whole() {
    each(async |url| assert_eq!(told(&url, &[]).await, [])).await;
}

/// One case a line: what is done to the tables, and what must be told.
macro_rules! tampering {
    ($($name:ident: $statements:expr => $told:expr;)+) => { $(
        #[tokio::test]
        async fn $name() {
            use Tampering::*;
            each(async |url| assert_eq!(told(&url, &$statements).await, $told)).await;
        }
    )+ };
}

tampering! {
    a_changed_payload: ["UPDATE platform_journal SET payload = '{}' WHERE chain = $1 AND seq = 3"] => [('a', 3, Changed)];
    a_changed_actor: ["UPDATE platform_journal SET actor = 'other' WHERE chain = $1 AND seq = 5"] => [('a', 5, Changed)];
    a_changed_hash: ["UPDATE platform_journal SET hash = prev WHERE chain = $1 AND seq = 2"] => [('a', 2, Changed)];
    a_deleted_row: ["DELETE FROM platform_journal WHERE chain = $1 AND seq = 2"] => [('a', 2, Removed)];
    a_deleted_row_and_the_rest_moved_up: [
        "DELETE FROM platform_journal WHERE chain = $1 AND seq = 4",
        "UPDATE platform_journal SET seq = 4 WHERE chain = $1 AND seq = 5",
    ] => [('a', 4, Reordered { from: 5 }), ('a', 4, Removed)];
    two_swapped_rows: [
        "UPDATE platform_journal SET seq = 99 WHERE chain = $1 AND seq = 2",
        "UPDATE platform_journal SET seq = 2 WHERE chain = $1 AND seq = 4",
        "UPDATE platform_journal SET seq = 4 WHERE chain = $1 AND seq = 99",
    ] => [('a', 2, Reordered { from: 4 }), ('a', 4, Reordered { from: 2 })];
    a_row_spliced_in_from_another_chain: [
        "UPDATE platform_journal SET seq = 6 WHERE chain = $1 AND seq = 5",
        "UPDATE platform_journal SET chain = $1, seq = 5 WHERE chain = $2 AND seq = 5",
    ] => [('a', 5, Inserted), ('a', 6, Reordered { from: 5 }), ('b', 5, Removed)];
    a_row_replaced_by_one_of_another_chain: [
        "DELETE FROM platform_journal WHERE chain = $1 AND seq = 3",
        "UPDATE platform_journal SET chain = $1 WHERE chain = $2 AND seq = 3",
    ] => [('a', 3, Changed), ('b', 3, Removed)];
    a_row_copied_to_the_end: [
        "INSERT INTO platform_journal (chain, seq, at, actor, act, subject, payload, prev, hash) \
         SELECT chain, 6, at, actor, act, subject, payload, prev, hash FROM platform_journal WHERE chain = $1 AND seq = 5",
    ] => [('a', 6, Inserted)];
    a_tail_cut_off: ["DELETE FROM platform_journal WHERE chain = $2 AND seq > 3 AND chain <> $1"]
        => [('b', 4, Removed), ('b', 5, Removed)];
    a_tail_cut_off_with_the_head_removed: [
        "DELETE FROM platform_journal WHERE chain = $1 AND seq > 3",
        "DELETE FROM platform_journal_head WHERE chain = $1",
    ] => [('a', 3, HeadMissing)];
    a_chain_deleted: ["DELETE FROM platform_journal WHERE chain = $1"]
        => [('a', 1, Removed), ('a', 2, Removed), ('a', 3, Removed), ('a', 4, Removed), ('a', 5, Removed)];
}

#[tokio::test]
async fn acts_going_on_meanwhile_are_not_taken_for_tampering() {
    each(async |url| {
        let db = Database::open(&url).await.unwrap();
        fill(&db).await;
        let writing = async {
            for number in 0..150 {
                db.write(None, async |tx| {
                    let application: ApplicationId = tx.new_id();
                    tx.record(JournalEntry::new(application, "a", "act", number));
                    tx.record(JournalEntry::new(Uuid::from_u128(0xa << 100), "a", "act", number));
                    Ok(())
                })
                .await
                .unwrap();
            }
        };
        let verifying = async {
            for _ in 0..20 {
                let verified = journal::verify(&db).await.unwrap();
                assert_eq!(verified.findings, []);
            }
        };
        futures::join!(writing, verifying);
        assert_eq!(journal::verify(&db).await.unwrap().rows, 310);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_row_reads_back_as_it_was_recorded() {
    each(async |url| {
        let db = Database::open(&url).await.unwrap();
        let chain = fill(&db).await[0];
        let rows = journal::read(db.reader(), chain, 2).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!(rows[0].facts::<serde_json::Value>().unwrap()["name"], "某某");
        db.close().await;
    })
    .await;
}
