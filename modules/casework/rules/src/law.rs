//! What the law and the item say about a case: handed to `decide` with every order, from the item version the case
//! is pinned to.

use access::Role;
use chrono::NaiveDate;
use kernel::calendar::WorkCalendar;
use kernel::limit::{Limit, Period};
use serde::{Deserialize, Serialize};

use crate::clock::Resume;
use crate::power::Powers;
use crate::preliminary::PreliminaryLaw;
use crate::terms::Terms;

/// A type of licence (证照类型), by the catalogue's slug such as `business-licence`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LicenceType(String);

impl LicenceType {
    /// Wraps the slug.
    pub fn new(slug: impl Into<String>) -> Self {
        Self(slug.into())
    }

    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for LicenceType {
    fn from(slug: &str) -> Self {
        Self(slug.to_owned())
    }
}

impl std::fmt::Display for LicenceType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One step of the item (办理环节): 承办, 审核, 批准. The last is the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLaw {
    /// Unique within the item.
    pub id: String,
    /// As the item calls it.
    pub name: String,
    /// The post that does it.
    pub role: Role,
}

/// A special procedure the item may open (特别程序).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialLaw {
    /// Unique within the item.
    pub id: String,
    /// As the item calls it.
    pub name: String,
    /// Working days it may take at most, all its runs together.
    pub days: u32,
    /// How the clock goes on afterwards.
    pub resume: Resume,
}

/// The law of one case: its pinned item, the general terms in force when it was received, the calendar of today.
#[derive(Debug, Clone)]
pub struct CaseLaw<'a> {
    /// 承诺办结时限: what the applicant is told and the lamps follow.
    pub promise: Limit,
    /// 法定办结时限.
    pub statutory: Limit,
    /// In order; the last is the decision. An item on the spot may have only that.
    pub steps: Vec<StepLaw>,
    /// Licences that must be in force before the decision.
    pub consumes: Vec<LicenceType>,
    /// The licence a grant brings.
    pub provides: Option<LicenceType>,
    /// Whether a grant is followed by a licence or document to be made (结果类型 other than 无).
    pub makes_result: bool,
    /// 网上预审: how long the answer may take; `None` where the item offers none.
    pub pre_review: Option<Period>,
    /// 容缺受理: how long the applicant has to bring what was missing; `None` where the item allows no gap.
    pub tolerance: Option<Period>,
    /// 特别程序 the item may open; a hearing is always possible.
    pub specials: Vec<SpecialLaw>,
    /// The longest extension; the general law's where the item's own law says nothing else.
    pub extension: Period,
    /// 告知承诺: when the evidence is due; `None` where none is.
    pub evidence_due: Option<Limit>,
    /// 下级初审, where a lower authority reviews first.
    pub preliminary: Option<PreliminaryLaw>,
    /// Whose the power over the item is today.
    pub powers: Powers,
    /// Notice, correction and delivery periods of the general law.
    pub terms: Terms,
    /// Working days as far as they are known.
    pub calendar: &'a WorkCalendar,
}

impl CaseLaw<'_> {
    /// The steps before the decision.
    pub fn steps_before_decision(&self) -> &[StepLaw] {
        self.steps.split_last().map_or(&[], |(_, before)| before)
    }

    /// The step that is the decision.
    pub fn decision_step(&self) -> Option<&StepLaw> {
        self.steps.last()
    }

    /// The last day to mend what a pre-review advised: the working day before the law's own five run out, so that advice
    /// takes none of them.
    pub(crate) fn mending_after(&self, filed_on: NaiveDate) -> Option<NaiveDate> {
        let notice = self.terms.notice;
        Period { value: notice.value.saturating_sub(1), unit: notice.unit }.after(filed_on, self.calendar).ok()
    }

    /// The special procedure of this id.
    pub fn special(&self, id: &str) -> Option<&SpecialLaw> {
        self.specials.iter().find(|special| special.id == id)
    }

    /// The step of this id.
    pub fn step(&self, id: &str) -> Option<&StepLaw> {
        self.steps.iter().find(|step| step.id == id)
    }
}
