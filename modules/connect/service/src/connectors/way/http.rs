//! Over a signed line: `POST /cases` with `{"key", "case"}`, `GET /reports?after=CURSOR` with `{"reports", "cursor", "more"}`.

use access_service::door::pair;
use connect::Outcome;
use connect::connector::{Connector, Document, Row};
use outside::Line;
use platform::World;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{Batch, ROWS_MAX, Trouble};

/// Characters of their number that are kept.
const REFERENCE_CHARS_MAX: usize = 64;
/// Characters of a cursor at most.
const CURSOR_CHARS_MAX: usize = 200;

pub(in super::super) struct Http(Line);

/// The answer to a case.
#[derive(Debug, Deserialize)]
struct Taken {
    /// Their number of it.
    #[serde(default)]
    reference: Option<String>,
}

/// The answer to a question for reports.
#[derive(Debug, Deserialize)]
struct Reports {
    reports: Vec<Row>,
    /// Where the next question begins.
    #[serde(default)]
    cursor: Option<String>,
    #[serde(default)]
    more: bool,
}

impl Http {
    pub(super) fn open(world: &World, connector: &Connector) -> Result<Self, Trouble> {
        let lines = outside::lines(world);
        lines.get(connector.line()).map(|line| Self(line.clone())).map_err(|_| Outcome::Down.into())
    }

    pub(super) async fn put(&self, key: Uuid, document: &Document) -> Result<Option<String>, Trouble> {
        let taken: Taken = self.0.post("/cases", &json!({ "key": key, "case": document })).await?;
        Ok(taken.reference.map(|reference| reference.chars().take(REFERENCE_CHARS_MAX).collect()))
    }

    pub(super) async fn fetch(&self, after: Option<&str>) -> Result<Batch, Trouble> {
        let path = match after {
            Some(after) => format!("/reports?{}", pair("after", after)),
            None => "/reports".to_owned(),
        };
        let answer: Reports = self.0.get(&path).await?;
        // More than was agreed, or a cursor that is none: nobody knows what the rest is.
        let sound = answer.reports.len() <= ROWS_MAX
            && answer.cursor.as_ref().is_none_or(|cursor| cursor.chars().count() <= CURSOR_CHARS_MAX);
        if !sound {
            return Err(Outcome::Garbled.into());
        }
        Ok(Batch { rows: answer.reports, cursor: answer.cursor, more: answer.more, ..Batch::default() })
    }
}
