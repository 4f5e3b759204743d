//! A material as one item asks for it: whose, how strictly, and the ways not to hand it in (免提交).

use kernel::limit::Limit;
use serde::{Deserialize, Serialize};

use super::item::ShortCitation;
use crate::ids::{ElementCode, ItemId, MaterialId, RowId};
use crate::words;

words! {
    /// The role of the one the paper is about. Papers of different roles are never merged: the operator's ID card is
    /// not the agent's.
    HolderRole {
        Applicant = "applicant" "申请人",
        Operator = "operator" "经营者",
        LegalRepresentative = "legal-rep" "法定代表人",
        Manager = "manager" "负责人",
        Agent = "agent" "代理人",
        Premises = "premises" "场所",
        Organisation = "organisation" "申请单位",
        Shareholder = "shareholder" "股东",
        Employee = "employee" "从业人员",
        Spouse = "spouse" "配偶",
        Child = "child" "子女",
        Mother = "mother" "母亲",
        Father = "father" "父亲",
        Guardian = "guardian" "监护人",
        Household = "household" "户主",
    }
}

words! {
    /// 材料必要性.
    Need {
        Required = "required" "必要",
        Deferrable = "deferrable" "容缺后补",
        Optional = "optional" "非必要",
    }
}

words! {
    /// 材料类型.
    CopyRule {
        Original = "original" "原件",
        Copy = "copy" "复印件",
        Either = "either" "原件或复印件",
        Both = "both" "原件和复印件",
    }
}

words! {
    /// 材料形式.
    Medium {
        Paper = "paper" "纸质",
        Electronic = "electronic" "电子化",
        Either = "either" "纸质或电子化",
    }
}

words! {
    /// The ways not to hand a material in (免提交方式); the word after `by`.
    WaiverKind {
        Form = "form" "合并为一张表单",
        Licence = "licence" "电子证照",
        Check = "check" "数据核验",
        Product = "product" "内部流转",
        Commitment = "commitment" "告知承诺",
        Element = "element" "改为表单项",
    }
}

/// A way not to hand a material in. The first that applies wins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Waiver {
    /// The holder has the canonical material's licence on file (电子证照).
    Licence,
    /// Data of another authority answers the question (数据核验).
    Check { interface: String },
    /// Another item of the same application makes it (内部流转).
    Product { item: ItemId },
    /// Notify-and-commit (告知承诺): the evidence may follow.
    Commitment { when: Option<String> },
    /// It is an application form, and becomes the one merged form (一张表单).
    Form,
    /// Its content is only one field of the form.
    Element { element: ElementCode },
}

impl Waiver {
    /// Which way it is.
    pub fn kind(&self) -> WaiverKind {
        match self {
            Self::Licence => WaiverKind::Licence,
            Self::Check { .. } => WaiverKind::Check,
            Self::Product { .. } => WaiverKind::Product,
            Self::Commitment { .. } => WaiverKind::Commitment,
            Self::Form => WaiverKind::Form,
            Self::Element { .. } => WaiverKind::Element,
        }
    }
}

/// One row of an item's list of materials.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemMaterial {
    /// Unique in the item.
    pub id: RowId,
    /// The canonical material.
    pub material: MaterialId,
    /// What this authority calls it, where that differs.
    pub name: Option<String>,
    pub holder: HolderRole,
    /// The object the paper is about, when one holder has several.
    pub scope: Option<String>,
    pub need: Need,
    pub copy: CopyRule,
    pub media: Medium,
    /// How many copies of paper.
    pub copies: u32,
    /// Asked only when this holds.
    pub when: Option<String>,
    pub waive: Vec<Waiver>,
    /// When a committed or deferred paper must follow.
    pub evidence_due: Option<Limit>,
    pub basis: Option<ShortCitation>,
    /// 受理标准.
    pub standard: Option<String>,
}
