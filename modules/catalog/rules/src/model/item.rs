//! The item (业务办理项): the smallest matter one can apply for.

use chrono::NaiveDate;
use kernel::limit::{Limit, Period};
use serde::{Deserialize, Serialize};

use super::district::GovernmentLevel;
use super::handling::{
    CommitmentRule, Contact, Faq, Fee, PreReviewRule, Preliminary, Remedy, ResultRule, Risk, SpecialProcedure, Step,
    Tolerance, Visits,
};
use super::paper::ItemMaterial;
use crate::ids::{AuthorityId, ElementCode, ItemId, LawName, LicenceTypeId};
use crate::words;

words! {
    /// 事项类型, those one can apply for (依申请), numbered as in GB/T 39046-2020 A.1.
    ItemKind {
        Licence = "licence" "行政许可",
        Payment = "payment" "行政给付",
        Confirmation = "confirmation" "行政确认",
        Reward = "reward" "行政奖励",
        Ruling = "ruling" "行政裁决",
        Filing = "filing" "行政备案",
        Other = "other" "其他行政权力",
        PublicService = "public-service" "公共服务",
    }
}

impl ItemKind {
    /// The two digits inside the basic code.
    pub fn digits(self) -> &'static str {
        match self {
            Self::Licence => "01",
            Self::Payment => "05",
            Self::Confirmation => "07",
            Self::Reward => "08",
            Self::Ruling => "09",
            Self::Filing | Self::Other => "10",
            Self::PublicService => "20",
        }
    }
}

words! {
    /// 权力来源.
    Power {
        Statutory = "statutory" "法定本级行使",
        DelegatedDown = "delegated-down" "上级下放",
        AuthorisedUp = "authorised-up" "上级授权",
        AuthorisedPeer = "authorised-peer" "同级授权",
        EntrustedUp = "entrusted-up" "上级委托",
        EntrustedPeer = "entrusted-peer" "同级委托",
    }
}

words! {
    /// 服务对象, GB/T 39046-2020 A.4.
    Audience {
        Person = "person" "自然人",
        Company = "company" "企业法人",
        Institution = "institution" "事业法人",
        SocialOrganisation = "social-organisation" "社会组织法人",
        Government = "government" "行政机关",
        OtherOrganisation = "other" "其他组织",
    }
}

words! {
    /// 事项状态.
    ItemStatus {
        Draft = "draft" "草稿",
        Active = "active" "在用",
        Suspended = "suspended" "暂停",
        Cancelled = "cancelled" "取消",
    }
}

words! {
    /// 办件类型, GB/T 39046-2020 A.6.
    Handling {
        Instant = "instant" "即办件",
        Promise = "promise" "承诺件",
    }
}

words! {
    /// 办理形式, GB/T 39046-2020 A.5.
    ApplyVia {
        Window = "window" "窗口办理",
        Online = "online" "网上办理",
        Mobile = "mobile" "移动端办理",
        Mail = "mail" "快递申请",
        Other = "other" "其他",
    }
}

words! {
    /// 通办范围.
    Scope {
        Nation = "nation" "全国通办",
        Province = "province" "全省通办",
        City = "city" "全市通办",
        County = "county" "全区（县）通办",
        Town = "town" "全镇（街）通办",
        Village = "village" "跨村（社区）通办",
    }
}

/// The 24 topics of a catalogue (事项主题), code and name.
pub const TOPICS: [(&str, &str); 24] = [
    ("01", "婚育收养"),
    ("02", "环境资源"),
    ("03", "教育培训"),
    ("04", "住房保障"),
    ("05", "劳动就业"),
    ("06", "执业资格"),
    ("07", "社会保障"),
    ("08", "纳税缴费"),
    ("09", "医疗卫生"),
    ("10", "交通旅游"),
    ("11", "出境入境"),
    ("12", "生活服务"),
    ("13", "民族宗教"),
    ("14", "三农服务"),
    ("15", "死亡殡葬"),
    ("16", "设立变更"),
    ("17", "行业准营"),
    ("18", "投资立项"),
    ("19", "工程建设"),
    ("20", "涉外服务"),
    ("21", "安全生产"),
    ("22", "破产注销"),
    ("23", "文物保护"),
    ("24", "其他"),
];

/// A legal basis with its words (设定依据).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    pub law: LawName,
    pub article: String,
    /// The sentence that counts, in the words of the law.
    pub text: String,
}

/// A legal basis by name only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShortCitation {
    pub law: LawName,
    pub article: String,
}

/// One condition of acceptance or grant (受理条件).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemCondition {
    pub id: String,
    pub text: String,
    /// The same as an expression over elements, where it can be judged.
    pub when: Option<String>,
    pub basis: Option<ShortCitation>,
}

/// One field this item's own form asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemField {
    pub element: ElementCode,
    pub required: bool,
    /// Asked only when this holds.
    pub when: Option<String>,
    /// What this authority's form calls it.
    pub label: Option<String>,
}

/// What a case remembers of its item for ever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ItemPin {
    /// 业务办理项编码, 33 characters.
    pub code: String,
    pub version: u32,
}

/// An item (业务办理项) with all its elements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    pub id: ItemId,
    /// 业务办理项编码: credit code 18, level 1, basic code 12, serial 2.
    pub code: String,
    pub name: String,
    /// What people call it.
    pub plain: Option<String>,
    pub kind: ItemKind,
    pub authority: AuthorityId,
    pub level: GovernmentLevel,
    pub power: Power,
    pub audience: Vec<Audience>,
    /// Two digits, see [`TOPICS`].
    pub topic: String,
    pub version: u32,
    pub effective: NaiveDate,
    pub status: ItemStatus,
    pub handling: Handling,
    pub basis: Vec<Citation>,
    pub conditions: Vec<ItemCondition>,
    /// 法定办结时限.
    pub statutory: Limit,
    /// 承诺办结时限.
    pub promise: Limit,
    /// 延长期限 at most, where the item's own law says other than the Licensing Law's ten working days.
    #[serde(default)]
    pub extension: Option<Period>,
    pub visits: Visits,
    pub apply_via: Vec<ApplyVia>,
    pub scope: Scope,
    pub materials: Vec<ItemMaterial>,
    pub fields: Vec<ItemField>,
    /// Licences that must be in force before the decision.
    pub consumes: Vec<LicenceTypeId>,
    /// The licence this item makes.
    pub provides: Option<LicenceTypeId>,
    pub result: ResultRule,
    pub steps: Vec<Step>,
    pub special: Vec<SpecialProcedure>,
    pub commitment: Option<CommitmentRule>,
    pub tolerance: Option<Tolerance>,
    /// Left out where there is none, so that versions published before this was asked keep their digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pre_review: Option<PreReviewRule>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preliminary: Option<Preliminary>,
    /// 延续: the licence type it renews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<LicenceTypeId>,
    /// 变更: the licence type whose content it changes; number and last day stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<LicenceTypeId>,
    /// 注销: the licence type it strikes off at the holder's wish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancels: Option<LicenceTypeId>,
    pub fees: Vec<Fee>,
    pub remedy: Option<Remedy>,
    pub contact: Option<Contact>,
    pub risks: Vec<Risk>,
    pub faqs: Vec<Faq>,
    /// The course of the matter in words (办理流程).
    pub flow: Option<String>,
}

/// What becomes of the licence an item is about (行政许可法 49, 50, 70).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earlier {
    /// 延续: a new version with a later last day.
    Renewed,
    /// 变更: a new version with the same last day.
    Changed,
    /// 注销: it ends.
    Cancelled,
}

impl Item {
    /// The pair a case pins.
    pub fn pin(&self) -> ItemPin {
        ItemPin { code: self.code.clone(), version: self.version }
    }

    /// Whether it can be applied for on that day (未纳入清单的事项不得办理).
    pub fn open_on(&self, day: NaiveDate) -> bool {
        self.status == ItemStatus::Active && self.effective <= day
    }

    /// The licence that is there already and that this item is about, and what becomes of it.
    pub fn earlier(&self) -> Option<(Earlier, &LicenceTypeId)> {
        let renewed = self.renews.as_ref().map(|licence| (Earlier::Renewed, licence));
        let changed = self.changes.as_ref().map(|licence| (Earlier::Changed, licence));
        let cancelled = self.cancels.as_ref().map(|licence| (Earlier::Cancelled, licence));
        renewed.or(changed).or(cancelled)
    }

    /// 实施编码: the code without its serial, 31 characters.
    pub fn implementation_code(&self) -> &str {
        self.code.get(..31).unwrap_or(&self.code)
    }

    /// 基本编码: 12 characters, equal for the same item wherever it is implemented.
    pub fn basic_code(&self) -> &str {
        self.code.get(19..31).unwrap_or("")
    }
}
