//! The one error of every act. No sentences here: doors and templates have the words for each code.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use kernel::refusal::Refusal;
use sea_orm::{DbErr, SqlErr};

use crate::keys::FirstAnswer;
use crate::telemetry::{RequestId, figures};

pub(crate) mod database;

/// [`Fault::Unavailable`] of a database that cannot be reached.
pub const DATABASE: &str = "database";
/// [`Fault::Unavailable`] of a database that is reachable but could not fit the write in among others.
pub const DATABASE_BUSY: &str = "database-busy";
/// [`Fault::Unavailable`] of a database that is reachable and can be read, but has no room left to write.
pub const DATABASE_FULL: &str = "database-full";

/// Why an act was not done. Nothing of it was kept, except where a variant says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The law says no; the clause and the next step are inside (422).
    #[error("refused: {0}")]
    Refusal(#[from] Refusal),
    /// Fields to mend, all at once; what was typed is kept by the page (422).
    #[error("invalid: {}", list(.0))]
    Invalid(Vec<FieldFault>),
    /// This actor may not (403, or 404 where existence is private).
    #[error("not allowed")]
    NotAllowed,
    /// There is no such thing (404).
    #[error("not found")]
    NotFound,
    /// Someone else changed it first (409); what was typed is kept.
    #[error("changed by someone else")]
    Conflict,
    /// Too many of these for now (429).
    #[error("too many")]
    TooMany,
    /// The same request was done before; here is what it made (the first answer is shown again).
    #[error("done before: {} on {}", .0.act, .0.subject)]
    Repeated(FirstAnswer),
    /// Something we stand on is down: [`DATABASE`], [`DATABASE_BUSY`], [`DATABASE_FULL`], or a service's own word (503). Trying
    /// again is safe with the same request key.
    #[error("unavailable: {0}")]
    Unavailable(Cow<'static, str>),
    /// Our mistake (500). The reference is in the log beside the cause and is all that leaves the house.
    #[error("internal error, reference {0}")]
    Internal(Reference),
}

/// One field that cannot be accepted as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The field's element code or form name.
    pub field: String,
    /// Stable name of what is wrong: `required`, `file-too-large`.
    pub code: Cow<'static, str>,
    /// What the sentence fills in.
    pub facts: BTreeMap<String, String>,
}

impl FieldFault {
    /// A fault of a field.
    pub fn new(field: impl Into<String>, code: impl Into<Cow<'static, str>>) -> Self {
        Self { field: field.into(), code: code.into(), facts: BTreeMap::new() }
    }

    /// Adds one fact.
    pub fn fact(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }
}

/// Leads from a page to the lines in the log: the number of the request (`7K2M-9QXD-4HTP`).
#[derive(Clone, PartialEq, Eq)]
pub struct Reference(RequestId);

impl Reference {
    /// That of the request being answered, or a fresh one.
    fn current() -> Self {
        Self(RequestId::current().unwrap_or_else(RequestId::fresh))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Fault {
    /// Logs a mistake of ours with its cause and gives the reference to show.
    pub fn internal(cause: impl fmt::Display) -> Self {
        let reference = Reference::current();
        metrics::counter!(figures::INTERNAL).increment(1);
        tracing::error!(%reference, %cause, "internal error");
        Self::Internal(reference)
    }

    /// One field to mend.
    pub fn field(field: impl Into<String>, code: impl Into<Cow<'static, str>>) -> Self {
        Self::Invalid(vec![FieldFault::new(field, code)])
    }

    /// The words of a field without blanks around them, of at most so many characters.
    ///
    /// # Errors
    /// [`Fault::Invalid`]: `required` when nothing is left, else what [`Fault::too_long`] says.
    pub fn words<'w>(field: &'static str, said: &'w str, max: u32) -> Result<&'w str, Self> {
        let words = said.trim();
        if words.is_empty() {
            return Err(Self::field(field, "required"));
        }
        Self::too_long(field, words, max)?;
        Ok(words)
    }

    /// Turns away a text of more than so many characters.
    ///
    /// # Errors
    /// [`Fault::Invalid`] `too-long` (facts `max`, `length`).
    pub fn too_long(field: &'static str, words: &str, max: u32) -> Result<(), Self> {
        let length = words.chars().count();
        if length <= max as usize {
            return Ok(());
        }
        Err(Self::Invalid(vec![FieldFault::new(field, "too-long").fact("max", max).fact("length", length)]))
    }

    /// Something we stand on is down.
    pub fn unavailable(what: impl Into<Cow<'static, str>>) -> Self {
        Self::Unavailable(what.into())
    }

    /// The database could not fit this write in; doing the whole of it again may work.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Unavailable(what) if what == DATABASE_BUSY)
    }

    /// The database was lost on the way, so nothing is known about the last statement.
    pub fn is_outage(&self) -> bool {
        matches!(self, Self::Unavailable(what) if what == DATABASE)
    }
}

/// Lost connections become [`Fault::Unavailable`], lost races [`DATABASE_BUSY`], a full disk [`DATABASE_FULL`], a broken uniqueness [`Fault::Conflict`];
/// anything else is our mistake.
impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        match (&error, database::weigh(&error)) {
            (_, database::Weight::Busy) => Self::unavailable(DATABASE_BUSY),
            (_, database::Weight::Lost) => {
                tracing::warn!(%error, "database unavailable");
                Self::unavailable(DATABASE)
            }
            (_, database::Weight::Full) => {
                tracing::error!(%error, "no room left for the database; make room, nothing else needs to be done");
                Self::unavailable(DATABASE_FULL)
            }
            (DbErr::RecordNotFound(_), _) => Self::NotFound,
            (DbErr::RecordNotUpdated, _) => Self::Conflict,
            _ if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                tracing::debug!(%error, "uniqueness");
                Self::Conflict
            }
            _ => Self::internal(error),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

fn list(faults: &[FieldFault]) -> String {
    faults.iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect::<Vec<_>>().join(", ")
}
