//! Cells of forms: a column as a field with its options, what was sent of it, and how it reads in a table.

use access_service::Words;
use authoring::Known;
use authoring::form::{Column, Kind, Row, Section};
use platform::{Fault, FieldFault};
use ui::{Field, FieldKind, Opt};

use super::told;
use crate::form::Sheet;

/// Columns that stand in the table of a section.
pub fn is_head(column: &Column) -> bool {
    const OPENED: [&str; 17] = [
        "id",
        "basis.law",
        "basis.article",
        "copy",
        "media",
        "copies",
        "waive",
        "standard",
        "bind",
        "options",
        "default",
        "unit",
        "min",
        "max",
        "help",
        "otherwise",
        "go",
    ];
    !OPENED.contains(&column.path) && !matches!(column.kind, Kind::YesNo)
}

/// A row as it was sent.
pub fn sent(columns: impl Iterator<Item = &'static Column>, sheet: &Sheet) -> Row {
    let cell = |column: &Column| {
        let texts: Vec<String> = match column.kind {
            Kind::Words(_) => sheet.all(column.path).into_iter().map(str::to_owned).collect(),
            // Browsers end lines in their own way.
            _ => {
                Some(sheet.one(column.path).replace("\r\n", "\n")).filter(|text| !text.is_empty()).into_iter().collect()
            }
        };
        (column.path, texts)
    };
    Row { at: None, cells: columns.map(cell).collect() }
}

/// Faults are named by row and path; on a page with one row the path says it.
pub fn on_one_row(fault: Fault) -> Fault {
    let here = |fault: FieldFault| {
        let row = fault.field.split_once('-').filter(|(row, _)| row.parse::<usize>().is_ok());
        let field = row.map_or_else(|| fault.field.clone(), |(_, path)| path.to_owned());
        FieldFault { field, ..fault }
    };
    match fault {
        Fault::Invalid(faults) => Fault::Invalid(faults.into_iter().map(here).collect()),
        fault => fault,
    }
}

/// A column as a field.
pub fn field(
    section: &Section,
    column: &Column,
    row: &Row,
    fault: Option<&Fault>,
    (known, words): (&Known, &Words),
) -> Field {
    let texts = row.cells.get(column.path).cloned().unwrap_or_default();
    let kind = kind(column, known, words);
    let mut field = Field::new(column.path, words.get(&section.label_key(column)), kind).values(texts);
    if !column.required {
        field = field.optional();
    }
    if let Some(help) = help(section, column) {
        field = field.help(help);
    }
    told(field, fault, words)
}

fn kind(column: &Column, known: &Known, words: &Words) -> FieldKind {
    let options =
        |pairs: Vec<(String, String)>| pairs.into_iter().map(|(value, label)| Opt::new(value, label)).collect();
    let named = |names: &std::collections::BTreeMap<String, String>| {
        FieldKind::Choice(names.iter().map(|(id, name)| Opt::new(id.as_str(), name.as_str())).collect())
    };
    match column.kind {
        Kind::Line | Kind::Condition | Kind::Answer => FieldKind::Text { max: None },
        Kind::Long | Kind::Lines | Kind::Options | Kind::Waivers => FieldKind::Long { max: None },
        Kind::Day => FieldKind::Date,
        Kind::Count | Kind::Decimal => FieldKind::Number { unit: None },
        Kind::Money => FieldKind::Number { unit: Some("元".to_owned()) },
        Kind::YesNo => FieldKind::Bool,
        Kind::Word(vocabulary) => FieldKind::Choice(options(vocabulary.options(|key| words.get(key).to_owned()))),
        Kind::Words(vocabulary) => FieldKind::Multi(options(vocabulary.options(|key| words.get(key).to_owned()))),
        Kind::Element => FieldKind::Choice(elements(known)),
        Kind::Material => named(&known.materials),
        Kind::Item => named(&known.items),
        Kind::Authority => named(&known.authorities),
        Kind::Licence => named(&known.licences),
        Kind::Law => FieldKind::Choice(known.laws.iter().map(|name| Opt::new(name.as_str(), name.as_str())).collect()),
    }
}

/// The elements to choose from.
pub fn elements(known: &Known) -> Vec<Opt> {
    let option =
        |(code, one): (&String, &catalog::model::Element)| Opt::new(code.as_str(), format!("{}（{code}）", one.name));
    known.elements.iter().map(option).collect()
}

fn help(section: &Section, column: &Column) -> Option<&'static str> {
    Some(match (section.code, column.path, column.kind) {
        (_, _, Kind::Condition) => "表达式；保存以后可以在“用选项组成条件”里选",
        (_, _, Kind::Waivers) => {
            "一行一种，从上往下第一个用得上的算数：form 并进一张表单，licence 电子证照，check 核验接口，product 事项代号，commitment 告知承诺，element 数据元"
        }
        (_, _, Kind::Options) => "一行一个：值 = 选项 | 说明，如 individual = 个体工商户 | 手续最简单；说明可以不写",
        (_, _, Kind::Answer) => "填选项的值；多选的几个值之间用顿号；是否填 true 或者 false",
        (_, _, Kind::Lines) => "一行一个",
        (_, "effective", Kind::Day) => "版本号自动加一；晚于今天的，到那一天才能办",
        ("questions", "id", _) => "写数据元的代号；另有所指的，在“数据元”里选",
        ("element", "group", _) => "填到表单的哪一组，如 person、organisation、place、business",
        ("element-source", "source.resource", _) => "resident 人口库，organisation 法人库，licence:证照类型",
        ("element-source", "source.field", _) => "库里的字段，如 name、address",
        ("material", "check", _) => "能核验它的接口的名称",
        (_, "id", _) => "本事项内不重复，如 c1、B5",
        _ => return None,
    })
}
