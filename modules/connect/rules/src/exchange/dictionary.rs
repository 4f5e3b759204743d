//! The dictionary (上报字典): our words in the codes a province prescribes. Data of the district, because the codes differ from
//! province to province; every word of ours must have one.

use std::collections::BTreeMap;

use catalog::diagnostic::{Diagnostic, Report, SourceFile, has_errors};
use catalog::model::{ApplyVia, Audience, Handling};
use catalog::reader::{Node, Read, Word, load};
use catalog::shape;
use catalog::spelling::closest;

use super::codes;
use super::table::Table;
use super::words::{Answer, Deed, GetWay, IdKind, ResultWord, SpecialWord};
use crate::connector::ValueMap;

/// Word to code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes(BTreeMap<String, String>);

impl Codes {
    /// The code of this word; empty where it has none, which the compiler has refused.
    pub fn of(&self, word: &str) -> &str {
        self.0.get(word).map_or("", String::as_str)
    }
}

impl Read for Codes {
    fn read(node: &Node, report: &mut Report<'_>) -> Self {
        Self(ValueMap::read(node, report).0)
    }

    fn stand_in() -> Self {
        Self::default()
    }
}

/// The dictionary of a district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dictionary {
    /// 数据来源: who reports.
    pub data_source: String,
    /// 申请类型, of [`ApplyVia`].
    pub apply_type: Codes,
    /// 申请人类型, of [`Audience`].
    pub applyer_type: Codes,
    /// 证件类型, of [`IdKind`].
    pub page_type: Codes,
    /// 办理类型, of [`Handling`].
    pub project_type: Codes,
    /// 特别程序种类, of [`SpecialWord`].
    pub special_type: Codes,
    /// 收取方式, of [`GetWay`].
    pub get_type: Codes,
    /// 业务动作, of [`Deed`].
    pub event_name: Codes,
    /// 办理结果, of [`ResultWord`].
    pub result_type: Codes,
    /// 是否, of [`Answer`].
    pub yes_no: Codes,
}

shape! { Dictionary {
    need: data_source, apply_type, applyer_type, page_type, project_type, special_type, get_type, event_name, result_type,
        yes_no;
    may: ;
}}

/// Whether this is the file of the dictionary.
pub fn is_exchange(path: &str) -> bool {
    matches!(path, "exchange.yaml" | "exchange.yml")
}

/// Compiles the dictionary among the files; other files are left alone. None where there is none, or where it has an error.
pub fn compile(files: &[SourceFile]) -> (Option<Dictionary>, Vec<Diagnostic>) {
    let mut report = Report::new(files);
    let mut found: Option<(Dictionary, Node)> = None;
    for (number, _) in files.iter().enumerate().filter(|(_, file)| is_exchange(&file.path)) {
        let Some(node) = load(number, &mut report) else { continue };
        if let Some((_, first)) = &found {
            report.at(&codes::TWICE, node.span, "上报字典有两份").also(first.span, "第一份在这里");
            continue;
        }
        let before = report.count();
        let dictionary = Dictionary::read(&node, &mut report);
        // A stand-in is nobody's intention.
        if report.count() == before {
            check(&dictionary, &node, &mut report);
        }
        found = Some((dictionary, node));
    }
    let diagnostics = report.finish();
    let sound = !has_errors(&diagnostics);
    (found.map(|(dictionary, _)| dictionary).filter(|_| sound), diagnostics)
}

/// Every word of ours has a code, every code a word, and no code is longer than the shortest column it goes into.
fn check(dictionary: &Dictionary, node: &Node, report: &mut Report<'_>) {
    use Table::{Accept, Material, Process, Result, Special};
    fit(&dictionary.data_source, "data_source", &[(Accept, "data_source")], node, report);
    let mut look = |key: &'static str, codes: &Codes, words: Vec<&'static str>, columns: &[(Table, &str)]| {
        each(codes, (key, &words), columns, node, report);
    };
    look("apply_type", &dictionary.apply_type, all::<ApplyVia>(), &[(Accept, "apply_type")]);
    look("applyer_type", &dictionary.applyer_type, all::<Audience>(), &[(Accept, "applyer_type")]);
    let pages = [(Accept, "applyer_page_type"), (Accept, "contact_type")];
    look("page_type", &dictionary.page_type, all::<IdKind>(), &pages);
    look("project_type", &dictionary.project_type, all::<Handling>(), &[(Accept, "project_type")]);
    look("special_type", &dictionary.special_type, all::<SpecialWord>(), &[(Special, "special_type")]);
    look("get_type", &dictionary.get_type, all::<GetWay>(), &[(Material, "get_type")]);
    look("event_name", &dictionary.event_name, all::<Deed>(), &[(Process, "event_name")]);
    look("result_type", &dictionary.result_type, all::<ResultWord>(), &[(Result, "result_type")]);
    look("yes_no", &dictionary.yes_no, all::<Answer>(), &[(Result, "is_delivery_results")]);
}

fn all<W: Word>() -> Vec<&'static str> {
    W::WORDS.iter().map(|(word, _)| *word).collect()
}

fn each(
    codes: &Codes,
    (key, words): (&'static str, &[&'static str]),
    columns: &[(Table, &str)],
    node: &Node,
    report: &mut Report<'_>,
) {
    let span = node.place(&[key.into()]);
    for word in codes.0.keys().filter(|word| !words.contains(&word.as_str())) {
        let finding = report.at(&codes::UNKNOWN, span, format!("“{key}”里没有“{word}”这个词"));
        if let Some(near) = closest(word, words.iter().copied()) {
            finding.mend(format!("是不是要写“{near}”？"));
        }
    }
    let missing: Vec<&str> = words.iter().copied().filter(|word| !codes.0.contains_key(*word)).collect();
    if !missing.is_empty() {
        report.at(&codes::MISSING, span, format!("“{key}”缺少：{}", missing.join("、")));
    }
    for code in codes.0.values() {
        fit(code, key, columns, node, report);
    }
}

fn fit(code: &str, key: &'static str, columns: &[(Table, &str)], node: &Node, report: &mut Report<'_>) {
    let width = |(table, name): &(Table, &str)| table.columns().iter().find(|column| column.name == *name)?.max;
    let Some(most) = columns.iter().filter_map(width).min() else { return };
    if code.chars().count() > most {
        let what = format!("“{key}”的代码“{code}”超过 {most} 个字符");
        report.at(&codes::TOO_LONG, node.place(&[key.into()]), what);
    }
}
