//! Canonical materials, licence types and the corpus of law.

use std::collections::{BTreeSet, HashMap};

use super::at;
use super::grain::alternatives;
use super::papers::catch_all;
use crate::codes;
use crate::diagnostic::{Report, Span};
use crate::folder::{Entry, Folder};
use crate::model::{LicenceType, printable};
use crate::spelling::closest;

pub(super) fn check(folder: &Folder, report: &mut Report<'_>) {
    for entry in folder.materials.entries() {
        let material = &entry.value;
        if let Some(authority) = &material.issuing_authority {
            folder.authorities.refer(authority, entry.place(at!["issuing_authority"]), report);
        }
        if let Some(licence) = &material.licence {
            folder.licences.refer(licence, entry.place(at!["licence"]), report);
        }
        catch_all(&material.name, entry.place(at!["name"]), report);
        if let Some((one, other)) = alternatives(&material.name) {
            let what = format!("“{}”是两份材料：“{one}”和“{other}”", material.name);
            report.at(&codes::ALTERNATIVE_PAPERS, entry.place(at!["name"]), what);
        }
        for (row, alias) in material.aliases.iter().enumerate() {
            catch_all(alias, entry.place(at!["aliases", row]), report);
        }
    }
    licences(folder, report);
    for entry in folder.laws.entries() {
        let mut seen = BTreeSet::new();
        for (row, article) in entry.value.articles.iter().enumerate() {
            if !article.no.is_empty() && !seen.insert(article.no.as_str()) {
                let span = entry.place(at!["articles", row, "no"]);
                report.at(&codes::DUPLICATE_ID, span, format!("《{}》的{}收了两次", entry.value.name, article.no));
            }
        }
    }
}

fn licences(folder: &Folder, report: &mut Report<'_>) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for entry in folder.licences.entries() {
        let licence = &entry.value;
        folder.authorities.refer(&licence.authority, entry.place(at!["authority"]), report);
        printed(entry, report);
        let span = entry.place(at!["type_code"]);
        if licence.type_code.is_empty() {
            continue;
        }
        if let Some(first) = seen.insert(&licence.type_code, span) {
            let what = format!("两种证照都用类型代码 {}", licence.type_code);
            report.at(&codes::DUPLICATE_CODE, span, what).also(first, "另一种在这里");
        }
    }
}

/// Every row of a template must name what the licence or a register can say.
fn printed(entry: &Entry<LicenceType>, report: &mut Report<'_>) {
    let Some(print) = &entry.value.print else { return };
    let known = printable(&entry.value);
    for (row, line) in print.rows.iter().enumerate() {
        if line.field.is_empty() || known.contains(&line.field) {
            continue;
        }
        let span = entry.place(at!["print", "rows", row, "field"]);
        let what = format!("“{}”上没有“{}”这一项", entry.value.name, line.field);
        let finding = report.at(&codes::UNKNOWN_PRINT_FIELD, span, what);
        if let Some(near) = closest(&line.field, known.iter().map(String::as_str)) {
            finding.mend(format!("是不是要写“{near}”？"));
        }
    }
}
