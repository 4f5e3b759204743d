//! 用证留痕: what licences on record were used for. Written by the act that uses them; their holder can see it.

use access_service::Visit;
use chrono::{DateTime, Utc};
use kernel::id::{ApplicationId, LicenceId};
use platform::{Fault, JournalEntry, Tx};
use records::{TrustLevel, UseKind};
use serde_json::json;

use crate::store::{licence as licences, licence_use};

/// The record: a licence stood for a paper.
const USED: &str = "records.licence-used";

/// A use to be put on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUse {
    pub licence: LicenceId,
    pub how: UseKind,
    /// For what, as the holder reads it: the name of the item or theme.
    pub matter: String,
    pub application: Option<ApplicationId>,
}

/// One use, as the holder sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceUse {
    pub at: DateTime<Utc>,
    pub how: UseKind,
    pub matter: String,
    pub application: Option<ApplicationId>,
}

/// Puts uses on record within the act that makes them (免提交), and tells how far each licence can be relied on, in order.
///
/// # Errors
/// [`Fault::NotFound`] for a licence that is not there.
pub async fn use_licences(tx: &Tx, visit: &Visit, uses: &[NewUse]) -> Result<Vec<TrustLevel>, Fault> {
    let mut levels = Vec::with_capacity(uses.len());
    for one in uses {
        let licence = licences::licence_find(tx.conn(), one.licence).await?.ok_or(Fault::NotFound)?;
        levels.push(TrustLevel::of_licence(licence.case.is_some()));
        let facts = json!({ "how": one.how, "matter": one.matter, "application": one.application });
        tx.record(JournalEntry::new(one.licence, &visit.actor.id, USED, one.licence).holding(&facts));
    }
    put_on_record(tx, uses).await?;
    Ok(levels)
}

/// Writes the rows alone.
pub(super) async fn put_on_record(tx: &Tx, uses: &[NewUse]) -> Result<(), Fault> {
    if uses.is_empty() { Ok(()) } else { licence_use::use_insert(tx, uses).await }
}
