//! What the applicant reads: one sentence, who acts next, and the facts to fill in. Codes here, words in text files.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Handover, Member, handover};
use crate::case::Case;
use crate::due::{Due, WhyNoDate};
use crate::law::{CaseLaw, LicenceType};
use crate::special::Hearing;
use crate::status::{Phase, Status};
use kernel::coded;

coded! {
    /// Who has to do the next thing.
    NextActor in "next-actor" {
        /// 您
        Applicant = "applicant",
        /// 受理窗口
        Window = "window",
        /// 审批部门
        Authority = "authority",
        /// 同一申请中的另一件
        OtherCase = "other-case",
        /// 无
        Nobody = "nobody",
    }
}

coded! {
    /// The sentences. `-by` knows the day, `-late` is past it, the plain one cannot tell it.
    SentenceCode in "sentence" {
        PreReview = "pre-review",
        PreReviewBy = "pre-review-by",
        PreReviewLate = "pre-review-late",
        ToMend = "to-mend",
        ToMendBy = "to-mend-by",
        ToMendLate = "to-mend-late",
        Received = "received",
        ReceivedBy = "received-by",
        ReceivedLate = "received-late",
        Correct = "correct",
        CorrectBy = "correct-by",
        CorrectLate = "correct-late",
        Corrected = "corrected",
        CorrectedBy = "corrected-by",
        CorrectedLate = "corrected-late",
        Preliminary = "preliminary",
        PreliminaryBy = "preliminary-by",
        PreliminaryLate = "preliminary-late",
        Waiting = "waiting",
        InReview = "in-review",
        InReviewBy = "in-review-by",
        InReviewLate = "in-review-late",
        Supply = "supply",
        SupplyBy = "supply-by",
        SupplyLate = "supply-late",
        HearingOffered = "hearing-offered",
        HearingAsked = "hearing-asked",
        HearingSet = "hearing-set",
        InSpecial = "in-special",
        InSpecialBy = "in-special-by",
        InSpecialLate = "in-special-late",
        Granted = "granted",
        GrantedBy = "granted-by",
        GrantedLate = "granted-late",
        ToCollect = "to-collect",
        Delivered = "delivered",
        Evidence = "evidence",
        EvidenceBy = "evidence-by",
        EvidenceLate = "evidence-late",
        Revoked = "revoked",
        Cancelled = "cancelled",
        Refused = "refused",
        NotAccepted = "not-accepted",
        NotAcceptedGoTo = "not-accepted-go-to",
        Lapsed = "lapsed",
        GapLapsed = "gap-lapsed",
        Withdrawn = "withdrawn",
        Terminated = "terminated",
        MattersNeedYou = "matters-need-you",
        MattersFiled = "matters-filed",
        MattersFiledBy = "matters-filed-by",
        MattersReceived = "matters-received",
        MattersReceivedBy = "matters-received-by",
        MattersBegun = "matters-begun",
        MattersBegunBy = "matters-begun-by",
        MattersUnderWay = "matters-under-way",
        MattersUnderWayBy = "matters-under-way-by",
        MattersToCollectNow = "matters-to-collect-now",
        MattersToCollect = "matters-to-collect",
        MattersDone = "matters-done",
    }
}

/// One sentence of state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    pub code: SentenceCode,
    pub next: NextActor,
    /// Dates as 2026-11-22, roles and licence types by their codes, names as the item writes them.
    pub facts: BTreeMap<&'static str, String>,
}

impl Sentence {
    fn new(code: SentenceCode, next: NextActor) -> Self {
        Self { code, next, facts: BTreeMap::new() }
    }

    fn fact(mut self, name: &'static str, value: impl ToString) -> Self {
        self.facts.insert(name, value.to_string());
        self
    }
}

/// The three sentences of one stage: the day known, past, or unknown.
struct Stage {
    plain: SentenceCode,
    by: SentenceCode,
    late: SentenceCode,
}

impl Stage {
    fn says(&self, next: NextActor, due: Due, today: NaiveDate) -> Sentence {
        match due {
            Due::On(day) if day < today => Sentence::new(self.late, next).fact("due", day),
            Due::On(day) => Sentence::new(self.by, next).fact("due", day),
            Due::Unknown(why) => Sentence::new(self.plain, next).fact("why", why),
        }
    }
}

/// How one case stands, for its applicant.
pub fn sentence(case: &Case, law: &CaseLaw, today: NaiveDate) -> Sentence {
    use SentenceCode as Say;
    let due = case.reading(law).due;
    match case.status() {
        Status::PreReview => Stage { plain: Say::PreReview, by: Say::PreReviewBy, late: Say::PreReviewLate }
            .says(NextActor::Window, due, today)
            .fact("filed_on", case.received_on),
        Status::ToMend => Stage { plain: Say::ToMend, by: Say::ToMendBy, late: Say::ToMendLate }
            .says(NextActor::Applicant, due, today)
            .fact("count", advised(case))
            .fact("filed_on", case.received_on),
        Status::Received => Stage { plain: Say::Received, by: Say::ReceivedBy, late: Say::ReceivedLate }
            .says(NextActor::Window, due, today)
            .fact("received_on", case.received_on),
        Status::CorrectionNoticed => Stage { plain: Say::Correct, by: Say::CorrectBy, late: Say::CorrectLate }
            .says(NextActor::Applicant, due, today)
            .fact("count", case.correction.as_ref().map_or(0, |correction| correction.items.len())),
        Status::Corrected => Stage { plain: Say::Corrected, by: Say::CorrectedBy, late: Say::CorrectedLate }.says(
            NextActor::Window,
            due,
            today,
        ),
        Status::Preliminary | Status::Waiting | Status::InReview | Status::InSpecial
            if case.missing_papers().next().is_some() =>
        {
            Stage { plain: Say::Supply, by: Say::SupplyBy, late: Say::SupplyLate }
                .says(NextActor::Applicant, case.gap_due(law), today)
                .fact("count", case.missing_papers().count())
        }
        Status::Waiting | Status::InReview if case.hearing.as_ref().is_some_and(Hearing::is_offered) => {
            let due = case.hearing_answer_due(law).day();
            Sentence::new(Say::HearingOffered, NextActor::Applicant)
                .fact("due", due.map_or_else(String::new, |day| day.to_string()))
        }
        Status::Preliminary => Stage { plain: Say::Preliminary, by: Say::PreliminaryBy, late: Say::PreliminaryLate }
            .says(NextActor::Authority, due, today)
            .fact("authority", case.desk_today(law)),
        Status::InSpecial => in_special(case, law, today),
        Status::Waiting => Sentence::new(Say::Waiting, NextActor::OtherCase).fact("licences", licences(case.awaited())),
        Status::InReview => {
            let step = case.next_step(law);
            Stage { plain: Say::InReview, by: Say::InReviewBy, late: Say::InReviewLate }
                .says(NextActor::Authority, due, today)
                .fact("step", step.map_or("", |step| &step.name))
                .fact("role", step.map_or("", |step| step.role.name()))
        }
        Status::Granted if !law.makes_result => Sentence::new(Say::ToCollect, NextActor::Window),
        Status::Granted => Stage { plain: Say::Granted, by: Say::GrantedBy, late: Say::GrantedLate }.says(
            NextActor::Authority,
            due,
            today,
        ),
        Status::Issued => Sentence::new(Say::ToCollect, NextActor::Window),
        Status::Delivered if owes_evidence(case) => {
            Stage { plain: Say::Evidence, by: Say::EvidenceBy, late: Say::EvidenceLate }
                .says(NextActor::Applicant, case.evidence_due(law), today)
                .fact("count", case.commitment.as_ref().map_or(0, |commitment| commitment.made.papers.len()))
        }
        Status::Delivered
        | Status::Refused
        | Status::Revoked
        | Status::Cancelled
        | Status::NotAccepted
        | Status::Lapsed
        | Status::Withdrawn
        | Status::Terminated => ended(case),
    }
}

/// The licence is out and what was committed to is still to come.
fn owes_evidence(case: &Case) -> bool {
    case.standing_commitment().is_some_and(|commitment| commitment.is_unsettled() && commitment.awaits_evidence())
}

/// While the limit stands: what for, and until when.
fn in_special(case: &Case, law: &CaseLaw, today: NaiveDate) -> Sentence {
    use SentenceCode as Say;
    if let Some(run) = case.open_special() {
        let name = law.special(&run.procedure).map_or(run.procedure.as_str(), |special| &special.name);
        return Stage { plain: Say::InSpecial, by: Say::InSpecialBy, late: Say::InSpecialLate }
            .says(NextActor::Authority, case.special_due(law), today)
            .fact("procedure", name);
    }
    match case.hearing.as_ref().and_then(|hearing| hearing.session.as_ref()) {
        Some(session) => {
            Sentence::new(Say::HearingSet, NextActor::Authority).fact("on", session.on).fact("place", &session.place)
        }
        None => Sentence::new(Say::HearingAsked, NextActor::Authority),
    }
}

fn ended(case: &Case) -> Sentence {
    use SentenceCode as Say;
    let nobody = |code| Sentence::new(code, NextActor::Nobody);
    let yours = |code| Sentence::new(code, NextActor::Applicant);
    if let Some(terminated) = &case.terminated {
        yours(Say::Terminated).fact("licences", &terminated.licence)
    } else if let Some(withdrawn) = &case.withdrawn {
        nobody(Say::Withdrawn).fact("on", withdrawn.on)
    } else if let Some(refusal) = &case.non_acceptance {
        let code = if refusal.go_to.is_some() { Say::NotAcceptedGoTo } else { Say::NotAccepted };
        let go_to = refusal.go_to.clone().unwrap_or_default();
        yours(code).fact("reason", &refusal.reason).fact("go_to", go_to)
    } else if let Some(cancelled) = &case.cancelled {
        nobody(Say::Cancelled).fact("on", cancelled.on).fact("reason", &cancelled.reason)
    } else if let Some(revoked) = &case.revoked {
        yours(Say::Revoked).fact("on", revoked.on).fact("reason", &revoked.reason)
    } else if let Some(delivered) = &case.delivered
        && case.status() == Status::Delivered
    {
        nobody(Say::Delivered).fact("on", delivered.on)
    } else if let Some(decision) = &case.decision {
        yours(Say::Refused).fact("on", decision.on).fact("reason", &decision.reason)
    } else if case.gaps.is_empty() {
        yours(Say::Lapsed)
    } else {
        yours(Say::GapLapsed)
    }
}

fn licences<'a>(types: impl Iterator<Item = &'a LicenceType>) -> String {
    types.map(LicenceType::as_str).collect::<Vec<_>>().join(",")
}

/// How many points a pre-review advised to mend.
fn advised(case: &Case) -> usize {
    case.pre_review.as_ref().and_then(|one| one.open_advice()).map_or(0, |advice| advice.points.len())
}

/// Something has to come from the applicant before this case can go on well.
fn needs_applicant(case: &Case) -> bool {
    match case.status().phase() {
        Phase::Intake => {
            matches!(case.status(), Status::ToMend | Status::CorrectionNoticed)
                || case.missing_papers().next().is_some()
        }
        Phase::Review => {
            case.missing_papers().next().is_some() || case.hearing.as_ref().is_some_and(Hearing::is_offered)
        }
        Phase::Granted => case.status() == Status::Delivered && owes_evidence(case),
        Phase::Refused | Phase::Undone | Phase::Ended => false,
    }
}

/// How the whole application stands: what needs the applicant first, else how far it is and by when.
pub fn application_sentence(members: &[Member], today: NaiveDate) -> Sentence {
    use SentenceCode as Say;
    let waiting_for_you = members.iter().filter(|one| needs_applicant(one.case)).count();
    let settled = members.iter().filter(|one| one.case.is_settled(one.law)).count();
    let counted = |sentence: Sentence| sentence.fact("settled", settled).fact("total", members.len());
    if waiting_for_you > 0 {
        return counted(Sentence::new(Say::MattersNeedYou, NextActor::Applicant).fact("count", waiting_for_you));
    }
    match handover(members, today) {
        Handover::Done => counted(Sentence::new(Say::MattersDone, NextActor::Nobody)),
        Handover::Ready { deliver } => {
            counted(Sentence::new(Say::MattersToCollect, NextActor::Window).fact("count", deliver.len()))
        }
        Handover::Pressing { deliver, .. } => {
            counted(Sentence::new(Say::MattersToCollectNow, NextActor::Window).fact("count", deliver.len()))
        }
        Handover::NotYet { .. } if members.iter().all(|one| before_acceptance(one.case)) => {
            counted(received(members, today))
        }
        Handover::NotYet { .. } => counted(under_way(members, settled, today)),
    }
}

/// The window has not accepted it yet.
fn before_acceptance(case: &Case) -> bool {
    matches!(case.status(), Status::PreReview | Status::Received | Status::Corrected)
}

/// Nothing is accepted yet: the window says by the latest of its days whether it is. While some is still looked at before
/// receipt, that is what is said, and by when.
fn received(members: &[Member], today: NaiveDate) -> Sentence {
    let filed = members.iter().filter(|one| one.case.status() == Status::PreReview);
    if let Some(due) = filed.map(|one| one.case.pre_review_due(one.law)).max_by_key(|due| due.day()) {
        return match due {
            Due::On(day) if day >= today => {
                Sentence::new(SentenceCode::MattersFiledBy, NextActor::Window).fact("due", day)
            }
            Due::On(_) | Due::Unknown(_) => Sentence::new(SentenceCode::MattersFiled, NextActor::Window),
        };
    }
    let days: Option<Vec<NaiveDate>> = members.iter().map(|one| one.case.reading(one.law).due.day()).collect();
    match days.and_then(|days| days.into_iter().max()) {
        Some(day) if day >= today => Sentence::new(SentenceCode::MattersReceivedBy, NextActor::Window).fact("due", day),
        _ => Sentence::new(SentenceCode::MattersReceived, NextActor::Window),
    }
}

/// Under way: by the latest day, if every open case has one and none is past.
fn under_way(members: &[Member], settled: usize, today: NaiveDate) -> Sentence {
    let mut next = NextActor::Authority;
    let mut latest = Due::Unknown(WhyNoDate::Nothing);
    let mut told = true;
    for member in members.iter().filter(|one| !one.case.is_settled(one.law)) {
        if before_acceptance(member.case) {
            // Until it is accepted there is no day by which it will be decided.
            next = NextActor::Window;
            told = false;
        }
        match member.case.reading(member.law).due {
            Due::On(day) if day >= today => latest = Due::On(latest.day().map_or(day, |other| other.max(day))),
            Due::On(_) | Due::Unknown(_) => told = false,
        }
    }
    // While all are accepted and nothing is done there is nothing to count.
    let (plain, by) = if settled == 0 && next == NextActor::Authority {
        (SentenceCode::MattersBegun, SentenceCode::MattersBegunBy)
    } else {
        (SentenceCode::MattersUnderWay, SentenceCode::MattersUnderWayBy)
    };
    match latest {
        Due::On(day) if told => Sentence::new(by, next).fact("due", day),
        Due::On(_) | Due::Unknown(_) => Sentence::new(plain, next),
    }
}
