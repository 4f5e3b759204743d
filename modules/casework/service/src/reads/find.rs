//! Finding one thing: an application or a case by its number, the file of a paper.

use access_service::Visit;
use casework::READ;
use kernel::id::{ApplicationId, CaseId};
use platform::Fault;
use serde::Serialize;

use super::people::looked;
use crate::acts::Matter;
use crate::paper::{PaperFile, PaperId};
use crate::pins;
use crate::store::{self, Which};

/// What a number led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Found {
    pub application: ApplicationId,
    /// For the number of a case, or for an officer who sees only one case of the application.
    pub case: Option<CaseId>,
}

/// The application or case with this number, blanks aside.
///
/// # Errors
/// [`Fault::NotFound`] also for what the visitor may not read.
pub async fn find_by_number(visit: &Visit, number: &str) -> Result<Found, Fault> {
    let number: String = number.chars().filter(|letter| !letter.is_whitespace()).collect();
    let which = store::by_number(visit.world.db.reader(), &number).await?.ok_or(Fault::NotFound)?;
    let shelf = pins::shelf(&visit.world)?;
    let matter = Matter::look(visit, &shelf, which).await?;
    let application = matter.id();
    let may = |case: &CaseId| matter.allowed(visit, READ, *case).is_ok();
    if let Which::Case(case) = which {
        return if may(&case) { Ok(Found { application, case: Some(case) }) } else { Err(Fault::NotFound) };
    }
    if visit.may(READ, &matter.resource()) {
        return Ok(Found { application, case: None });
    }
    let own = matter.members.iter().map(|member| member.case.id).find(may);
    own.map(|case| Found { application, case: Some(case) }).ok_or(Fault::NotFound)
}

/// The file of a paper, for whoever may read the application or a case that uses the paper.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such paper, no file, or it is not the visitor's to see.
pub async fn paper_file(visit: &Visit, id: PaperId) -> Result<PaperFile, Fault> {
    let reader = visit.world.db.reader();
    let paper = store::paper_find(reader, id).await?.ok_or(Fault::NotFound)?;
    let shelf = pins::shelf(&visit.world)?;
    let which = Which::Application(ApplicationId::from_uuid(paper.application));
    let matter = Matter::look(visit, &shelf, which).await?;
    let uses = store::paper_use_list(reader, paper.application).await?;
    let is_seen = |at: &usize| {
        let case = matter.members[*at].row.id;
        uses.iter().any(|one| one.paper == paper.id && one.case_id == case)
            && visit.may(READ, &matter.case_resource(*at))
    };
    let through = match visit.may(READ, &matter.resource()) {
        true => None,
        false => Some(&matter.members[(0..matter.members.len()).find(is_seen).ok_or(Fault::NotFound)?].row),
    };
    let file = paper.file()?.ok_or(Fault::NotFound)?;
    looked(visit, &matter.head, through).await?;
    Ok(file)
}
