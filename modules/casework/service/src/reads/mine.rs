//! The applicant's own applications: one sentence each, who acts next, and every case's way with the office to ask.

use std::collections::BTreeMap;

use access_service::Visit;
use casework::application::{NextActor, Sentence, application_sentence, sentence};
use casework::{ANSWER_CORRECTION, Hearing, MEND_PRE_REVIEW, Outcome, READ, SUPPLY, Status, WITHDRAW};
use chrono::NaiveDate;
use courier::SEND_IN;
use kernel::id::{ApplicationId, CaseId, SubjectId};
use platform::{Fault, journal};
use serde::Serialize;
use ui::say;

use super::case_line::{ResultView, phone};
use super::clock::ClockView;
use super::correction::{CorrectionView, advice, correction};
use super::form::{FormSection, sections};
use super::journal::{JournalLine, Reader, lines};
use super::notes::{NoteView, notes};
use super::owed::{OwedView, owed};
use super::papers::{PaperView, papers};
use super::people::DeliveryView;
use super::track::{TrackStop, track};
use super::trust::with_trust;
use crate::acts::{Handled, Matter};
use crate::pins;
use crate::sendable::{Sendable, sendable};
use crate::store::{self, Which};
use crate::wording::Wording;

/// One application in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MyApplicationLine {
    pub id: ApplicationId,
    pub number: String,
    /// 开办餐饮店
    pub title: String,
    pub received_on: NaiveDate,
    pub sentence: String,
    pub next: NextActor,
    pub next_word: String,
    /// Something waits for the applicant.
    pub needs_you: bool,
    /// Everything is settled and handed over.
    pub done: bool,
    pub settled: u32,
    pub total: u32,
}

/// One application of the applicant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MyApplication {
    pub id: ApplicationId,
    pub number: String,
    pub theme: String,
    pub title: String,
    pub received_on: NaiveDate,
    pub received_words: String,
    pub applicant: String,
    pub sentence: String,
    pub next: NextActor,
    pub next_word: String,
    /// The day by which all of it is decided, where one can be told.
    pub due: Option<NaiveDate>,
    pub due_words: String,
    pub cases: Vec<MyCase>,
    pub correction: Option<CorrectionView>,
    /// 预审意见: what should be mended before receipt, while it can be.
    pub advice: Option<CorrectionView>,
    /// Papers that were allowed to follow, and evidence of commitments.
    pub owed: Option<OwedView>,
    /// Hearings offered and not answered yet.
    pub hearings: Vec<HearingOffer>,
    pub papers: Vec<PaperView>,
    pub sections: Vec<FormSection>,
    pub results: Vec<ResultView>,
    pub delivery: DeliveryView,
    /// Papers that may be sent to the hall by post.
    pub sendable: Vec<Sendable>,
    pub may_answer: bool,
    /// It is before receipt, and the applicant may mend it or go on as it is.
    pub may_skip: bool,
    pub may_supply: bool,
    pub may_withdraw: bool,
    pub journal: Vec<JournalLine>,
}

/// A hearing the applicant may ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HearingOffer {
    pub case: CaseId,
    /// The item's name.
    pub name: String,
    pub authority: String,
    /// What is at stake.
    pub why: String,
    /// 12月11日（周五）前
    pub due_words: String,
}

/// One case of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MyCase {
    pub id: CaseId,
    /// The item's id.
    pub item: String,
    pub name: String,
    pub authority: String,
    pub phone: String,
    pub status: Status,
    pub status_word: String,
    pub sentence: String,
    pub next: NextActor,
    pub next_word: String,
    pub clock: ClockView,
    pub track: Vec<TrackStop>,
    /// Why it was refused or not accepted.
    pub reason: Option<String>,
    /// Where to turn against a refusal.
    pub remedy: Option<String>,
    pub result: Option<ResultView>,
    pub may_withdraw: bool,
    /// It rests on a commitment that can still be taken back.
    pub may_withdraw_commitment: bool,
    pub notes: Vec<NoteView>,
}

/// The applications in which the visitor is applicant or agent, newest first, two hundred at most.
///
/// # Errors
/// [`Fault::NotAllowed`] for whoever is no resident.
pub async fn my_applications(visit: &Visit) -> Result<Vec<MyApplicationLine>, Fault> {
    let subject: SubjectId = visit.actor.subject().and_then(|subject| subject.parse().ok()).ok_or(Fault::NotAllowed)?;
    let (shelf, wording) = (pins::shelf(&visit.world)?, Wording::of(visit)?);
    let reader = visit.world.db.reader();
    let mut lines = Vec::new();
    for (head, cases) in store::matters_of(reader, subject).await? {
        let matter = Matter::of(reader, visit.today(), visit, &shelf, head, cases).await?;
        if visit.may(READ, &matter.resource()) {
            lines.push(line(&matter, &wording));
        }
    }
    Ok(lines)
}

fn line(matter: &Matter<'_>, wording: &Wording) -> MyApplicationLine {
    let said = application_sentence(&matter.siblings(), matter.today());
    let settled = matter.members.iter().filter(|member| member.case.is_settled(&member.law)).count();
    MyApplicationLine {
        id: matter.id(),
        number: matter.head.number.clone(),
        title: matter.head.theme_name.clone(),
        received_on: received_on(matter),
        sentence: wording.application(matter),
        next: said.next,
        next_word: wording.word("next-actor", said.next.code()),
        needs_you: said.next == NextActor::Applicant,
        done: matter.head.handed_over_on.is_some(),
        settled: u32::try_from(settled).unwrap_or(u32::MAX),
        total: u32::try_from(matter.members.len()).unwrap_or(u32::MAX),
    }
}

fn received_on(matter: &Matter<'_>) -> NaiveDate {
    platform::clock::china_day(matter.head.received_at)
}

/// One application of the visitor.
///
/// # Errors
/// [`Fault::NotFound`] also for somebody else's, so that nobody learns of it.
pub async fn my_application(visit: &Visit, id: ApplicationId) -> Result<MyApplication, Fault> {
    let (shelf, wording) = (pins::shelf(&visit.world)?, Wording::of(visit)?);
    let matter = Matter::look(visit, &shelf, Which::Application(id)).await?;
    if !visit.may(READ, &matter.resource()) {
        return Err(Fault::NotFound);
    }
    let reader = visit.world.db.reader();
    let (head, all) = (&matter.head, matter.members.iter().collect::<Vec<_>>());
    let form = store::form_find(reader, head.id).await?;
    let rows = store::paper_list(reader, head.id).await?;
    let uses = store::paper_use_list(reader, head.id).await?;
    let record = journal::read(reader, head.id, 0).await?;
    let said = application_sentence(&matter.siblings(), matter.today());
    let due = said.facts.get("due").and_then(|day| day.parse::<NaiveDate>().ok());
    let may_withdraw = visit.may(WITHDRAW, &matter.resource());
    let owed = owed(&all, &wording);
    let noticed = matter.members.iter().any(|member| member.case.status() == Status::CorrectionNoticed);
    Ok(MyApplication {
        id,
        number: head.number.clone(),
        theme: head.theme.clone(),
        title: head.theme_name.clone(),
        received_on: received_on(&matter),
        received_words: say::moment(head.received_at, wording.today),
        applicant: head.applicant.clone(),
        sentence: wording.application(&matter),
        next: said.next,
        next_word: wording.word("next-actor", said.next.code()),
        due,
        due_words: due.map_or_else(String::new, |day| say::before(day, wording.today)),
        cases: all.iter().map(|member| my_case(member, may_withdraw, &wording)).collect(),
        correction: correction(&all, &wording),
        advice: advice(&all, &wording),
        may_supply: owed.is_some() && visit.may(SUPPLY, &matter.resource()),
        owed,
        hearings: all.iter().filter_map(|member| hearing_offer(member, &wording)).collect(),
        papers: with_trust(
            visit,
            (matter.head.id, &matter.resource()),
            papers(&rows, &uses, &all, true, &wording)?,
            &wording,
        )
        .await?,
        sections: sections(&all, &form, &wording),
        results: all.iter().filter_map(|member| ResultView::of(member)).collect(),
        delivery: DeliveryView::of(head, &wording)?,
        sendable: if visit.may(SEND_IN, &matter.resource()) { sendable(reader, &matter).await? } else { Vec::new() },
        may_answer: noticed && visit.may(ANSWER_CORRECTION, &matter.resource()),
        may_skip: all.iter().any(|member| matches!(member.case.status(), Status::PreReview | Status::ToMend))
            && visit.may(MEND_PRE_REVIEW, &matter.resource()),
        may_withdraw: may_withdraw && all.iter().any(|member| is_undecided(member)),
        journal: lines(&record, head, &all, (true, Reader::Applicant), &wording)?,
    })
}

fn hearing_offer(member: &Handled<'_>, wording: &Wording) -> Option<HearingOffer> {
    let hearing = member.case.hearing.as_ref().filter(|hearing| Hearing::is_offered(hearing))?;
    is_undecided(member).then(|| HearingOffer {
        case: member.case.id,
        name: member.row.item_name.clone(),
        authority: wording.shelf.authority_short(&member.row.authority).to_owned(),
        why: hearing.why.clone(),
        due_words: member
            .case
            .hearing_answer_due(&member.law)
            .day()
            .map_or_else(String::new, |day| say::before(day, wording.today)),
    })
}

fn is_undecided(member: &Handled<'_>) -> bool {
    let status = member.case.status();
    !status.is_decided() && !status.ended_without_licence()
}

fn my_case(member: &Handled<'_>, may_withdraw: bool, wording: &Wording) -> MyCase {
    let said: Sentence = sentence(&member.case, &member.law, wording.today);
    let status = member.case.status();
    MyCase {
        id: member.case.id,
        item: member.row.item.clone(),
        name: member.row.item_name.clone(),
        authority: wording.shelf.authority_short(&member.row.authority).to_owned(),
        phone: phone(member, wording),
        status,
        status_word: wording.status(&member.item, status),
        sentence: wording.sentence(&said, &member.item),
        next: said.next,
        next_word: wording.word("next-actor", said.next.code()),
        clock: ClockView::of(&member.case.reading(&member.law), wording),
        track: track(member, wording),
        reason: reason(member),
        remedy: remedy(member, wording),
        result: ResultView::of(member),
        may_withdraw: may_withdraw && is_undecided(member),
        may_withdraw_commitment: may_withdraw && is_undecided(member) && member.case.standing_commitment().is_some(),
        notes: notes(member, wording),
    }
}

fn reason(member: &Handled<'_>) -> Option<String> {
    let refused = member.case.decision.as_ref().filter(|decision| decision.outcome == Outcome::Refuse);
    let not_accepted = member.case.non_acceptance.as_ref();
    let revoked = member.case.revoked.as_ref();
    let reason = refused.map(|decision| &decision.reason).or(not_accepted.map(|refusal| &refusal.reason));
    reason.or(revoked.map(|revoked| &revoked.reason)).cloned()
}

/// 救济途径, owed with every refusal (行政许可法 38.2).
fn remedy(member: &Handled<'_>, wording: &Wording) -> Option<String> {
    if !matches!(member.case.status(), Status::Refused | Status::NotAccepted | Status::Revoked) {
        return None;
    }
    let remedy = member.item.remedy.as_ref()?;
    let facts =
        BTreeMap::from([("review".to_owned(), remedy.review.clone()), ("court".to_owned(), remedy.court.clone())]);
    Some(wording.words.fill("told.remedy", &facts))
}
