//! The whole application, for the window.

use access_service::Visit;
use casework::application::{Handover, handover, joint_clock};
use casework::{EXTEND_JOINT, READ};
use chrono::{DateTime, Utc};
use kernel::id::{ApplicationId, CaseId};
use platform::{Fault, journal};
use serde::Serialize;
use ui::say;

use super::case_line::CaseLine;
use super::clock::{ClockView, kind_of_task};
use super::correction::{CorrectionView, correction};
use super::form::{FormSection, sections};
use super::journal::{JournalLine, Reader, lines};
use super::orders::{OrderView, orders_of_application};
use super::owed::{OwedView, owed};
use super::papers::{PaperView, papers};
use super::people::{AgentView, DeliveryView, PersonView, channel_of, looked};
use super::trust::with_trust;
use crate::acts::{Handled, Matter, government};
use crate::application::Channel;
use crate::pins;
use crate::store::{self, Which, application};
use crate::wording::Wording;

/// An application with everything that was handed in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ApplicationView {
    pub id: ApplicationId,
    pub number: String,
    pub theme: String,
    pub theme_name: String,
    pub applicant: PersonView,
    pub agent: Option<AgentView>,
    pub channel: Channel,
    pub channel_word: String,
    pub region_name: String,
    pub hall_name: Option<String>,
    /// The clerk who filed it, by name.
    pub opened_by: Option<String>,
    pub received_at: DateTime<Utc>,
    pub received_words: String,
    /// How it stands, in one sentence.
    pub sentence: String,
    /// The clock of what the window has to do.
    pub clock: ClockView,
    /// By when all authorities together have to decide (行政许可法 42.2); empty for a single case and before acceptance.
    pub joint_words: String,
    /// The visitor may extend that limit now, for the people's government.
    pub may_extend_joint: bool,
    pub cases: Vec<CaseLine>,
    pub sections: Vec<FormSection>,
    pub papers: Vec<PaperView>,
    pub correction: Option<CorrectionView>,
    pub owed: Option<OwedView>,
    pub delivery: DeliveryView,
    pub handover: HandoverView,
    pub orders: Vec<OrderView>,
    pub journal: Vec<JournalLine>,
}

/// How the one hand-over stands; items by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HandoverView {
    pub ready: bool,
    /// Not all is settled, but what is ready may not wait any longer.
    pub pressing: bool,
    pub deliver: Vec<String>,
    pub open: Vec<String>,
}

/// The application, for staff who may read it whole.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn application_view(visit: &Visit, id: ApplicationId) -> Result<ApplicationView, Fault> {
    let (shelf, wording) = (pins::shelf(&visit.world)?, Wording::of(visit)?);
    let matter = Matter::look(visit, &shelf, Which::Application(id)).await?;
    if visit.actor.subject().is_some() {
        return Err(Fault::NotAllowed);
    }
    // Who extends the common limit has to see what it is about.
    let resource = matter.resource();
    let resource = match government(&shelf) {
        Some(government) => resource.of_authority(government),
        None => resource,
    };
    visit.allow(READ, &resource)?;
    let reader = visit.world.db.reader();
    let (head, all) = (&matter.head, matter.members.iter().collect::<Vec<_>>());
    looked(visit, head, None).await?;
    let form = store::form_find(reader, head.id).await?;
    let rows = store::paper_list(reader, head.id).await?;
    let uses = store::paper_use_list(reader, head.id).await?;
    let record = journal::read(reader, head.id, 0).await?;
    let handover = handover_view(&matter);
    let hall = head.hall.as_deref().and_then(|hall| shelf.catalog().halls.get(hall));
    Ok(ApplicationView {
        id,
        number: head.number.clone(),
        theme: head.theme.clone(),
        theme_name: head.theme_name.clone(),
        applicant: PersonView::of(head),
        agent: AgentView::of(head)?,
        channel: channel_of(head),
        channel_word: channel_of(head).label().to_owned(),
        region_name: shelf.region_name(&head.region).to_owned(),
        hall_name: hall.map(|hall| hall.name.clone()),
        opened_by: head.opened_by_name.clone(),
        received_at: head.received_at,
        received_words: say::moment(head.received_at, wording.today),
        sentence: wording.application(&matter),
        clock: window_clock(head, &wording),
        may_extend_joint: may_extend_joint(&matter)? && visit.may(EXTEND_JOINT, &resource),
        joint_words: joint_words(&matter, &wording)?,
        cases: all.iter().map(|member| CaseLine::of(member, &wording)).collect(),
        sections: sections(&all, &form, &wording),
        papers: with_trust(visit, (matter.head.id, &resource), papers(&rows, &uses, &all, true, &wording)?, &wording)
            .await?,
        correction: correction(&all, &wording),
        owed: owed(&all, &wording),
        delivery: DeliveryView::of(head, &wording)?,
        orders: orders_of_application(visit, &matter, handover.ready || handover.pressing, &wording),
        handover,
        journal: lines(&record, head, &all, (true, Reader::Officer), &wording)?,
    })
}

fn window_clock(head: &application::Model, wording: &Wording) -> ClockView {
    ClockView::kept(kind_of_task(&head.task), false, [head.due_on, head.yellow_on, head.red_on], wording)
}

fn joint_words(matter: &Matter<'_>, wording: &Wording) -> Result<String, Fault> {
    let extension = matter.joint_extension()?;
    let clock = joint_clock(&matter.siblings(), extension.as_ref());
    let due = clock.and_then(|clock| clock.due(&wording.shelf.calendar).day());
    let Some(due) = due.map(|due| due.to_string()) else { return Ok(String::new()) };
    Ok(match extension {
        None => wording.filled("told", "joint", &[("due", due)]),
        Some(extension) => {
            let facts = [
                ("due", due),
                ("on", extension.on.to_string()),
                ("days", extension.days.to_string()),
                ("reason", extension.reason),
            ];
            wording.filled("told", "joint-extended", &facts)
        }
    })
}

/// Whether the limit runs and was not extended before.
fn may_extend_joint(matter: &Matter<'_>) -> Result<bool, Fault> {
    let runs = joint_clock(&matter.siblings(), None).is_some_and(|clock| clock.stopped.is_none());
    Ok(runs && matter.joint_extension()?.is_none())
}

fn handover_view(matter: &Matter<'_>) -> HandoverView {
    let named = |cases: Vec<CaseId>| {
        let is_one = |member: &&Handled<'_>| cases.contains(&member.case.id);
        matter.members.iter().filter(is_one).map(|member| member.row.item_name.clone()).collect()
    };
    let none = HandoverView::default();
    match handover(&matter.siblings(), matter.today()) {
        Handover::Ready { deliver } => HandoverView { ready: true, deliver: named(deliver), ..none },
        Handover::Pressing { deliver, open } => {
            HandoverView { pressing: true, deliver: named(deliver), open: named(open), ..none }
        }
        Handover::NotYet { open } => HandoverView { open: named(open), ..none },
        Handover::Done => none,
    }
}
