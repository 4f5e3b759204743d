//! The same documents and questions in SQLite FTS5 and in PostgreSQL with pg_trgm, as far as they can be asked the same.
//!
//! FTS5 knows no Chinese words, so texts are put in as pairs of characters and each word is asked for as the phrase of its pairs,
//! in names only: over bodies as well its bm25 finds one in a hundred, because words of affairs stand in every body. pg_trgm finds
//! rows that hold all words and ranks them by the likeness of their names. Both are given the words cut out of the question
//! already, which nobody does for them in life.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, Value};
use search::Document;

use super::{Figures, Order, Question, at};
use crate::commands::bench::measure;
use crate::start;

/// An engine is asked no longer than this; slow ones answer fewer questions.
const PATIENCE: Duration = Duration::from_secs(30);
/// Rows put in with one statement.
const ROWS: usize = 200;

/// SQLite FTS5, in a file of its own.
pub(super) async fn sqlite(order: &Order, documents: &[Document], questions: &[Question]) -> Result<()> {
    let file = std::env::temp_dir().join(format!("yimen-bench-search-{}.db", std::process::id()));
    let on = connect(&format!("sqlite:{}?mode=rwc", file.display())).await?;
    let begun = Instant::now();
    on.execute_unprepared("CREATE VIRTUAL TABLE peer USING fts5(name, body, tokenize='unicode61')").await?;
    on.execute_unprepared("BEGIN").await?;
    for (chunk, rows) in documents.chunks(ROWS).enumerate() {
        let values = rows.iter().enumerate().flat_map(|(place, one)| {
            [Value::from((chunk * ROWS + place) as i64), pairs(&one.name, " ").into(), pairs(&one.body, " ").into()]
        });
        let places = vec!["(?, ?, ?)"; rows.len()].join(", ");
        let put = format!("INSERT INTO peer (rowid, name, body) VALUES {places}");
        on.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, put, values)).await?;
    }
    on.execute_unprepared("COMMIT").await?;
    let build = begun.elapsed();
    let memory_mb = std::fs::metadata(&file).map_or(0, |file| file.len() / 1_048_576);
    let statement = |one: &Question| {
        let all = one.words.iter().map(|word| format!("\"{}\"", pairs(word, " "))).collect::<Vec<_>>().join(" AND ");
        let ask = "SELECT rowid AS id FROM peer WHERE peer MATCH ? ORDER BY bm25(peer, 10.0, 1.0) LIMIT 10";
        Statement::from_sql_and_values(DbBackend::Sqlite, ask, [format!("{{name}} : ({all})").into()])
    };
    let figures = asked(&on, questions, statement, ("SQLite FTS5", build, memory_mb)).await?;
    on.close().await?;
    std::fs::remove_file(&file).context("removing the peer's file")?;
    figures.print(order.json);
    Ok(())
}

/// PostgreSQL with pg_trgm, where the configured database is one.
pub(super) async fn postgres(order: &Order, documents: &[Document], questions: &[Question]) -> Result<()> {
    let url = start::configuration()?.database_url;
    if !url.starts_with("postgres") {
        return Ok(());
    }
    let on = connect(&url).await?;
    on.execute_unprepared("CREATE EXTENSION IF NOT EXISTS pg_trgm").await?;
    on.execute_unprepared("DROP TABLE IF EXISTS peer").await?;
    let begun = Instant::now();
    on.execute_unprepared("CREATE TABLE peer (id bigint PRIMARY KEY, name text NOT NULL, body text NOT NULL)").await?;
    for (chunk, rows) in documents.chunks(ROWS).enumerate() {
        let values = rows.iter().enumerate().flat_map(|(place, one)| {
            [Value::from((chunk * ROWS + place) as i64), one.name.clone().into(), one.body.clone().into()]
        });
        let places: Vec<String> =
            (0..rows.len()).map(|row| format!("(${}, ${}, ${})", row * 3 + 1, row * 3 + 2, row * 3 + 3)).collect();
        let put = format!("INSERT INTO peer (id, name, body) VALUES {}", places.join(", "));
        on.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, put, values)).await?;
    }
    on.execute_unprepared("CREATE INDEX peer_trgm ON peer USING gin ((name || body) gin_trgm_ops)").await?;
    on.execute_unprepared("ANALYZE peer").await?;
    let build = begun.elapsed();
    let size = Statement::from_string(DbBackend::Postgres, "SELECT pg_relation_size('peer_trgm') AS size");
    let size = on.query_one_raw(size).await?.context("the size of the index")?.try_get::<i64>("", "size")?;
    let statement = |one: &Question| {
        let ask = "SELECT id FROM peer WHERE (name || body) LIKE $1 AND (name || body) LIKE $2 AND (name || body) LIKE $3 \
                   ORDER BY similarity(name, $4) DESC LIMIT 10";
        let likes = one.words.iter().map(|word| Value::from(format!("%{word}%")));
        Statement::from_sql_and_values(DbBackend::Postgres, ask, likes.chain([one.words.concat().into()]))
    };
    let built = ("pg_trgm", build, u64::try_from(size)? / 1_048_576);
    asked(&on, questions, statement, built).await?.print(order.json);
    on.execute_unprepared("DROP TABLE peer").await?;
    on.close().await?;
    Ok(())
}

async fn connect(url: &str) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.context("opening the peer's database")
}

/// One question after the other.
async fn asked(
    on: &DatabaseConnection,
    questions: &[Question],
    statement: impl Fn(&Question) -> Statement,
    (engine, build, memory_mb): (&'static str, Duration, u64),
) -> Result<Figures> {
    let (cpu, begun) = (measure::cpu(), Instant::now());
    let (mut times, mut found) = (Vec::new(), 0_usize);
    for one in questions {
        let from = Instant::now();
        let rows = on.query_all_raw(statement(one)).await?;
        times.push(from.elapsed());
        let ids = rows.iter().take(3).filter_map(|row| row.try_get::<i64>("", "id").ok());
        found += usize::from(ids.into_iter().any(|id| format!("made/{id}") == one.wanted));
        if begun.elapsed() > PATIENCE {
            break;
        }
    }
    let (count, wall) = (times.len() as f64, begun.elapsed().as_secs_f64());
    let own = (measure::cpu() - cpu).as_secs_f64();
    times.sort_unstable();
    // A server's CPU is its own; one question after the other, it is at most the time they took.
    let busy = if engine == "pg_trgm" { wall } else { own };
    Ok(Figures {
        engine,
        build,
        memory_mb,
        rate: count / wall,
        per_cpu_s: count / busy.max(f64::EPSILON),
        middle: at(&times, 0.5),
        p99: at(&times, 0.99),
        top3: found as f64 / count,
    })
}

/// The text as pairs of characters; a single character as itself.
fn pairs(text: &str, between: &str) -> String {
    let letters: Vec<char> = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    match letters.len() {
        0 | 1 => letters.iter().collect(),
        _ => letters.windows(2).map(|pair| pair.iter().collect::<String>()).collect::<Vec<_>>().join(between),
    }
}
