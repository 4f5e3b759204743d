//! A broken commitment goes into the record of credit (失信记录), and out of it when it was repaired (信用修复).

use kernel::id::{CaseId, SubjectId};
use platform::{Fault, Tx};

use crate::store::breach::{self, Model};

kernel::typed_id! {
    /// One broken commitment.
    BreachId;
}

/// What a check of a commitment found broken.
#[derive(Debug, Clone)]
pub struct Breach {
    /// Who committed: the organisation, where there is one.
    pub subject: SubjectId,
    pub case: CaseId,
    /// The item's name.
    pub item: String,
    /// What was found.
    pub words: String,
}

/// Records it as of today. Until it is repaired its maker commits to nothing again (国办发〔2020〕42号).
pub async fn record_breach(tx: &Tx, found: Breach) -> Result<(), Fault> {
    let row = Model {
        id: tx.new_id::<BreachId>().uuid(),
        subject: found.subject.uuid(),
        case_id: found.case.uuid(),
        item: found.item,
        words: found.words,
        found_on: tx.today(),
        repaired_on: None,
    };
    breach::breach_insert(tx.conn(), row).await
}

/// Marks it as repaired as of today.
///
/// # Errors
/// [`Fault::NotFound`] when this case left nothing to repair.
pub async fn repair_breach(tx: &Tx, case: CaseId) -> Result<(), Fault> {
    if breach::breach_repair(tx.conn(), case, tx.today()).await? { Ok(()) } else { Err(Fault::NotFound) }
}
