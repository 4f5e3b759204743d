//! 延长联合办理期限 of one application: by the people's government, once, its reason told to the applicant (42.2).

use access_service::Visit;
use casework::application::{JointExtension, extend_joint as extended, joint_clock};
use casework::{EXTEND_JOINT, NoticeKind};
use catalog_service::Shelf;
use documents::{Form, Notice};
use kernel::id::ApplicationId;
use platform::{Fault, RequestKey, Tx};
use serde_json::json;

use super::done::{Done, answer};
use super::matter::{Matter, officer};
use super::record;
use crate::notice::forms::Desk;
use crate::notice::issue::{Wanted, issue};
use crate::pins;
use crate::store::{self, Which};
use crate::wording::Wording;

/// Extend the common limit of this application.
#[derive(Debug, Clone)]
pub struct ExtendJoint {
    pub application: ApplicationId,
    /// Working days.
    pub days: u32,
    /// Told to the applicant.
    pub reason: String,
}

/// Extends it.
///
/// # Errors
/// [`Fault::NotAllowed`] for anybody but an approver of the people's government; [`Fault::NotFound`]; the refusals of
/// [`casework::application::extend_joint`].
pub async fn extend_joint(visit: &Visit, key: Option<&RequestKey>, order: ExtendJoint) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Application(order.application), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let government = government(&shelf).ok_or(Fault::NotAllowed)?;
        visit.allow(EXTEND_JOINT, &matter.resource().of_authority(government))?;
        let (by, before) = (officer(visit)?, matter.joint_extension()?);
        let stands_for_it = visit.actor.authority() == Some(government);
        let wanted = (order.days, order.reason.as_str());
        let made = extended(&matter.siblings(), before.as_ref(), wanted, (&by, stands_for_it), tx.today())?;
        matter.head.joint_extension = Some(serde_json::to_string(&made)?);
        tx.with_commit(store::application_update(&matter.head));
        let facts = json!({ "days": made.days, "reason": made.reason });
        record::about_application(&tx, visit, matter.id(), record::JOINT_EXTENDED, facts);
        tell(&tx, visit, &shelf, &matter, &made, government).await?;
        Ok(matter.state(false))
    });
    answer(visit, &shelf, which, outcome.await).await
}

/// The people's government of the district, where the catalogue names it.
pub(crate) fn government(shelf: &Shelf) -> Option<&str> {
    shelf.catalog().district.government.as_ref().map(|government| government.as_str())
}

/// 并应当将延长期限的理由告知申请人.
async fn tell(
    tx: &Tx,
    visit: &Visit,
    shelf: &Shelf,
    matter: &Matter<'_>,
    made: &JointExtension,
    government: &str,
) -> Result<(), Fault> {
    let (members, wording) = (matter.siblings(), Wording::of(visit)?);
    let head = &matter.head;
    let desk = Desk { visit, shelf, wording: &wording, head, papers: &[], uses: &[], earlier: &[] };
    let accepted = members.iter().filter_map(|member| member.case.acceptance.as_ref()).map(|one| one.on).min();
    let due = |extension| joint_clock(&members, extension).and_then(|clock| clock.due(&shelf.calendar).day());
    let (was_due, now_due) = (due(None), due(Some(made)));
    let form = Form::Extension {
        accepted_on: accepted.ok_or_else(|| Fault::internal("a common limit without an acceptance"))?,
        reason: made.reason.clone(),
        was_due,
        days: made.days,
        now_due,
        why_no_day: now_due.is_none().then(|| desk.beyond_calendar()),
        approved_by: desk.said("head-of-authority", &[("authority", desk.authority_name(government))]),
    };
    let notice = Notice { head: desk.head_of_application(government), form };
    let wanted = Wanted { kind: NoticeKind::Extension, authority: government.to_owned(), case: None, notice };
    issue(tx, visit, shelf, matter.id(), vec![wanted]).await
}
