//! What an act answers, also when it was done before.

use access_service::Visit;
use casework::Status;
use catalog_service::Shelf;
use kernel::id::{ApplicationId, CaseId};
use platform::Fault;
use serde::Serialize;

use super::matter::Matter;
use crate::store::Which;
use crate::wording::Wording;

/// What came of an act: where the cases of the application stand now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Done {
    pub application: ApplicationId,
    pub cases: Vec<CaseState>,
    /// The same request had been done before; this is the state of now.
    pub repeated: bool,
}

impl Done {
    /// Where this case stands.
    pub fn status(&self, case: CaseId) -> Option<Status> {
        self.cases.iter().find(|one| one.case == case).map(|one| one.status)
    }
}

/// Where one case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CaseState {
    pub case: CaseId,
    pub status: Status,
}

/// The answer to whoever asked: a repeated request gets the state of now, a refusal gets its facts in words.
pub(crate) async fn answer(
    visit: &Visit,
    shelf: &Shelf,
    which: Which,
    outcome: Result<Done, Fault>,
) -> Result<Done, Fault> {
    match outcome {
        Err(Fault::Repeated(_)) => Ok(Matter::look(visit, shelf, which).await?.state(true)),
        Err(Fault::Refusal(refusal)) => Err(Wording::of(visit)?.refusal(refusal).into()),
        other => other,
    }
}
