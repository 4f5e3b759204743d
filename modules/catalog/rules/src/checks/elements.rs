//! Data elements: options, bounds, sources and derivations.

use std::collections::BTreeSet;

use super::at;
use crate::codes;
use crate::diagnostic::Report;
use crate::folder::{Entry, Folder};
use crate::ids::{ElementCode, LicenceTypeId};
use crate::model::{
    APPLICANT_FIELDS, Element, ElementKind, FACT_FIELDS, LICENCE_FIELDS, LicenceType, ORGANISATION_FIELDS,
    RESIDENT_FIELDS,
};
use crate::spelling::closest;

pub(super) fn check(folder: &Folder, report: &mut Report<'_>) {
    for entry in folder.elements.entries() {
        options(entry, report);
        bounds(entry, report);
        source(entry, folder, report);
        if let Some(derived) = &entry.value.derived {
            folder.elements.refer(&derived.from, entry.place(at!["derived", "from"]), report);
        }
    }
    derivation_cycles(folder, report);
}

fn options(entry: &Entry<Element>, report: &mut Report<'_>) {
    let element = &entry.value;
    let has = !element.options.is_empty();
    if entry.sound && element.kind.has_options() && !has {
        let what = format!("“{}”是{}，却没有选项", element.name, element.kind.label());
        report.at(&codes::BAD_OPTIONS, entry.place(at!["kind"]), what);
    }
    if entry.sound && has && !element.kind.has_options() {
        let what = format!("“{}”是{}，不能有选项", element.name, element.kind.label());
        report.at(&codes::BAD_OPTIONS, entry.place(at!["options"]), what);
    }
    let mut seen = BTreeSet::new();
    for (row, choice) in element.options.iter().enumerate() {
        if !choice.value.is_empty() && !seen.insert(choice.value.as_str()) {
            let span = entry.place(at!["options", row, "value"]);
            report.at(&codes::BAD_OPTIONS, span, format!("选项“{}”写了两次", choice.value));
        }
    }
}

fn bounds(entry: &Entry<Element>, report: &mut Report<'_>) {
    let element = &entry.value;
    if let (Some(min), Some(max)) = (element.min, element.max)
        && min > max
    {
        report.at(&codes::BAD_BOUNDS, entry.place(at!["max"]), format!("上限 {max} 低于下限 {min}"));
    }
    if let Some(max) = element.max
        && element.kind != ElementKind::Number
        && (max < 1.0 || max.fract() != 0.0)
    {
        report.at(&codes::BAD_BOUNDS, entry.place(at!["max"]), format!("字数上限 {max} 不是正整数"));
    }
}

fn source(entry: &Entry<Element>, folder: &Folder, report: &mut Report<'_>) {
    let Some(source) = &entry.value.source else { return };
    folder.authorities.refer(&source.authority, entry.place(at!["source", "authority"]), report);
    let span = entry.place(at!["source", "resource"]);
    let licence = source.licence().map(LicenceTypeId::from);
    match (&licence, source.resource.as_str()) {
        (Some(licence), _) => {
            folder.licences.refer(licence, span, report);
        }
        (None, "resident" | "organisation" | "") => {}
        (None, unknown) => {
            report.at(&codes::BAD_SOURCE, span, format!("没有“{unknown}”这种来源"));
        }
    }
    let known = match (&licence, source.resource.as_str()) {
        (Some(licence), _) => folder.licences.get(licence).map(|kind| licence_fields(&kind.value)),
        (None, "resident") => Some(resident_fields()),
        (None, "organisation") => Some(ORGANISATION_FIELDS.map(str::to_owned).to_vec()),
        _ => None,
    };
    let Some(known) = known.filter(|_| !source.field.is_empty()) else { return };
    if !known.contains(&source.field) {
        let span = entry.place(at!["source", "field"]);
        let what = format!("“{}”里没有“{}”这个字段", source.resource, source.field);
        let finding = report.at(&codes::UNKNOWN_SOURCE_FIELD, span, what);
        if let Some(near) = closest(&source.field, known.iter().map(String::as_str)) {
            finding.mend(format!("是不是要写“{near}”？"));
        }
    }
}

fn licence_fields(kind: &LicenceType) -> Vec<String> {
    LICENCE_FIELDS.map(str::to_owned).into_iter().chain(kind.fields.iter().cloned()).collect()
}

/// Of the applicant and, with `spouse_` before it, of the spouse.
fn resident_fields() -> Vec<String> {
    let both = || RESIDENT_FIELDS.into_iter().chain(FACT_FIELDS);
    let own = both().chain(APPLICANT_FIELDS).map(str::to_owned);
    own.chain(both().map(|field| format!("spouse_{field}"))).collect()
}

/// Each element is derived from at most one other, so following the arrows finds every cycle in linear time.
fn derivation_cycles(folder: &Folder, report: &mut Report<'_>) {
    let mut settled: BTreeSet<&ElementCode> = BTreeSet::new();
    for (start, _) in folder.elements.iter() {
        let mut path: Vec<&ElementCode> = Vec::new();
        let mut on_path = BTreeSet::new();
        let mut next = Some(start);
        while let Some(code) = next.filter(|code| !settled.contains(code)) {
            if !on_path.insert(code) {
                report_cycle(code, folder, report);
                break;
            }
            path.push(code);
            next =
                folder.elements.get(code).and_then(|entry| entry.value.derived.as_ref()).map(|derived| &derived.from);
        }
        settled.extend(path);
    }
}

fn report_cycle(code: &ElementCode, folder: &Folder, report: &mut Report<'_>) {
    if let Some(entry) = folder.elements.get(code) {
        let span = entry.place(at!["derived", "from"]);
        report.at(&codes::DERIVATION_CYCLE, span, format!("“{code}”绕了一圈又由自己推算"));
    }
}
