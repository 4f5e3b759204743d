//! How the other side is reached: one shape for three ways. Nothing here runs inside a transaction.

mod database;
mod files;
mod http;

use connect::Outcome;
use connect::connector::{self, Connector, Document, Row};
use outside::LineFault;
use platform::World;
use uuid::Uuid;

/// Rows read at once at most.
pub(super) const ROWS_MAX: usize = 200;

/// An open way to an authority's own system.
pub(super) enum Way {
    Http(http::Http),
    Files(files::Files),
    Database(database::Database),
}

/// Why it did not work. Never with what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) outcome: Outcome,
    /// HTTP status, where there is one.
    pub(super) status: Option<u16>,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) rows: Vec<Row>,
    /// Where the next reading begins; none where it stays.
    pub(super) cursor: Option<String>,
    /// Whether there may be more at once.
    pub(super) more: bool,
    /// What could not be taken apart into rows, as it was.
    pub(super) rubbish: Vec<String>,
    /// What is put aside once all of it is kept.
    pub(super) handled: Vec<files::Handled>,
}

impl From<Outcome> for Trouble {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, status: None }
    }
}

impl From<LineFault> for Trouble {
    fn from(fault: LineFault) -> Self {
        tracing::warn!(%fault, "line of a connector");
        match fault {
            LineFault::Address { .. } | LineFault::Down(_) => Outcome::Down.into(),
            LineFault::Slow(_) => Outcome::Slow.into(),
            LineFault::Garbled(_) => Outcome::Garbled.into(),
            LineFault::Refused { status, .. } => Self { outcome: Outcome::Refused, status: Some(status) },
        }
    }
}

impl Way {
    /// Opens it, as the operator's configuration says.
    pub(super) async fn open(world: &World, connector: &Connector) -> Result<Self, Trouble> {
        let own = world.config.connectors.get(&connector.id);
        Ok(match connector.way {
            connector::Way::Http => Self::Http(http::Http::open(world, connector)?),
            connector::Way::Files => {
                let folder = own.and_then(|own| own.folder.clone()).ok_or(Outcome::Down)?;
                Self::Files(files::Files::open(folder, connector).await?)
            }
            connector::Way::Database => {
                let own = own.ok_or(Outcome::Down)?;
                Self::Database(database::Database::open(own, connector).await?)
            }
        })
    }

    /// Hands a document over under its key; handed over twice it is one. Gives their number of it, where they tell one.
    pub(super) async fn put(
        &self,
        connector: &Connector,
        key: Uuid,
        document: &Document,
    ) -> Result<Option<String>, Trouble> {
        match self {
            Self::Http(http) => http.put(key, document).await,
            Self::Files(files) => files.put(connector, key, document).await.map(|()| None),
            Self::Database(database) => database.put(key, document).await.map(|()| None),
        }
    }

    /// Reads what they report after a cursor.
    pub(super) async fn fetch(&self, connector: &Connector, after: Option<&str>) -> Result<Batch, Trouble> {
        match self {
            Self::Http(http) => http.fetch(after).await,
            Self::Files(files) => files.fetch().await,
            Self::Database(database) => database.fetch(connector, after).await,
        }
    }

    /// Puts aside what has been kept. Left undone it is read again, which changes nothing.
    pub(super) async fn put_aside(&self, handled: Vec<files::Handled>) {
        if let Self::Files(files) = self {
            files.put_aside(handled).await;
        }
    }
}
