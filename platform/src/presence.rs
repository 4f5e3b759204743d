//! Which servers are at work on a database: each holds a lease while it runs, so that what must not happen under running
//! servers can ask.

use std::time::Duration;

use chrono::TimeDelta;
use uuid::Uuid;

use crate::db::Database;
use crate::fault::Fault;
use crate::leases;

/// A server that was killed counts as there for so long.
const LENGTH: TimeDelta = TimeDelta::seconds(30);
const RENEWED_EVERY: Duration = Duration::from_secs(10);
const BEGINNING: &str = "serve/";

/// A server that is there. It is gone when it says so, or some seconds after its process died.
pub struct Presence {
    db: Database,
    id: Uuid,
    renewing: tokio::task::JoinHandle<()>,
}

impl Presence {
    /// Says that a server is there.
    ///
    /// # Errors
    /// The database's.
    pub async fn announce(db: &Database) -> Result<Self, Fault> {
        let id = db.ids.next(db.clock().now_utc());
        leases::take(db, &name(id), id, LENGTH).await?;
        let renewing = tokio::spawn(renew(db.clone(), id));
        Ok(Self { db: db.clone(), id, renewing })
    }

    /// Says that it is gone.
    pub async fn leave(self) {
        self.renewing.abort();
        if let Err(fault) = leases::free(&self.db, &name(self.id), self.id).await {
            tracing::debug!(%fault, "the lease of this server runs out by itself");
        }
    }
}

/// How many servers are there.
///
/// # Errors
/// The database's.
pub async fn servers(db: &Database) -> Result<u64, Fault> {
    leases::count(db, BEGINNING).await
}

fn name(id: Uuid) -> String {
    format!("{BEGINNING}{id}")
}

async fn renew(db: Database, id: Uuid) {
    loop {
        tokio::time::sleep(RENEWED_EVERY).await;
        let held = match leases::hold(&db, &name(id), id, LENGTH).await {
            // The table was put back as it was in a backup, or somebody cleared it.
            Ok(false) => leases::take(&db, &name(id), id, LENGTH).await.map(|_| ()),
            other => other.map(|_| ()),
        };
        if let Err(fault) = held {
            tracing::debug!(%fault, "cannot say that this server is there");
        }
    }
}
