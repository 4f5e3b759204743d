//! The matter under lock: one application with all its cases, as every act finds it, changes it and leaves it.

use std::sync::Arc;

use access::{Act, Resource};
use access_service::Visit;
use casework::application::{JointExtension, Member, consequences};
use casework::{Case, CaseLaw, Event, Officer, Order, Status};
use catalog::Item;
use catalog_service::Shelf;
use chrono::NaiveDate;
use kernel::id::{ApplicationId, CaseId, SubjectId};
use platform::sealed::Sealing;
use platform::{Fault, Tx};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::done::{CaseState, Done};
use super::record;
use super::{fees, notices};
use crate::index::{ApplicationIndex, CaseIndex, HAND_OVER};
use crate::law::law_of;
use crate::store::{self, Which, application, case, paper_use};
use crate::{Agent, pins, timers};

/// One case with what it is judged by.
pub(crate) struct Handled<'a> {
    pub(crate) row: case::Model,
    pub(crate) case: Case,
    pub(crate) item: Arc<Item>,
    pub(crate) law: CaseLaw<'a>,
    changed: bool,
}

/// Something that happened in this act.
struct Happened {
    at: usize,
    event: Event,
    /// By the one who acts; otherwise it followed from that for a sibling.
    directly: bool,
}

/// An application with its cases.
pub(crate) struct Matter<'a> {
    pub(crate) head: application::Model,
    pub(crate) members: Vec<Handled<'a>>,
    today: NaiveDate,
    before: application::Model,
    happened: Vec<Happened>,
}

impl<'a> Matter<'a> {
    /// Locks an application and reads it.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub(crate) async fn lock(tx: &Tx, visit: &Visit, shelf: &'a Shelf, which: Which) -> Result<Self, Fault> {
        Self::find(tx.conn(), Some(tx.engine()), tx.today(), visit, shelf, which).await
    }

    /// Reads an application without a lock, to look at.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub(crate) async fn look(visit: &Visit, shelf: &'a Shelf, which: Which) -> Result<Self, Fault> {
        Self::find(visit.world.db.reader(), None, visit.today(), visit, shelf, which).await
    }

    async fn find(
        on: &impl Sealing,
        lock: Option<platform::Engine>,
        today: NaiveDate,
        visit: &Visit,
        shelf: &'a Shelf,
        which: Which,
    ) -> Result<Self, Fault> {
        let (head, cases) = store::matter(on, which, lock).await?.ok_or(Fault::NotFound)?;
        Self::of(on, today, visit, shelf, head, cases).await
    }

    /// Joins rows with what they are judged by.
    pub(crate) async fn of(
        on: &impl ConnectionTrait,
        today: NaiveDate,
        visit: &Visit,
        shelf: &'a Shelf,
        head: application::Model,
        cases: Vec<case::Model>,
    ) -> Result<Self, Fault> {
        let mut members = Vec::with_capacity(cases.len());
        for row in cases {
            let item = pins::item_at(&visit.world, on, &row.code, row.version).await?;
            let case: Case = serde_json::from_str(&row.facts)?;
            let law = law_of(&item, case.received_on, (shelf, &row.region, today))?;
            members.push(Handled { row, case, item, law, changed: false });
        }
        Ok(Self { before: head.clone(), head, members, today, happened: Vec::new() })
    }

    /// The day it is looked at.
    pub(crate) fn today(&self) -> NaiveDate {
        self.today
    }

    /// Looks at it as on an earlier day, for what is heard of late.
    pub(crate) fn on_day(&mut self, day: NaiveDate) {
        self.today = self.today.min(day);
    }

    /// The application's id.
    pub(crate) fn id(&self) -> ApplicationId {
        ApplicationId::from_uuid(self.head.id)
    }

    /// Where this case stands in the application.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub(crate) fn place(&self, case: CaseId) -> Result<usize, Fault> {
        self.members.iter().position(|member| member.case.id == case).ok_or(Fault::NotFound)
    }

    /// Where this case stands, if the visitor may do this to it.
    ///
    /// # Errors
    /// [`Fault::NotFound`], [`Fault::NotAllowed`].
    pub(crate) fn allowed(&self, visit: &Visit, act: Act, case: CaseId) -> Result<usize, Fault> {
        let at = self.place(case)?;
        visit.allow(act, &self.case_resource(at))?;
        Ok(at)
    }

    /// The application as policies see it.
    pub(crate) fn resource(&self) -> Resource {
        application_resource(&self.head)
    }

    /// 联合办理期限的延长, where there was one.
    pub(crate) fn joint_extension(&self) -> Result<Option<JointExtension>, Fault> {
        Ok(self.head.joint_extension.as_deref().map(serde_json::from_str).transpose()?)
    }

    /// One of its notices as policies see it: its authority's, of the application's region and people.
    pub(crate) fn notice_resource(&self, notice: &store::notice::Model) -> Resource {
        with_people(Resource::of("case"), &self.head).of_authority(notice.authority.as_str())
    }

    /// One of its cases as policies see it.
    pub(crate) fn case_resource(&self, at: usize) -> Resource {
        let (resource, member) = (case_resource(&self.head, &self.members[at].row), &self.members[at]);
        // Everybody who has or had a hand in it may come and read; who may act today the rules say, with the article.
        let powers =
            member.case.powers.iter().chain([&member.law.powers.decision]).chain(&member.law.powers.acceptance);
        let hands = powers.flat_map(|power| [Some(&power.of), Some(&power.by), power.supervisor.as_ref()]);
        let lower = member.case.preliminary.as_ref().map(|one| &one.authority);
        let hands = hands.flatten().chain(lower);
        hands.fold(resource, |resource, authority| resource.of_authority(authority.as_str()))
    }

    /// The cases as the rules of the application look at them.
    pub(crate) fn siblings(&self) -> Vec<Member<'_>> {
        self.members.iter().map(|member| Member { case: &member.case, law: &member.law }).collect()
    }

    /// Has one case follow an order.
    ///
    /// # Errors
    /// The [`kernel::refusal::Refusal`] of the rules; then nothing of the act is kept.
    pub(crate) fn order(&mut self, at: usize, order: &Order) -> Result<(), Fault> {
        self.carry_out(at, order, true)
    }

    /// Whose the case is today is put on record before anything else happens to it.
    fn carry_out(&mut self, at: usize, order: &Order, directly: bool) -> Result<(), Fault> {
        if *order != Order::MovePower {
            self.follow_order(at, &Order::MovePower, false)?;
        }
        self.follow_order(at, order, directly)
    }

    fn follow_order(&mut self, at: usize, order: &Order, directly: bool) -> Result<(), Fault> {
        let member = &mut self.members[at];
        for event in casework::decide(&member.case, order, &member.law, self.today)? {
            member.case = casework::apply(member.case.clone(), &event);
            member.changed = true;
            self.happened.push(Happened { at, event, directly });
        }
        Ok(())
    }

    /// Marks the cases whose rows say something else than their facts do today, and tells whether there are any.
    pub(crate) fn touch(&mut self) -> bool {
        for member in &mut self.members {
            let mut row = member.row.clone();
            put_index(&mut row, CaseIndex::of(&member.case, &member.law));
            member.changed |= row != member.row;
        }
        self.members.iter().any(|member| member.changed)
    }

    /// Writes what happened: the cases, what follows for their siblings, the application, the record, and the word to
    /// those who listen; and issues the notices. The last thing an act does.
    pub(crate) async fn finish(self, tx: &Tx, visit: &Visit) -> Result<Done, Fault> {
        self.finish_with(tx, visit, false).await
    }

    /// The same; `ring_again` sets the timer anew even when its day has not changed.
    pub(crate) async fn finish_with(mut self, tx: &Tx, visit: &Visit, ring_again: bool) -> Result<Done, Fault> {
        self.follow()?;
        for member in self.members.iter_mut().filter(|member| member.changed) {
            member.row.facts = serde_json::to_string(&member.case)?;
            put_index(&mut member.row, CaseIndex::of(&member.case, &member.law));
            tx.with_commit(store::case_update(&member.row));
        }
        let index = ApplicationIndex::of(&self.siblings(), self.today);
        let was_ready = self.before.task == HAND_OVER;
        put_application_index(&mut self.head, &index, self.today);
        if self.head != self.before {
            tx.with_commit(store::application_update(&self.head));
        }
        for happened in &self.happened {
            let member = &self.members[happened.at];
            record::event(tx, visit, &self.head, member, &happened.event, happened.directly)?;
        }
        if index.task == HAND_OVER && !was_ready {
            record::ready(tx, &self.head);
        }
        if let Some(day) = self.head.timer_on.filter(|day| ring_again || self.before.timer_on != Some(*day)) {
            tx.schedule(timers::look_on(self.id(), day));
        }
        let happened: Vec<_> = self.happened.iter().map(|one| (&self.members[one.at], &one.event)).collect();
        let charged = fees::settle(tx, visit, &self.head, &happened).await?;
        notices::issue_for(tx, visit, &self.head, &happened, &charged).await?;
        Ok(self.state(false))
    }

    /// Where the cases stand.
    /// Whether the visitor may do this with a paper: as one who may with the whole application (`None`), or through a case
    /// that uses it, which is told.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`]
    pub(crate) fn may_on_paper(
        &self,
        visit: &Visit,
        act: Act,
        paper: Uuid,
        uses: &[paper_use::Model],
    ) -> Result<Option<usize>, Fault> {
        if visit.may(act, &self.resource()) {
            return Ok(None);
        }
        let through = |at: &usize| {
            let case = self.members[*at].row.id;
            uses.iter().any(|one| one.paper == paper && one.case_id == case) && visit.may(act, &self.case_resource(*at))
        };
        (0..self.members.len()).find(through).map(Some).ok_or(Fault::NotAllowed)
    }

    pub(crate) fn state(&self, repeated: bool) -> Done {
        let state = |member: &Handled<'_>| CaseState { case: member.case.id, status: member.case.status() };
        Done { application: self.id(), cases: self.members.iter().map(state).collect(), repeated }
    }

    /// Carries on what one case means for the others until nothing follows any more.
    fn follow(&mut self) -> Result<(), Fault> {
        // Each round settles at least one awaited licence for good, so the rounds are bounded.
        loop {
            let next = consequences(&self.siblings());
            let before = self.happened.len();
            for (case, order) in next {
                let at = self.place(case)?;
                self.carry_out(at, &order, false)?;
            }
            if self.happened.len() == before {
                return Ok(());
            }
        }
    }
}

/// The officer who visits.
///
/// # Errors
/// [`Fault::NotAllowed`] for residents, visitors and the platform itself.
pub(crate) fn officer(visit: &Visit) -> Result<Officer, Fault> {
    Officer::of(&visit.actor).ok_or(Fault::NotAllowed)
}

/// The cases before receipt to which the visitor may do this; where all are past it, the first, which will say so.
///
/// # Errors
/// [`Fault::NotAllowed`] when the visitor may do it to none of the cases.
pub(crate) fn before_receipt(matter: &Matter<'_>, visit: &Visit, act: Act) -> Result<Vec<usize>, Fault> {
    let may = |at: &usize| visit.may(act, &matter.case_resource(*at));
    let mine: Vec<usize> = (0..matter.members.len()).filter(may).collect();
    let first = *mine.first().ok_or(Fault::NotAllowed)?;
    let is_open = |at: &usize| matches!(matter.members[*at].case.status(), Status::PreReview | Status::ToMend);
    let open: Vec<usize> = mine.into_iter().filter(is_open).collect();
    Ok(if open.is_empty() { vec![first] } else { open })
}

/// Puts what lists are read by into the row of a case.
pub(crate) fn put_index(row: &mut case::Model, index: CaseIndex) {
    row.status = index.status.code().to_owned();
    (row.authority, row.supervisor) = (index.authority, index.supervisor);
    row.clock = index.clock.code().to_owned();
    (row.step, row.turn, row.stands) = (index.step, index.turn, index.stands);
    (row.due_on, row.yellow_on, row.red_on) = (index.due_on, index.yellow_on, index.red_on);
    (row.deemed_on, row.lapse_on, row.sort_on) = (index.deemed_on, index.lapse_on, index.sort_on);
    (row.accepted_by, row.handled_by) = (index.accepted_by, index.handled_by);
}

/// Puts what the window's list is read by into the row of an application.
pub(crate) fn put_application_index(head: &mut application::Model, index: &ApplicationIndex, today: NaiveDate) {
    head.task = index.task.to_owned();
    (head.due_on, head.yellow_on, head.red_on) = (index.due_on, index.yellow_on, index.red_on);
    (head.sort_on, head.timer_on) = (index.sort_on(), index.timer_on);
    head.settled_on = index.is_settled.then(|| head.settled_on.unwrap_or(today));
    head.handed_over_on = index.is_handed_over.then(|| head.handed_over_on.unwrap_or(today));
}

/// An application as policies see it: of its region and its people. Its authorities are its cases' own affair, so that
/// none of them sees what the others asked.
pub(crate) fn application_resource(head: &application::Model) -> Resource {
    with_people(Resource::of("application"), head)
}

/// A case as policies see it.
pub(crate) fn case_resource(head: &application::Model, row: &case::Model) -> Resource {
    with_people(Resource::of("case"), head).of_authority(row.authority.as_str())
}

fn with_people(resource: Resource, head: &application::Model) -> Resource {
    let mut resource = resource.in_region(&head.region).owned_by(SubjectId::from_uuid(head.subject).to_string());
    if let Some(agent) = head.agent_subject {
        resource = resource.owned_by(SubjectId::from_uuid(agent).to_string());
    }
    match &head.opened_by {
        Some(account) => resource.opened_by(account.as_str()),
        None => resource,
    }
}

impl application::Model {
    /// Who acts for the applicant.
    pub(crate) fn agent(&self) -> Result<Option<Agent>, Fault> {
        Ok(self.agent.as_deref().map(serde_json::from_str).transpose()?)
    }
}
