//! How a matter goes through the house: limits, visits, steps, special procedures, results, fees, remedies.

use access::Role;
use kernel::limit::{Limit, Period};
use serde::{Deserialize, Serialize};

use super::item::ShortCitation;
use crate::ids::{AuthorityId, ElementCode};
use crate::words;

/// 到办事现场次数.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Visits {
    pub count: u32,
    /// Why they are unavoidable; 无 when there are none.
    pub reason: Option<String>,
}

/// One step of handling (办理环节).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub id: String,
    pub name: String,
    pub role: Role,
    pub limit: Option<Limit>,
}

words! {
    /// 特别程序: time that the decision limit does not count (行政许可法第四十五条).
    SpecialKind {
        Hearing = "hearing" "听证",
        Tender = "tender" "招标",
        Auction = "auction" "拍卖",
        Test = "test" "检验",
        Monitoring = "monitoring" "检测",
        Quarantine = "quarantine" "检疫",
        Appraisal = "appraisal" "鉴定",
        Expert = "expert" "专家评审",
        Inspection = "inspection" "现场核查",
        Publicity = "publicity" "公示",
        Examination = "examination" "考试",
        Other = "other" "其他",
    }
}

words! {
    /// How the limit goes on after a special procedure (续算、重新起算).
    Resumption {
        Continue = "continue" "连续计算",
        Reset = "reset" "重新计算",
    }
}

/// A special procedure an item may open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpecialProcedure {
    pub id: String,
    pub name: String,
    pub kind: SpecialKind,
    /// Working days at most.
    pub days: u32,
    /// Versions published before this was asked go on counting.
    #[serde(default = "Resumption::usual")]
    pub resume: Resumption,
    pub basis: Option<ShortCitation>,
}

impl Resumption {
    /// What the Licensing Law says of the time it leaves out (第四十五条): the rest of the limit is still there.
    fn usual() -> Self {
        Self::Continue
    }
}

/// Notify-and-commit (告知承诺制).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommitmentRule {
    pub allowed: bool,
    /// What is committed to, sentence by sentence.
    pub clauses: Vec<String>,
    /// When the evidence must follow.
    pub evidence_due: Option<Limit>,
    pub basis: Option<ShortCitation>,
    /// The element by which the applicant chooses it, where there is a choice.
    pub choice: Option<ElementCode>,
}

/// Online pre-review (网上预审): what is filed online is looked at before its formal receipt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreReviewRule {
    pub offered: bool,
    /// Working days within which it is answered; the house's one where nothing is said.
    pub days: Option<u32>,
}

/// Preliminary review by a lower authority (下级初审、转报, 行政许可法 35, 43): which accepts, reviews and hands up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preliminary {
    /// Those of the lower level; the one in whose region the matter lies.
    pub authorities: Vec<AuthorityId>,
    /// Working days to review; the law's twenty where nothing is said.
    pub days: Option<u32>,
    pub basis: Option<ShortCitation>,
}

/// Acceptance with gaps (容缺受理).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tolerance {
    pub allowed: bool,
    /// Working days within which the gap is closed.
    pub days: u32,
}

words! {
    /// 结果类型.
    ResultKind {
        Licence = "licence" "证照",
        Document = "document" "批文",
        Other = "other" "其他",
        None = "none" "无",
    }
}

/// What the applicant gets (办理结果).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResultRule {
    pub kind: ResultKind,
    pub name: Option<String>,
    pub valid: Option<Period>,
}

words! {
    /// Until when a fee must be paid.
    Collect {
        BeforeIssue = "before-issue" "制发结果前",
        BeforeDecision = "before-decision" "作出决定前",
    }
}

#[expect(clippy::derivable_impls, reason = "the variants of a vocabulary take no attributes")]
impl Default for Collect {
    fn default() -> Self {
        Self::BeforeIssue
    }
}

words! {
    /// What makes an authority give a fee back (退费情形).
    GiveBack {
        Withdrawn = "withdrawn" "申请人撤回申请",
        Refused = "refused" "不予办理",
    }
}

/// A fee (收费项目). What is charged is worked out by the module of fees, from the form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Fee {
    pub name: String,
    /// The amount for one piece, in 分.
    pub amount_fen: Option<i64>,
    /// How it is worked out, in words (收费标准). Without an amount nothing is collected through the platform.
    pub standard: Option<String>,
    pub basis: Option<ShortCitation>,
    /// 允许减免.
    pub reducible: bool,
    /// Charged only when this holds.
    #[serde(default)]
    pub when: Option<String>,
    /// What is counted: 件, 本, 证.
    #[serde(default)]
    pub unit: Option<String>,
    /// The element that says how many; one where nothing is named.
    #[serde(default)]
    pub count: Option<ElementCode>,
    /// So many of them cost nothing.
    #[serde(default)]
    pub free: u32,
    /// 减免情形, the most favourable of which counts.
    #[serde(default)]
    pub exemptions: Vec<FeeExemption>,
    /// Whose fee it is (执收单位); the item's own authority where nobody is named.
    #[serde(default)]
    pub payee: Option<AuthorityId>,
    #[serde(default)]
    pub collect: Collect,
    #[serde(default)]
    pub give_back: Vec<GiveBack>,
}

/// Who pays less, or nothing (减免).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeeExemption {
    pub text: String,
    pub when: String,
    /// Of a hundred, how much is let off; 100 is 免收.
    pub percent: u32,
    pub basis: Option<ShortCitation>,
}

/// Where to turn when refused (救济途径). The periods are law: review within 60 days, suit within six months.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Remedy {
    /// 行政复议机关.
    pub review: String,
    /// 有管辖权的人民法院.
    pub court: String,
}

/// Telephone numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub consult: String,
    pub complain: String,
}

words! {
    /// 廉政风险等级.
    RiskLevel {
        High = "high" "高",
        Middle = "middle" "中",
        Low = "low" "低",
    }
}

/// A point where power could be misused (廉政风险点), and what is done about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Risk {
    pub point: String,
    pub level: RiskLevel,
    pub measure: String,
}

/// A question people ask.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Faq {
    pub q: String,
    pub a: String,
}
