//! What is pushed: each column from one place, from the forms of its items, with a value for every code.

use catalog::codes::UNKNOWN_ELEMENT;
use catalog::diagnostic::Report;
use catalog::model::{Element, ElementKind};
use catalog::spelling::closest;

use super::{Look, column, is_date_form, twice};
use crate::connector::{CaseFact, Push, PushField, codes};

pub(super) fn check(look: &Look<'_>, report: &mut Report<'_>) {
    let Some(push) = &look.connector.push else { return };
    if push.on.is_empty() {
        report.at(&codes::NEVER_PUSHED, look.place(&["push".into(), "on".into()]), "on 是空的");
    }
    for (row, field) in push.fields.iter().enumerate() {
        let place = |key: &'static str| look.place(&["push".into(), "fields".into(), row.into(), key.into()]);
        column(look, &field.to, &["push".into(), "fields".into(), row.into(), "to".into()], report);
        let sources = [field.from.is_some(), field.element.is_some(), field.constant.is_some()];
        let lonely = field.otherwise.is_some() && field.element.is_none();
        if lonely || sources.into_iter().filter(|one| *one).count() != 1 {
            report.at(&codes::NO_SOURCE, place("to"), format!("“{}”的来处不是一个", field.to));
            continue;
        }
        if let Some(dates) = field.dates.as_ref().filter(|dates| !is_date_form(dates)) {
            report.at(&codes::BAD_DATES, place("dates"), format!("“{dates}”不是日期格式"));
        }
        for (key, code) in [("element", &field.element), ("otherwise", &field.otherwise)] {
            let Some(code) = code else { continue };
            match look.catalog.elements.get(code.as_str()) {
                Some(element) => of_form(look, field, (row, key), element, report),
                None => {
                    let finding = report.at(&UNKNOWN_ELEMENT, place(key), format!("没有数据元“{code}”"));
                    if let Some(near) = closest(code, look.catalog.elements.keys().map(AsRef::as_ref)) {
                        finding.mend(format!("是不是要写“{near}”？"));
                    }
                }
            }
        }
        if let Some(fact) = field.from {
            of_case(look, field, row, (fact, push), report);
        }
    }
    for (row, first) in twice(push.fields.iter().map(|field| field.to.as_str())) {
        let at = |row: usize| look.place(&["push".into(), "fields".into(), row.into(), "to".into()]);
        let what = format!("“{}”写了两次", push.fields[row].to);
        report.at(&codes::COLUMN_TWICE, at(row), what).also(at(first), "第一次写在这里");
    }
    if !push.fields.iter().any(|field| field.from == Some(CaseFact::ProjectNo) && field.required) {
        report.at(&codes::NO_CASE_NUMBER, look.place(&["push".into(), "fields".into()]), "没有一列必填的办件编号");
    }
}

/// From an element: some item must ask for it, all of them where the column is required; and no code without theirs.
fn of_form(
    look: &Look<'_>,
    field: &PushField,
    (row, key): (usize, &'static str),
    element: &Element,
    report: &mut Report<'_>,
) {
    let span = look.place(&["push".into(), "fields".into(), row.into(), key.into()]);
    let asks = |item: &&&catalog::Item| item.fields.iter().any(|one| one.element == element.code);
    if !look.items.iter().any(|item| asks(&item)) {
        let what = format!("这些事项的表单里没有“{}”", element.name);
        report.at(&codes::ELEMENT_NOT_ASKED, span, what);
        return;
    }
    let surely = |item: &&catalog::Item| {
        item.fields.iter().any(|one| one.element == element.code && one.required && one.when.is_none())
    };
    if field.required
        && let Some(item) = look.items.iter().find(|item| !surely(item))
    {
        report.at(&codes::REQUIRED_UNSURE, span, format!("“{}”不一定填“{}”", item.name, element.name));
    }
    let known: Vec<&str> = match element.kind {
        ElementKind::Bool => vec!["true", "false"],
        _ => element.options.iter().map(|option| option.value.as_str()).collect(),
    };
    all_have_values(look, field, row, &known, report);
}

/// From a fact of the case; only outcome and occasion have codes.
fn of_case(look: &Look<'_>, field: &PushField, row: usize, (fact, push): (CaseFact, &Push), report: &mut Report<'_>) {
    let known: Vec<&str> = match fact {
        CaseFact::Occasion => push.on.iter().map(|one| one.word()).collect(),
        CaseFact::Outcome => casework::Outcome::ALL.iter().map(|one| one.code()).collect(),
        CaseFact::Item => look.connector.items.iter().map(|item| item.as_str()).collect(),
        _ => Vec::new(),
    };
    all_have_values(look, field, row, &known, report);
}

/// Every row of the map is one of these codes, and each code has a row. Without codes anything may stand in it.
fn all_have_values(look: &Look<'_>, field: &PushField, row: usize, known: &[&str], report: &mut Report<'_>) {
    let Some(values) = &field.values else { return };
    if known.is_empty() {
        return;
    }
    let span = look.place(&["push".into(), "fields".into(), row.into(), "values".into()]);
    for value in values.0.keys().filter(|value| !known.contains(&value.as_str())) {
        let finding = report.at(&codes::VALUE_UNKNOWN, span, format!("“{}”的对照表里，我方没有“{value}”", field.to));
        if let Some(near) = closest(value, known.iter().copied()) {
            finding.mend(format!("是不是要写“{near}”？"));
        }
    }
    let missing: Vec<&str> = known.iter().copied().filter(|code| !values.0.contains_key(*code)).collect();
    if !missing.is_empty() {
        let what = format!("“{}”的对照表缺少：{}", field.to, missing.join("、"));
        report.at(&codes::VALUE_MISSING, span, what);
    }
}
