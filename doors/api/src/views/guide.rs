//! The whole guide of one item (办事指南).

use catalog::Catalog;
use catalog::model;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::item::{Authority, Basis, Condition, ItemLine, Term, TimeLimit};

/// 办事指南
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Guide {
    #[serde(flatten)]
    pub line: ItemLine,
    pub effective: NaiveDate,
    /// 事项状态，如 `active`
    pub status: Term,
    /// 办件类型：即办件、承诺件
    pub handling: Term,
    /// 行使层级
    pub level: Term,
    /// 通办范围
    pub scope: Term,
    pub office: Option<Authority>,
    /// 设定依据
    pub basis: Vec<Basis>,
    pub conditions: Vec<Condition>,
    /// 法定办结时限
    pub statutory: TimeLimit,
    /// 到办事现场次数
    pub visits: u32,
    pub materials: Vec<GuideMaterial>,
    pub fields: Vec<GuideField>,
    /// 办理前要先有的证照
    pub consumes: Vec<Term>,
    pub result: GuideResult,
    pub steps: Vec<Term>,
    pub special: Vec<Special>,
    pub fees: Vec<Fee>,
    /// 不服时：行政复议机关、有管辖权的法院
    pub remedy: Option<Remedy>,
    /// 咨询电话、投诉电话
    pub contact: Option<Contact>,
    pub faqs: Vec<Faq>,
    pub flow: Option<String>,
}

/// 申请材料
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GuideMaterial {
    /// 在本事项里的编号
    pub id: String,
    /// 规范材料
    pub material: String,
    pub name: String,
    /// 谁的材料
    pub holder: Term,
    pub need: Term,
    pub copy: Term,
    pub media: Term,
    pub copies: u32,
    /// 满足这个条件才要
    pub when: Option<String>,
    /// 免提交方式
    pub waive: Vec<Term>,
    pub basis: Option<Basis>,
    /// 受理标准
    pub standard: Option<String>,
}

/// 表单项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GuideField {
    /// 数据元代码
    pub element: String,
    pub label: String,
    pub kind: Term,
    pub required: bool,
    pub when: Option<String>,
}

/// 办理结果
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GuideResult {
    pub kind: Term,
    pub name: Option<String>,
    /// 证照类型
    pub licence: Option<String>,
    /// 有效期；没有就是长期
    pub valid: Option<TimeLimit>,
}

/// 特别程序
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Special {
    pub name: String,
    pub kind: Term,
    /// 最多多少个工作日
    pub days: u32,
    pub basis: Option<Basis>,
}

/// 收费
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Fee {
    pub name: String,
    /// 分
    pub amount_fen: Option<i64>,
    pub standard: Option<String>,
    pub reducible: bool,
}

/// 救济途径
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Remedy {
    pub review: String,
    pub court: String,
}

/// 电话
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    pub consult: String,
    pub complain: String,
}

/// 常见问题
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Faq {
    pub q: String,
    pub a: String,
}

impl Guide {
    pub(crate) fn of(item: &model::Item, catalog: &Catalog) -> Self {
        let licence = |id: &catalog::ids::LicenceTypeId| {
            Term::new(id.as_str(), catalog.licences.get(id).map_or(id.as_str(), |licence| licence.name.as_str()))
        };
        Self {
            line: ItemLine::of(item, catalog),
            effective: item.effective,
            status: Term::new(item.status.word(), item.status.label()),
            handling: Term::new(item.handling.word(), item.handling.label()),
            level: Term::new(item.level.word(), item.level.label()),
            scope: Term::new(item.scope.word(), item.scope.label()),
            office: catalog.authorities.get(&item.authority).map(office),
            basis: item.basis.iter().map(Basis::from).collect(),
            conditions: item.conditions.iter().map(Condition::from).collect(),
            statutory: item.statutory.into(),
            visits: item.visits.count,
            materials: item.materials.iter().map(|row| material(row, catalog)).collect(),
            fields: item.fields.iter().filter_map(|row| field(row, catalog)).collect(),
            consumes: item.consumes.iter().map(licence).collect(),
            result: GuideResult {
                kind: Term::new(item.result.kind.word(), item.result.kind.label()),
                name: item.result.name.clone(),
                licence: item.provides.as_ref().map(ToString::to_string),
                valid: item.result.valid.map(TimeLimit::from),
            },
            steps: item.steps.iter().map(|step| Term::new(&step.id, &step.name)).collect(),
            special: item.special.iter().map(special).collect(),
            fees: item.fees.iter().map(fee).collect(),
            remedy: item
                .remedy
                .as_ref()
                .map(|remedy| Remedy { review: remedy.review.clone(), court: remedy.court.clone() }),
            contact: item
                .contact
                .as_ref()
                .map(|contact| Contact { consult: contact.consult.clone(), complain: contact.complain.clone() }),
            faqs: item.faqs.iter().map(|faq| Faq { q: faq.q.clone(), a: faq.a.clone() }).collect(),
            flow: item.flow.clone(),
        }
    }
}

fn office(authority: &model::Authority) -> Authority {
    Authority {
        id: authority.id.to_string(),
        name: authority.name.clone(),
        phone: authority.phone.clone(),
        address: authority.address.clone(),
    }
}

fn material(row: &model::ItemMaterial, catalog: &Catalog) -> GuideMaterial {
    let canonical = catalog.materials.get(&row.material).map_or_else(String::new, |material| material.name.clone());
    GuideMaterial {
        id: row.id.to_string(),
        material: row.material.to_string(),
        name: row.name.clone().unwrap_or(canonical),
        holder: Term::new(row.holder.word(), row.holder.label()),
        need: Term::new(row.need.word(), row.need.label()),
        copy: Term::new(row.copy.word(), row.copy.label()),
        media: Term::new(row.media.word(), row.media.label()),
        copies: row.copies,
        when: row.when.clone(),
        waive: row.waive.iter().map(|way| Term::new(way.kind().word(), way.kind().label())).collect(),
        basis: row.basis.as_ref().map(Basis::from),
        standard: row.standard.clone(),
    }
}

fn field(row: &model::ItemField, catalog: &Catalog) -> Option<GuideField> {
    let element = catalog.elements.get(&row.element)?;
    Some(GuideField {
        element: row.element.to_string(),
        label: row.label.clone().unwrap_or_else(|| element.name.clone()),
        kind: Term::new(element.kind.word(), element.kind.label()),
        required: row.required,
        when: row.when.clone(),
    })
}

fn special(special: &model::SpecialProcedure) -> Special {
    Special {
        name: special.name.clone(),
        kind: Term::new(special.kind.word(), special.kind.label()),
        days: special.days,
        basis: special.basis.as_ref().map(Basis::from),
    }
}

fn fee(fee: &model::Fee) -> Fee {
    Fee { name: fee.name.clone(), amount_fen: fee.amount_fen, standard: fee.standard.clone(), reducible: fee.reducible }
}
