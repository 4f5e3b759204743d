//! What whoever tells people about an application or a case must know of it, where the word comes from a module that knows
//! only its id.

use access_service::Visit;
use casework::READ;
use kernel::id::{ApplicationId, CaseId, SubjectId};
use platform::Fault;

use crate::acts::Matter;
use crate::pins;
use crate::store::Which;

/// An application in a line, with people by their ids alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub application: ApplicationId,
    /// 申办编号
    pub number: String,
    /// 开办餐饮店
    pub theme_name: String,
    pub subject: SubjectId,
    pub agent: Option<SubjectId>,
    /// Where one case of it is meant.
    pub case: Option<CaseHeading>,
}

/// A case in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHeading {
    /// The item's id.
    pub item: String,
    pub item_name: String,
    /// The authority's id.
    pub authority: String,
}

/// The heading of an application.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn heading(visit: &Visit, application: ApplicationId) -> Result<Heading, Fault> {
    let shelf = pins::shelf(&visit.world)?;
    let matter = Matter::look(visit, &shelf, Which::Application(application)).await?;
    visit.allow(READ, &matter.resource())?;
    Ok(of(&matter, None))
}

/// The heading of a case.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn case_heading(visit: &Visit, case: CaseId) -> Result<Heading, Fault> {
    let shelf = pins::shelf(&visit.world)?;
    let matter = Matter::look(visit, &shelf, Which::Case(case)).await?;
    let at = matter.allowed(visit, READ, case)?;
    Ok(of(&matter, Some(at)))
}

fn of(matter: &Matter<'_>, at: Option<usize>) -> Heading {
    let head = &matter.head;
    Heading {
        application: matter.id(),
        number: head.number.clone(),
        theme_name: head.theme_name.clone(),
        subject: SubjectId::from_uuid(head.subject),
        agent: head.agent_subject.map(SubjectId::from_uuid),
        case: at.map(|at| &matter.members[at].row).map(|row| CaseHeading {
            item: row.item.clone(),
            item_name: row.item_name.clone(),
            authority: row.authority.clone(),
        }),
    }
}
