//! 出证 of one case: the licence goes into the register in the same transaction, or a document gets its number.

use access_service::Visit;
use casework::{ISSUE, Officer, Order};
use catalog::Item;
use catalog_service::Shelf;
use kernel::id::{CaseId, SubjectId};
use kernel::value::Facts;
use platform::{Fault, RequestKey, Tx};
use records_service::acts::{NewLicence, StrikeOff, record_licence, strike_off};
use serde_json::json;

use super::done::{Done, answer};
use super::fees;
use super::matter::{Matter, officer};
use super::record;
use crate::application::{FormEntry, Origin};
use crate::store::{self, Which};
use crate::{numbers, pins};

/// Make the result of this case.
#[derive(Debug, Clone)]
pub struct IssueResult {
    pub case: CaseId,
}

/// Makes it. A licence is recorded so that the next application finds it; cases that waited for it go on, and what it
/// says fills the fields they ask for.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], the refusals of [`casework::decide`] and of
/// [`records_service::acts::record_licence`].
pub async fn issue_result(visit: &Visit, key: Option<&RequestKey>, order: IssueResult) -> Result<Done, Fault> {
    let (shelf, which) = (pins::shelf(&visit.world)?, Which::Case(order.case));
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let at = matter.allowed(visit, ISSUE, order.case)?;
        let by = officer(visit)?;
        may_be_issued(&matter, at, &by)?;
        fees::may_follow(&tx, &matter, at, &Order::Issue { number: String::new(), by: by.clone() }).await?;
        let number = match matter.members[at].item.provides {
            Some(_) => licence(&tx, visit, &shelf, &mut matter, at).await?,
            None => document(&tx, visit, &shelf, &matter, at).await?,
        };
        matter.order(at, &Order::Issue { number, by })?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

/// Asks the rules before anything is written, with a number that stands for the one to come.
fn may_be_issued(matter: &Matter<'_>, at: usize, by: &Officer) -> Result<(), Fault> {
    let member = &matter.members[at];
    let order = Order::Issue { number: "×".to_owned(), by: by.clone() };
    casework::decide(&member.case, &order, &member.law, matter.today())?;
    Ok(())
}

async fn licence(tx: &Tx, visit: &Visit, shelf: &Shelf, matter: &mut Matter<'_>, at: usize) -> Result<String, Fault> {
    let mut form = store::form_find(tx.conn(), matter.head.id).await?;
    let values: Facts = form.iter().map(|(element, entry)| (element.clone(), entry.value.clone())).collect();
    // Issued in the name of whoever exercises the power, which need not be the item's own authority.
    let member = &matter.members[at];
    let mut item = Item::clone(&member.item);
    item.authority = member.case.name_today(&member.law).into();
    let fresh = NewLicence {
        catalog: shelf.catalog(),
        item: &item,
        case: matter.members[at].case.id,
        applicant: SubjectId::from_uuid(matter.head.subject),
        organisation: matter.head.organisation.map(SubjectId::from_uuid),
        form: &values,
    };
    let recorded = record_licence(tx, fresh).await?;
    matter.members[at].row.licence = Some(recorded.licence.id.uuid());
    if let Some(organisation) = &recorded.organisation {
        matter.head.organisation = Some(organisation.subject.uuid());
    }
    let news: Facts =
        recorded.carried.into_iter().filter(|(element, value)| values.get(element) != Some(value)).collect();
    if !news.is_empty() {
        let facts = json!({ "item": item.id, "fields": record::marks(tx, &news)? });
        let origin = Origin::Carried { item: item.name.clone() };
        form.extend(news.into_iter().map(|(element, value)| (element, FormEntry { value, origin: origin.clone() })));
        tx.with_commit(store::form_update(tx.conn(), matter.head.id, &serde_json::to_string(&form)?)?);
        record::about_application(tx, visit, matter.id(), record::FORM_CARRIED, facts);
    }
    Ok(recorded.licence.number)
}

/// A document gets its number; one that grants a 注销 ends the licence with it.
async fn document(tx: &Tx, visit: &Visit, shelf: &Shelf, matter: &Matter<'_>, at: usize) -> Result<String, Fault> {
    let member = &matter.members[at];
    if member.item.cancels.is_some() {
        struck_off(tx, visit, matter, at).await?;
    }
    let authority = member.case.name_today(&member.law);
    let authority = shelf
        .catalog()
        .authorities
        .get(authority)
        .ok_or_else(|| Fault::internal(format_args!("authority {authority} is gone from the catalogue")))?;
    numbers::document_number(tx, authority).await
}

async fn struck_off(tx: &Tx, visit: &Visit, matter: &Matter<'_>, at: usize) -> Result<(), Fault> {
    let member = &matter.members[at];
    let form = store::form_values(tx.conn(), matter.head.id).await?;
    let wish = StrikeOff {
        item: &member.item,
        case: member.case.id,
        applicant: SubjectId::from_uuid(matter.head.subject),
        organisation: matter.head.organisation.map(SubjectId::from_uuid),
        form: &form,
    };
    let licence = strike_off(tx, wish).await?;
    let facts = json!({ "item": member.item.id, "licence": licence });
    record::about_application(tx, visit, matter.id(), record::LICENCE_STRUCK_OFF, facts);
    Ok(())
}
