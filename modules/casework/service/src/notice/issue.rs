//! Numbering and keeping what was made: the last an act does, because others wait for the counters.

use access_service::Visit;
use casework::NoticeKind;
use catalog_service::Shelf;
use chrono::Datelike;
use documents::{DocumentNumber, Issue, Missing, Notice};
use kernel::id::{ApplicationId, CaseId};
use platform::{Fault, Tx};
use rand::Rng;
use serde_json::json;
use sm3::{Digest, Sm3};
use uuid::Uuid;

use super::{NOTICES_ISSUED, NoticeId};
use crate::acts::about;
use crate::refusals;
use crate::store::{self, notice};
use crate::wording::Wording;

/// Letters of codes: 32 that are hard to mistake for each other.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Sixteen of them hold 80 bits: nobody guesses one.
const CODE_LENGTH: usize = 16;

/// A notice to be issued.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) kind: NoticeKind,
    /// Id of the authority that issues it.
    pub(crate) authority: String,
    pub(crate) case: Option<CaseId>,
    pub(crate) notice: Notice,
}

/// Issues these notices: the act and its notices are on record together, or neither is.
///
/// # Errors
/// `casework.notice-incomplete` for a notice that lacks something it must say.
pub(crate) async fn issue(
    tx: &Tx,
    visit: &Visit,
    shelf: &Shelf,
    application: ApplicationId,
    wanted: Vec<Wanted>,
) -> Result<(), Fault> {
    if wanted.is_empty() {
        return Ok(());
    }
    let wording = Wording::of(visit)?;
    for one in &wanted {
        look_for_holes(one, &wording)?;
    }
    let year = tx.today().year();
    let counter = |one: &Wanted| format!("casework/notice/{}/{}/{year}", one.authority, one.kind);
    let counters: Vec<String> = wanted.iter().map(counter).collect();
    let serials = tx.numbers(&counters.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let mut rows = Vec::with_capacity(wanted.len());
    for (one, serial) in wanted.into_iter().zip(serials) {
        rows.push(row(tx, visit, shelf, application, one, (year, serial))?);
    }
    let listed: Vec<_> = rows.iter().map(recorded).collect();
    // One row for all notices of an act, under the first of them: no notice is ever issued twice.
    if let Some(first) = rows.first().map(|row| NoticeId::from_uuid(row.id)) {
        about(tx, visit, application, NOTICES_ISSUED, first, json!({ "notices": listed }));
    }
    tx.with_commit(store::notice_insert(tx.conn(), rows)?);
    Ok(())
}

/// A notice is laid out before it has a number: what cannot be printed is not issued.
fn look_for_holes(one: &Wanted, wording: &Wording) -> Result<(), Fault> {
    let issue =
        Issue { number: "〔〕号".to_owned(), code: "0".repeat(CODE_LENGTH), url: String::new(), voided: None };
    let Err(missing) = documents::compose(&one.notice, &issue) else { return Ok(()) };
    tracing::error!("a notice cannot be made: {missing}");
    let what = match missing {
        Missing::Fact { fact, .. } => fact,
        Missing::Words { cause, .. } => cause,
    };
    let notice = wording.word("notice", one.kind.code());
    Err(refusals::NOTICE_INCOMPLETE.refuse().fact("notice", notice).fact("what", what).into())
}

fn row(
    tx: &Tx,
    visit: &Visit,
    shelf: &Shelf,
    application: ApplicationId,
    one: Wanted,
    (year, serial): (i32, u64),
) -> Result<notice::Model, Fault> {
    let authority = shelf.catalog().authorities.get(one.authority.as_str());
    let authority = authority.map_or(one.authority.as_str(), |authority| authority.number_mark());
    let mark = documents::mark_of(one.kind.code())
        .ok_or_else(|| Fault::internal(format_args!("there is no form {}", one.kind)))?;
    let number = DocumentNumber { mark: format!("{authority}{mark}"), year, serial };
    Ok(notice::Model {
        id: tx.new_id::<NoticeId>().uuid(),
        application: application.uuid(),
        case_id: one.case.map(CaseId::uuid),
        kind: one.kind.code().to_owned(),
        authority: one.authority,
        year,
        serial: i64::try_from(serial).map_err(Fault::internal)?,
        number: number.to_string(),
        code: new_code(),
        body: serde_json::to_string(&one.notice)?,
        issued_at: tx.now(),
        issued_by: visit.actor.id.clone(),
        voided_at: None,
        void_reason: None,
        voided_by: None,
        voided_by_name: None,
    })
}

/// What the record keeps of a notice: enough to prove which words went out under this number.
fn recorded(row: &notice::Model) -> serde_json::Value {
    json!({
        "id": NoticeId::from_uuid(row.id), "kind": row.kind, "number": row.number,
        "case": row.case_id.map(|id: Uuid| CaseId::from_uuid(id)), "body": hex::encode(Sm3::digest(&row.body)),
    })
}

fn new_code() -> String {
    let mut bytes = [0_u8; CODE_LENGTH];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}
