//! What lies in the database in clear: of the people of the sample, nothing. Every text of every table is read, and of
//! SQLite the bytes of the file too, where also what was deleted would be found.

use std::collections::BTreeSet;
use std::path::PathBuf;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::database::connect;

/// What the law has published, or who acts in office: names there are nobody's secret.
///
/// The catalogue is public, officers answer by name, and the register of market entities is open to everybody
/// (企业信息公示暂行条例第六条); an individual business may be called after its owner.
const PUBLIC: [(&str, &str); 3] = [("catalog_", ""), ("access_account", ""), ("records_organisation", "name")];

/// Fails when one of these words stands anywhere in the database of this address.
pub async fn nothing_in_clear(url: &str, words: &BTreeSet<String>) {
    let db = connect(url).await;
    let staff = texts(&db, "access_account", "name").await;
    // A resident may be called like an officer, whose name may stand where it likes.
    let words: BTreeSet<&String> = words.iter().filter(|word| !staff.contains(word)).collect();
    assert!(words.len() > 20, "there are people to look for");
    let mut seen = 0;
    for (table, column) in columns(&db).await {
        if PUBLIC.iter().any(|(open, of)| table.starts_with(open) && (of.is_empty() || *of == column)) {
            continue;
        }
        for text in texts(&db, &table, &column).await {
            seen += 1;
            if let Some(word) = words.iter().find(|word| text.contains(word.as_str())) {
                panic!("{table}.{column} has {word} in clear: {text}");
            }
        }
    }
    assert!(seen > 1_000, "only {seen} texts were looked at");
    let _ = db.close().await;
    in_file(url, &words);
}

/// Numbers only: a name of two characters may be a part of the name of a shop, which is open.
fn in_file(url: &str, words: &BTreeSet<&String>) {
    let Some(path) = url.strip_prefix("sqlite:").and_then(|rest| rest.split('?').next()) else { return };
    for ending in ["", "-wal"] {
        let Ok(bytes) = std::fs::read(PathBuf::from(format!("{path}{ending}"))) else { continue };
        for number in words.iter().filter(|word| word.is_ascii()) {
            let found = bytes.windows(number.len()).any(|part| part == number.as_bytes());
            assert!(!found, "the file {path}{ending} has {number} in clear");
        }
    }
}

/// Every column that may hold text, of every table.
async fn columns(db: &DatabaseConnection) -> Vec<(String, String)> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND (upper(c.type) LIKE '%TEXT%' OR upper(c.type) LIKE '%CHAR%') \
             AND upper(c.type) NOT LIKE '%UUID%'"
        }
        _ => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = current_schema() AND data_type IN ('text', 'character varying', 'json', 'jsonb')"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("the columns");
    let pair = |row: &sea_orm::QueryResult| {
        (row.try_get_by_index(0).expect("a table"), row.try_get_by_index(1).expect("a column"))
    };
    rows.iter().map(pair).collect()
}

async fn texts(db: &DatabaseConnection, table: &str, column: &str) -> Vec<String> {
    let sql = format!("SELECT CAST(\"{column}\" AS text) FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("the rows");
    rows.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
}
