//! The notices of what happened in an act: looked up in [`casework::notices_of`], filled in, and issued with it.

use access_service::Visit;
use casework::{Event, NoticeKind, notices_of};
use kernel::id::ApplicationId;
use platform::{Fault, Tx};

use super::{Handled, fees};
use crate::notice::forms::{Desk, notice_of};
use crate::notice::issue::{Wanted, issue};
use crate::notice::opening::on_delivery;
use crate::pins;
use crate::store::{self, application};
use crate::wording::Wording;

/// Issues what these events of an application's cases bring. Takes numbers that others wait for: the act's last step.
pub(super) async fn issue_for(
    tx: &Tx,
    visit: &Visit,
    head: &application::Model,
    happened: &[(&Handled<'_>, &Event)],
    charged: &fees::ChargedCases,
) -> Result<(), Fault> {
    let brings = |kind: NoticeKind| happened.iter().any(|(_, event)| notices_of(event).contains(&kind));
    if happened.iter().all(|(_, event)| notices_of(event).is_empty()) {
        return Ok(());
    }
    let (mut papers, mut uses, mut earlier) = (Vec::new(), Vec::new(), Vec::new());
    if brings(NoticeKind::WindowTransfer) {
        papers = store::paper_list(tx.conn(), head.id).await?;
        uses = store::paper_use_list(tx.conn(), head.id).await?;
    }
    if brings(NoticeKind::DeliveryReceipt) {
        earlier = store::notice_list(tx.conn(), head.id).await?;
    }
    let (shelf, wording) = (pins::shelf(&visit.world)?, Wording::of(visit)?);
    let desk = Desk { visit, shelf: &shelf, wording: &wording, head, papers: &papers, uses: &uses, earlier: &earlier };
    let mut wanted = Vec::new();
    for (member, event) in happened {
        for kind in notices_of(event).iter().filter(|kind| !kind.is_of_application()) {
            let Some(notice) = notice_of(&desk, member, event, *kind)? else { continue };
            let authority = member.case.name_today(&member.law).to_owned();
            wanted.push(Wanted { kind: *kind, authority, case: Some(member.case.id), notice });
        }
    }
    let delivered: Vec<_> = happened.iter().copied().filter(|(_, event)| is_delivery(event)).collect();
    wanted.extend(fees::notices(&desk, happened, charged));
    wanted.extend(on_delivery(&desk, &delivered)?);
    issue(tx, visit, &shelf, ApplicationId::from_uuid(head.id), wanted).await
}

fn is_delivery(event: &Event) -> bool {
    notices_of(event).contains(&NoticeKind::DeliveryReceipt)
}
