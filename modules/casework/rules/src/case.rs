//! A case (办件): one item, one authority, one applicant; its facts, and what follows from them.

use chrono::NaiveDate;
use kernel::id::{ApplicationId, CaseId};
use kernel::limit::Start;
use serde::{Deserialize, Serialize};

use crate::commitment::{Commitment, CommitmentMade};
use crate::facts::{
    Acceptance, Correction, Decision, Delivered, Issued, NonAcceptance, Outcome, Prerequisite, StepDone, Terminated,
    Withdrawn,
};
use crate::law::{CaseLaw, LicenceType, StepLaw};
use crate::missing::{Gap, GapGround, MissingPaper, SpotCorrection};
use crate::power::Power;
use crate::pre_review::PreReview;
use crate::preliminary::Preliminary;
use crate::special::{Extension, Hearing, SpecialRun};
use crate::status::{Phase, Status};
use crate::supervision::Supervision;
use crate::undone::{Cancelled, Renews, Revoked};

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
    /// 告知承诺, where the applicant chose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<CommitmentMade>,
    /// 延续: the licence the case renews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<Renews>,
    /// 网上预审: it was filed online and the item offers to look at it first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pre_review: bool,
    /// By whose power it is handled, where it is not the authority's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power: Option<Power>,
    /// 下级初审: the lower authority that reviews it first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preliminary: Option<String>,
}

/// A case as facts with their days. Nothing here is derived: status, clocks, lamps and due dates are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub id: CaseId,
    pub application: ApplicationId,
    pub item: String,
    pub version: u32,
    /// 收到申请材料之日, from which the law counts: the day of filing, or of mending after a pre-review.
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
    // Rows written before these facts were known read back without them.
    #[serde(default)]
    pub pre_review: Option<PreReview>,
    /// The powers it has stood under, the last of them now; none while it was always the authority's own.
    #[serde(default)]
    pub powers: Vec<Power>,
    #[serde(default)]
    pub preliminary: Option<Preliminary>,
    #[serde(default)]
    pub supervision: Option<Supervision>,
    #[serde(default)]
    pub spot_corrections: Vec<SpotCorrection>,
    /// 容缺: papers that may follow.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    #[serde(default)]
    pub specials: Vec<SpecialRun>,
    #[serde(default)]
    pub hearing: Option<Hearing>,
    #[serde(default)]
    pub extension: Option<Extension>,
    #[serde(default)]
    pub commitment: Option<Commitment>,
    #[serde(default)]
    pub renews: Option<Renews>,
    #[serde(default)]
    pub revoked: Option<Revoked>,
    #[serde(default)]
    pub cancelled: Option<Cancelled>,
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
            powers: opening.power.into_iter().collect(),
            preliminary: opening.preliminary.map(|authority| Preliminary { authority, handed_up: None }),
            supervision: None,
            pre_review: opening.pre_review.then(|| PreReview::new(opening.received_on)),
            spot_corrections: Vec::new(),
            gaps: Vec::new(),
            specials: Vec::new(),
            hearing: None,
            extension: None,
            commitment: opening.commitment.map(|made| Commitment::new(made, opening.received_on)),
            renews: opening.renews,
            revoked: None,
            cancelled: None,
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
        } else if self.gaps.iter().any(|gap| gap.lapsed_on.is_some()) {
            Status::Lapsed
        } else if let Some(decision) = &self.decision {
            self.status_after(decision)
        } else if self.acceptance.is_some() {
            self.status_in_review()
        } else {
            self.status_before_acceptance()
        }
    }

    fn status_after(&self, decision: &Decision) -> Status {
        match decision.outcome {
            Outcome::Refuse => Status::Refused,
            Outcome::Grant if self.cancelled.is_some() => Status::Cancelled,
            Outcome::Grant if self.revoked.is_some() => Status::Revoked,
            Outcome::Grant if self.delivered.is_some() => Status::Delivered,
            Outcome::Grant if self.issued.is_some() => Status::Issued,
            Outcome::Grant => Status::Granted,
        }
    }

    fn status_in_review(&self) -> Status {
        if self.is_preliminary() {
            Status::Preliminary
        } else if self.is_waiting() {
            Status::Waiting
        } else if self.open_special().is_some() || self.hearing.as_ref().is_some_and(Hearing::is_under_way) {
            Status::InSpecial
        } else {
            Status::InReview
        }
    }

    fn status_before_acceptance(&self) -> Status {
        match &self.pre_review {
            Some(pre_review) if pre_review.open_advice().is_some() => return Status::ToMend,
            Some(pre_review) if pre_review.is_open() => return Status::PreReview,
            Some(_) | None => {}
        }
        match &self.correction {
            None => Status::Received,
            Some(correction) if correction.lapsed_on.is_some() => Status::Lapsed,
            Some(correction) if correction.answered_on.is_some() => Status::Corrected,
            Some(_) => Status::CorrectionNoticed,
        }
    }

    /// The special procedure under way.
    pub fn open_special(&self) -> Option<&SpecialRun> {
        self.specials.last().filter(|run| run.is_open())
    }

    /// The papers still to come although the case goes on.
    pub fn missing_papers(&self) -> impl Iterator<Item = &MissingPaper> {
        self.gaps.iter().filter(|gap| gap.is_open()).flat_map(|gap| &gap.papers)
    }

    /// The commitment the case is decided by, unless the applicant took it back.
    pub fn standing_commitment(&self) -> Option<&Commitment> {
        self.commitment.as_ref().filter(|commitment| commitment.stands())
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

    /// The step to be done now, the decision included; `None` when the case is not under way. A commitment is decided
    /// on at once: what the steps before would look into is checked after the decision.
    pub fn next_step<'a>(&self, law: &'a CaseLaw) -> Option<&'a StepLaw> {
        match self.status().phase() {
            Phase::Review if self.is_preliminary() => None,
            Phase::Review if self.standing_commitment().is_some() => law.decision_step(),
            Phase::Review => law.steps.get(self.steps.len()),
            Phase::Intake | Phase::Granted | Phase::Refused | Phase::Undone | Phase::Ended => None,
        }
    }

    /// The day the decision limit starts: the event the item names, the day the last licence it consumes was there, or
    /// the day what a withdrawn commitment had stood for was in, whichever is latest. `None` before that.
    pub fn clock_started_on(&self, start: Start) -> Option<NaiveDate> {
        let event = self.start_event_on(start)?;
        let met = self.prerequisites.iter().map(|prerequisite| prerequisite.met_on);
        let back = self.gaps.iter().filter(|gap| gap.ground == GapGround::CommitmentWithdrawn);
        let days = met.chain(back.map(|gap| gap.supplied_on)).collect::<Option<Vec<_>>>()?;
        days.into_iter().chain([event]).max()
    }

    /// The day of the event a limit names, once the case is accepted.
    pub(crate) fn start_event_on(&self, start: Start) -> Option<NaiveDate> {
        let acceptance = self.acceptance.as_ref()?;
        match start {
            // Handed up, it is accepted by who decides on the day it came in there.
            Start::Acceptance => match &self.preliminary {
                Some(preliminary) => preliminary.handed_up.as_ref().map(|up| up.on.max(acceptance.on)),
                None => Some(acceptance.on),
            },
            Start::Receipt => Some(self.complete_on()),
            Start::Decision => self.decision.as_ref().map(|decision| decision.on),
        }
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
        match self.status().phase() {
            Phase::Intake | Phase::Review => false,
            Phase::Granted => self.issued.is_some() || self.delivered.is_some() || !law.makes_result,
            Phase::Refused | Phase::Undone | Phase::Ended => true,
        }
    }
}
