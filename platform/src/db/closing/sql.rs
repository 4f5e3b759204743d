//! The text of the closing statement: on PostgreSQL one `WITH`, on SQLite several statements in one text. Placeholders
//! are numbered throughout, so that the same act has the same text every time and is prepared once.

use std::fmt::{Arguments, Write};

use sea_orm::sea_query::{PostgresQueryBuilder, QueryBuilder, SqlWriter, SqlWriterValues, SqliteQueryBuilder};
use sea_orm::{Statement, Value};

use super::{Batch, Closing, Link};
use crate::db::Engine;
use crate::journal::{self, Head};
use crate::queue;

/// For PostgreSQL outside a transaction: if a guarded row or a head has moved, it fails and nothing is written. SQL has
/// no statement for failing on purpose, so it divides by the number of rows touched.
pub(super) fn all_or_nothing(batch: &Batch) -> Statement {
    let mut text = Text::new();
    text.with(batch, Journal::Anyway);
    text.put(format_args!(" SELECT 1 / (1"));
    for name in touching(batch) {
        text.put(format_args!(" * coalesce((SELECT n FROM {name}), 0)"));
    }
    text.put(format_args!(")"));
    text.finish(Engine::Postgres)
}

/// For PostgreSQL inside a transaction: the answer tells for every guarded statement, then for every head, whether it
/// touched its row (1 or 0). Journal rows are written only where the head was moved.
pub(super) fn telling(batch: &Batch) -> Statement {
    let mut text = Text::new();
    text.with(batch, Journal::IfMoved);
    let mut parts = Parts::new(" SELECT ", ", ");
    for name in touching(batch) {
        text.put(format_args!("{}coalesce((SELECT n FROM {name}), 0)", parts.next()));
    }
    if parts.is_new() {
        text.put(format_args!(" SELECT 1"));
    }
    text.finish(Engine::Postgres)
}

/// For SQLite: one statement after the other. After each that must touch exactly one row stands one that fails if it
/// did not: with one row it is the absolute value of the smallest number but one, otherwise of the smallest, which has none.
pub(super) fn one_by_one(batch: &Batch) -> Statement {
    const OR_FAIL: &str = "SELECT abs(-9223372036854775807 - (changes() <> 1))";
    let mut text = Text::new();
    let mut parts = Parts::new("", "; ");
    for waiting in &batch.closing {
        text.put(format_args!("{}", parts.next()));
        text.closing(&waiting.statement, &SqliteQueryBuilder);
        if waiting.guarded {
            text.put(format_args!("{}{OR_FAIL}", parts.next()));
        }
    }
    for link in &batch.links {
        text.put(format_args!("{}{} ", parts.next(), journal::store::INSERT));
        text.rows(link.rows.iter().map(journal::store::values));
        text.put(format_args!("{}", parts.next()));
        text.head(link);
        text.put(format_args!("{}{OR_FAIL}", parts.next()));
    }
    if !batch.rows.is_empty() {
        text.put(format_args!("{}{} ", parts.next(), queue::store::INSERT));
        text.rows(batch.rows.iter().map(queue::store::values));
        text.put(format_args!(" {}", queue::store::REPLACE));
    }
    text.finish(Engine::Sqlite)
}

/// The names of the parts that must touch a row.
fn touching(batch: &Batch) -> impl Iterator<Item = String> {
    let guarded = batch.closing.iter().enumerate().filter(|(_, waiting)| waiting.guarded);
    guarded.map(|(place, _)| format!("c{place}")).chain((0..batch.links.len()).map(|place| format!("h{place}")))
}

/// When journal rows are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Journal {
    Anyway,
    IfMoved,
}

/// A statement being written.
struct Text(SqlWriterValues);

impl Text {
    fn new() -> Self {
        Self(SqlWriterValues::new("$", true))
    }

    fn finish(self, engine: Engine) -> Statement {
        let (sql, values) = self.0.into_parts();
        Statement { sql, values: Some(values), db_backend: engine.backend() }
    }

    fn put(&mut self, text: Arguments<'_>) {
        self.0.write_fmt(text).expect("writing to a string does not fail");
    }

    fn value(&mut self, value: Value) {
        // Both engines take `$n`; the builder is only asked how to write constants, of which there are none.
        self.0.push_param(value, &PostgresQueryBuilder);
    }

    /// `WITH c0 AS (…), h0 AS (…), j0 AS (…), q AS (…)`.
    fn with(&mut self, batch: &Batch, journal: Journal) {
        let mut parts = Parts::new("WITH ", ", ");
        for (place, waiting) in batch.closing.iter().enumerate() {
            self.put(format_args!("{}c{place} AS (", parts.next()));
            self.closing(&waiting.statement, &PostgresQueryBuilder);
            self.put(format_args!("{}", if waiting.guarded { " RETURNING 1 AS n)" } else { ")" }));
        }
        for (place, link) in batch.links.iter().enumerate() {
            self.put(format_args!("{}h{place} AS (", parts.next()));
            self.head(link);
            self.put(format_args!(" RETURNING 1 AS n), j{place} AS ({} ", journal::store::INSERT));
            match journal {
                Journal::Anyway => self.rows(link.rows.iter().map(journal::store::values)),
                Journal::IfMoved => {
                    self.put(format_args!("SELECT v.* FROM ("));
                    self.rows(link.rows.iter().map(journal::store::values));
                    self.put(format_args!(") AS v CROSS JOIN h{place}"));
                }
            }
            self.put(format_args!(")"));
        }
        if !batch.rows.is_empty() {
            self.put(format_args!("{}q AS ({} ", parts.next(), queue::store::INSERT));
            self.rows(batch.rows.iter().map(queue::store::values));
            self.put(format_args!(" {})", queue::store::REPLACE));
        }
    }

    /// Makes the head of a new chain, or moves a known one if it stands where we think.
    fn head(&mut self, link: &Link) {
        let head = link.head();
        if link.after == Head::START {
            self.put(format_args!("{} ", journal::store::MAKE_HEAD));
            self.rows(std::iter::once(vec![link.chain.into(), head.seq.into(), head.hash.to_vec().into()]));
            self.put(format_args!(" ON CONFLICT (chain) DO NOTHING"));
            return;
        }
        for (text, value) in [
            ("UPDATE platform_journal_head SET seq = ", Value::from(head.seq)),
            (", hash = ", head.hash.to_vec().into()),
            (" WHERE chain = ", link.chain.into()),
            (" AND seq = ", link.after.seq.into()),
            (" AND hash = ", link.after.hash.to_vec().into()),
        ] {
            self.put(format_args!("{text}"));
            self.value(value);
        }
    }

    fn closing<B: QueryBuilder>(&mut self, closing: &Closing, builder: &B) {
        match closing {
            Closing::Insert(statement) => builder.prepare_insert_statement(statement, &mut self.0),
            Closing::Update(statement) => builder.prepare_update_statement(statement, &mut self.0),
            Closing::Delete(statement) => builder.prepare_delete_statement(statement, &mut self.0),
        }
    }

    fn rows(&mut self, rows: impl Iterator<Item = Vec<Value>>) {
        let mut row_parts = Parts::new("VALUES ", ", ");
        for row in rows {
            let mut parts = Parts::new("(", ", ");
            self.put(format_args!("{}", row_parts.next()));
            for value in row {
                self.put(format_args!("{}", parts.next()));
                self.value(value);
            }
            self.put(format_args!(")"));
        }
    }
}

/// What stands before the first part and between the others.
struct Parts {
    next: &'static str,
    between: &'static str,
    new: bool,
}

impl Parts {
    fn new(first: &'static str, between: &'static str) -> Self {
        Self { next: first, between, new: true }
    }

    fn next(&mut self) -> &'static str {
        self.new = false;
        std::mem::replace(&mut self.next, self.between)
    }

    fn is_new(&self) -> bool {
        self.new
    }
}
