//! What a clerk has filed for others today: to print a receipt again, or to see what became of it.

use access_service::Visit;
use casework::READ;
use chrono::{DateTime, NaiveDate, Utc};
use kernel::id::ApplicationId;
use platform::{Fault, clock};
use serde::Serialize;

use crate::acts::Matter;
use crate::wording::Wording;
use crate::{pins, store};

/// One application filed at the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FiledRow {
    pub application: ApplicationId,
    pub number: String,
    /// 开一家餐饮店
    pub title: String,
    /// Masked, as in every list.
    pub applicant: String,
    pub received_at: DateTime<Utc>,
    pub sentence: String,
}

/// The applications this member of staff has filed since the beginning of `day`, newest first, fifty at most.
///
/// # Errors
/// [`Fault::NotAllowed`] for whoever is not staff.
pub async fn filed_on(visit: &Visit, day: NaiveDate) -> Result<Vec<FiledRow>, Fault> {
    if !visit.actor.is_staff() {
        return Err(Fault::NotAllowed);
    }
    let (shelf, wording) = (pins::shelf(&visit.world)?, Wording::of(visit)?);
    let reader = visit.world.db.reader();
    let mut rows = Vec::new();
    for (head, cases) in store::matters_filed(reader, &visit.actor.id, clock::start_of(day)).await? {
        let matter = Matter::of(reader, visit.today(), visit, &shelf, head, cases).await?;
        if visit.may(READ, &matter.resource()) {
            rows.push(FiledRow {
                application: matter.id(),
                number: matter.head.number.clone(),
                title: matter.head.theme_name.clone(),
                applicant: kernel::mask::mask_name(&matter.head.applicant),
                received_at: matter.head.received_at,
                sentence: wording.application(&matter),
            });
        }
    }
    Ok(rows)
}
