//! Values and changes as people say them: the term of a word, the name of an element, a condition made of choices as a sentence.
//! Both doors say the same.

use std::collections::BTreeMap;

use access_service::Words;
use authoring::changes::{Line, RecordChange};
use authoring::choice::{Choice, Choices, Join, Op};
use authoring::form::{Column, Kind, Row};
use authoring::{Known, Subject};
use catalog::model::Element;

/// A changed record in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidChange {
    pub name: String,
    pub what: String,
    pub version: String,
    /// What, of which row, old, new.
    pub lines: Vec<(String, String, String, String)>,
}

/// A cell in words.
pub fn cell(column: &Column, row: &Row, words: &Words, known: &Known) -> String {
    let texts = row.cells.get(column.path).map(Vec::as_slice).unwrap_or_default();
    texts.iter().map(|said| text(column.kind, said, words, known)).collect::<Vec<_>>().join("、")
}

/// A text of a column in words.
pub fn text(kind: Kind, text: &str, words: &Words, known: &Known) -> String {
    let own = || text.to_owned();
    let named = |names: &BTreeMap<String, String>| names.get(text).cloned().unwrap_or_else(own);
    match kind {
        Kind::Word(vocabulary) | Kind::Words(vocabulary) => {
            let options = vocabulary.options(|key| words.get(key).to_owned());
            options.into_iter().find(|(word, _)| word == text).map_or_else(own, |(_, label)| label)
        }
        Kind::YesNo if text == "true" => "是".to_owned(),
        Kind::YesNo if text == "false" => "否".to_owned(),
        Kind::Money if !text.is_empty() => format!("{text} 元"),
        Kind::Element => element(text, known).map_or_else(own, |one| one.name.clone()),
        Kind::Material => named(&known.materials),
        Kind::Item => named(&known.items),
        Kind::Authority => named(&known.authorities),
        Kind::Licence => named(&known.licences),
        Kind::Condition => Choices::of_cel(text).map_or_else(own, |made| choices(&made, words, known)),
        Kind::Options => text.lines().map(option_label).collect::<Vec<_>>().join("、"),
        Kind::Lines => text.lines().collect::<Vec<_>>().join("、"),
        Kind::YesNo
        | Kind::Money
        | Kind::Line
        | Kind::Long
        | Kind::Day
        | Kind::Count
        | Kind::Decimal
        | Kind::Answer
        | Kind::Law
        | Kind::Waivers => own(),
    }
}

/// 个体工商户 of `individual = 个体工商户 | 手续最简单`.
fn option_label(line: &str) -> &str {
    let label = line.split_once('=').map_or(line, |(_, rest)| rest);
    label.split('|').next().unwrap_or_default().trim()
}

/// Choices in words: “场所来源”不等于自有，并且“设招牌”为是.
pub fn choices(choices: &Choices, words: &Words, known: &Known) -> String {
    let say = |choice: &Choice| {
        let element = element(&choice.fact, known);
        let name = element.map_or(choice.fact.as_str(), |element| element.name.as_str());
        let values: Vec<&str> = choice.values.iter().map(|value| label(element, value.as_str())).collect();
        match choice.op {
            Op::Holds => format!("“{name}”为是"),
            Op::HoldsNot => format!("“{name}”为否"),
            op => format!("“{name}”{}{}", words.get(op.text_key()), values.join("、")),
        }
    };
    let said: Vec<String> = choices.choices.iter().map(say).collect();
    said.join(if choices.join == Join::All { "，并且" } else { "，或者" })
}

/// What names a row, with the names of elements, materials and items in the place of their codes.
fn named(text: &str, known: &Known) -> String {
    let name = |word: &str| {
        let other = || known.materials.get(word).or_else(|| known.items.get(word)).cloned();
        element(word, known).map(|one| one.name.clone()).or_else(other).unwrap_or_else(|| word.to_owned())
    };
    text.split(' ').map(name).collect::<Vec<_>>().join(" ")
}

fn element<'k>(code: &str, known: &'k Known) -> Option<&'k Element> {
    known.elements.get(code)
}

fn label<'e>(element: Option<&'e Element>, value: &'e str) -> &'e str {
    let options = element.map(|element| element.options.as_slice()).unwrap_or_default();
    options.iter().find(|option| option.value == value).map_or(value, |option| option.label.as_str())
}

/// A changed record in words.
pub fn change(one: &RecordChange, words: &Words, known: &Known) -> SaidChange {
    let version = |version: Option<u32>| version.map_or_else(String::new, |version| format!("第 {version} 版"));
    let line = |line: &Line| {
        let named = |text: &str| named(text, known);
        let own = |label: String| (label, named(&line.row), named(&line.old), named(&line.new));
        let Some((section, path)) = line.at else {
            let key = format!("form-other.{}", line.key);
            let label = if words.has(&key) { words.get(&key).to_owned() } else { line.key.clone() };
            return (label, line.row.clone(), line.old.clone(), line.new.clone());
        };
        let of_section = words.get(&format!("form-section.{}", section.code)).to_owned();
        let Some(column) = section.column(path) else { return own(of_section) };
        let label = words.get(&section.label_key(column)).to_owned();
        let label = if section.rows.is_some() { format!("{of_section} · {label}") } else { label };
        let say = |said: &str| match column.kind {
            Kind::Words(_) => {
                let parts = said.split('、').map(|part| text(column.kind, part, words, known));
                parts.collect::<Vec<_>>().join("、")
            }
            kind => text(kind, said, words, known),
        };
        (label, named(&line.row), say(&line.old), say(&line.new))
    };
    SaidChange {
        name: match one.subject {
            Subject::Item => one.name.clone(),
            subject => format!("{} · {}", words.get(subject.text_key()), one.name),
        },
        what: words.get(one.what.text_key()).to_owned(),
        version: match one.versions {
            (Some(old), Some(new)) => format!("{} → {}", version(Some(old)), version(Some(new))),
            (old, new) => version(new.or(old)),
        },
        lines: one.lines.iter().map(line).collect(),
    }
}
