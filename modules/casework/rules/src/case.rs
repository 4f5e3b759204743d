//! A case (办件): one item, one authority, one applicant; its facts, and what follows from them.

use chrono::NaiveDate;
use kernel::id::{ApplicationId, CaseId};
use kernel::limit::Start;
use serde::{Deserialize, Serialize};

use crate::facts::{
    Acceptance, Correction, Decision, Delivered, Issued, NonAcceptance, Outcome, Prerequisite, StepDone, Terminated,
    Withdrawn,
};
use crate::law::{CaseLaw, LicenceType, StepLaw};
use crate::status::Status;

/// How a case begins: the receipt of the materials (收件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub case: CaseId,
    pub application: ApplicationId,
    /// The item's code; with `version` it pins what the case is judged by, for good.
    pub item: String,
    pub version: u32,
    /// The day the materials were received.
    pub received_on: NaiveDate,
    /// Licences a sibling case will bring and this one needs; see [`awaits`](crate::application::awaits).
    pub awaits: Vec<LicenceType>,
}

/// A case as facts with their days. Nothing here is derived: status, clocks, lamps and due dates are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub id: CaseId,
    pub application: ApplicationId,
    pub item: String,
    pub version: u32,
    pub received_on: NaiveDate,
    pub prerequisites: Vec<Prerequisite>,
    pub correction: Option<Correction>,
    pub acceptance: Option<Acceptance>,
    pub non_acceptance: Option<NonAcceptance>,
    pub steps: Vec<StepDone>,
    pub decision: Option<Decision>,
    pub issued: Option<Issued>,
    pub delivered: Option<Delivered>,
    pub withdrawn: Option<Withdrawn>,
    pub terminated: Option<Terminated>,
    /// The last day anything was recorded; nothing is recorded before it.
    pub last_act_on: NaiveDate,
}

impl Case {
    /// A case on the day its materials were received.
    pub fn open(opening: Opening) -> Self {
        let awaited = |licence| Prerequisite { licence, met_on: None, number: None };
        Self {
            id: opening.case,
            application: opening.application,
            item: opening.item,
            version: opening.version,
            received_on: opening.received_on,
            prerequisites: opening.awaits.into_iter().map(awaited).collect(),
            correction: None,
            acceptance: None,
            non_acceptance: None,
            steps: Vec::new(),
            decision: None,
            issued: None,
            delivered: None,
            withdrawn: None,
            terminated: None,
            last_act_on: opening.received_on,
        }
    }

    /// Where the case stands.
    pub fn status(&self) -> Status {
        if self.terminated.is_some() {
            Status::Terminated
        } else if self.withdrawn.is_some() {
            Status::Withdrawn
        } else if self.non_acceptance.is_some() {
            Status::NotAccepted
        } else if let Some(decision) = &self.decision {
            self.status_after(decision)
        } else if self.acceptance.is_some() {
            if self.is_waiting() { Status::Waiting } else { Status::InReview }
        } else {
            self.status_before_acceptance()
        }
    }

    fn status_after(&self, decision: &Decision) -> Status {
        match decision.outcome {
            Outcome::Refuse => Status::Refused,
            Outcome::Grant if self.delivered.is_some() => Status::Delivered,
            Outcome::Grant if self.issued.is_some() => Status::Issued,
            Outcome::Grant => Status::Granted,
        }
    }

    fn status_before_acceptance(&self) -> Status {
        match &self.correction {
            None => Status::Received,
            Some(correction) if correction.lapsed_on.is_some() => Status::Lapsed,
            Some(correction) if correction.answered_on.is_some() => Status::Corrected,
            Some(_) => Status::CorrectionNoticed,
        }
    }

    /// Whether a licence this case consumes is still to come.
    pub fn is_waiting(&self) -> bool {
        self.prerequisites.iter().any(|prerequisite| prerequisite.met_on.is_none())
    }

    /// The licences still to come.
    pub fn awaited(&self) -> impl Iterator<Item = &LicenceType> {
        self.prerequisites
            .iter()
            .filter(|prerequisite| prerequisite.met_on.is_none())
            .map(|prerequisite| &prerequisite.licence)
    }

    /// The step to be done now, the decision included; `None` when the case is not under way.
    pub fn next_step<'a>(&self, law: &'a CaseLaw) -> Option<&'a StepLaw> {
        match self.status() {
            Status::Waiting | Status::InReview => law.steps.get(self.steps.len()),
            _ => None,
        }
    }

    /// The day the decision limit starts: the event the item names, or the day the last licence it consumes was
    /// there, whichever is later. `None` before that.
    pub fn clock_started_on(&self, start: Start) -> Option<NaiveDate> {
        let acceptance = self.acceptance.as_ref()?;
        let event = match start {
            Start::Acceptance => acceptance.on,
            Start::Receipt => self.complete_on(),
        };
        let met = self.prerequisites.iter().map(|prerequisite| prerequisite.met_on).collect::<Option<Vec<_>>>()?;
        met.into_iter().chain([event]).max()
    }

    /// The day the materials were all in: receipt, or the answer to the correction notice.
    pub fn complete_on(&self) -> NaiveDate {
        self.correction.as_ref().and_then(|correction| correction.answered_on).unwrap_or(self.received_on)
    }

    /// The day the decision limit stopped running for good: decision, withdrawal or termination.
    pub fn clock_stopped_on(&self) -> Option<NaiveDate> {
        let decided = self.decision.as_ref().map(|decision| decision.on);
        let withdrawn = self.withdrawn.as_ref().map(|withdrawn| withdrawn.on);
        let terminated = self.terminated.as_ref().map(|terminated| terminated.on);
        decided.or(withdrawn).or(terminated)
    }

    /// Whether nothing remains to be done but handing over what there is.
    pub fn is_settled(&self, law: &CaseLaw) -> bool {
        match self.status() {
            Status::Received | Status::CorrectionNoticed | Status::Corrected | Status::Waiting | Status::InReview => {
                false
            }
            Status::Granted => !law.makes_result,
            Status::Issued
            | Status::Delivered
            | Status::Refused
            | Status::NotAccepted
            | Status::Lapsed
            | Status::Withdrawn
            | Status::Terminated => true,
        }
    }
}
