//! What the applicant hands in and what the form asks, as the guide says it before anybody is known.

use access_service::Words;
use catalog::Catalog;
use catalog::model::{Issuer, Item, ItemMaterial, Need, Waiver, WaiverKind};

use super::law::{Clause, clause};
use super::when;

/// One material of the item.
pub struct Paper {
    pub name: String,
    pub holder: &'static str,
    pub need: &'static str,
    /// The tag's colour: required papers stand out, the others are quiet.
    pub class: &'static str,
    /// 原件 1 份，纸质或电子化都可以.
    pub form: String,
    /// Who makes it: 申请人自备, or the authority that issues it.
    pub source: String,
    /// Only when: in words, or that it depends.
    pub only: Option<String>,
    /// The ways not to hand it in.
    pub waivers: Vec<String>,
    pub standard: Option<String>,
    pub help: Option<String>,
    pub basis: Option<Clause>,
}

/// A part of the form with its fields.
pub struct FieldGroup {
    pub name: String,
    pub fields: Vec<(String, String)>,
}

/// The materials, in the order of the item.
pub fn papers(item: &Item, catalog: &Catalog) -> Vec<Paper> {
    item.materials.iter().map(|row| paper(row, catalog)).collect()
}

/// How many papers everybody is asked for, and how many of these need not be handed in where the system knows.
pub fn counts(item: &Item) -> (usize, usize) {
    let asked = item.materials.iter().filter(|row| row.need == Need::Required && row.when.is_none());
    let all: Vec<_> = asked.collect();
    (all.len(), all.iter().filter(|row| !row.waive.is_empty()).count())
}

fn paper(row: &ItemMaterial, catalog: &Catalog) -> Paper {
    let material = catalog.materials.get(&row.material);
    let canonical = material.map_or(row.material.as_str(), |one| one.name.as_str());
    let only = row.when.as_ref().map(|source| match when::in_words(source, catalog) {
        Some(words) => format!("{words}的，才要交"),
        None => "只有部分情形要交，回答问题后系统会告诉您".to_owned(),
    });
    Paper {
        name: row.name.clone().unwrap_or_else(|| canonical.to_owned()),
        holder: row.holder.label(),
        need: if row.waive.is_empty() { row.need.label() } else { "可免交" },
        class: match (row.waive.is_empty(), row.need) {
            (false, _) => "exempt",
            (true, Need::Required) => "to-hand-in",
            (true, _) => "deferred",
        },
        form: format!("{} {} 份，{}", row.copy.label(), row.copies, row.media.label()),
        source: source(row, catalog),
        only,
        waivers: row.waive.iter().map(|waiver| waived(waiver, catalog)).collect(),
        standard: row.standard.clone(),
        help: material.and_then(|one| one.help.clone()),
        basis: row.basis.as_ref().map(|basis| clause(&basis.law, &basis.article, catalog)),
    }
}

fn source(row: &ItemMaterial, catalog: &Catalog) -> String {
    let Some(material) = catalog.materials.get(&row.material) else { return String::new() };
    let issuer = material.issuing_authority.as_ref().and_then(|id| catalog.authorities.get(id));
    match (material.issuer, issuer) {
        (Issuer::Own, _) => "自己准备".to_owned(),
        (_, Some(authority)) => format!("{}核发", authority.short),
        (Issuer::Government, None) => "政府部门核发".to_owned(),
        (Issuer::Other, None) => "有关单位出具".to_owned(),
    }
}

fn waived(waiver: &Waiver, catalog: &Catalog) -> String {
    match waiver {
        Waiver::Licence => "系统里有您的电子证照的，不用交".to_owned(),
        Waiver::Check { .. } => "系统与有关部门核对数据，对得上的不用交".to_owned(),
        Waiver::Product { item } => {
            let name = catalog.items.get(item).map_or(item.as_str(), |one| one.name.as_str());
            format!("和“{name}”一起办的，由系统内部流转，不用交")
        }
        Waiver::Commitment { .. } => "选择告知承诺的，可以先不交".to_owned(),
        Waiver::Form => "网上填表代替，不用另外写".to_owned(),
        Waiver::Element { .. } => format!("{}，填写就行，不用交", WaiverKind::Element.label()),
    }
}

/// The fields of the form by section; beside each, where its value is known from.
pub fn fields(item: &Item, catalog: &Catalog, words: &Words) -> Vec<FieldGroup> {
    let mut groups: Vec<FieldGroup> = Vec::new();
    for field in &item.fields {
        let Some(element) = catalog.elements.get(&field.element) else { continue };
        let key = format!("portal.group.{}", element.group);
        let name = words.get(if words.has(&key) { &key } else { "portal.group.other" }).to_owned();
        let label = field.label.clone().unwrap_or_else(|| element.name.clone());
        let note = match (&element.source, &element.derived, field.required) {
            (Some(source), _, _) => {
                let who = catalog.authorities.get(&source.authority).map_or("共享数据", |one| one.short.as_str());
                format!("自动带出（{who}）")
            }
            (None, Some(_), _) => "自动推算".to_owned(),
            (None, None, true) => String::new(),
            (None, None, false) => "选填".to_owned(),
        };
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.fields.push((label, note)),
            None => groups.push(FieldGroup { name, fields: vec![(label, note)] }),
        }
    }
    groups
}
