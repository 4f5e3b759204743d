//! One cell: what a value says in the form, and what a typed text means in the file.

use chrono::NaiveDate;

use super::schema::{Column, Kind};
use crate::yaml::Value;

/// The texts of a value; several only where several words may be chosen.
pub(super) fn cell(kind: Kind, value: Option<&Value>) -> Vec<String> {
    let Some(value) = value else { return Vec::new() };
    match (kind, value) {
        (Kind::Words(_), value) => value.entries().iter().filter_map(Value::as_text).map(str::to_owned).collect(),
        (Kind::Waivers, value) => vec![value.entries().iter().map(waiver_line).collect::<Vec<_>>().join("\n")],
        (Kind::Lines, value) => vec![value.entries().iter().filter_map(Value::as_text).collect::<Vec<_>>().join("\n")],
        (Kind::Options, value) => vec![value.entries().iter().map(option_line).collect::<Vec<_>>().join("\n")],
        (Kind::Answer, Value::List(entries)) => {
            vec![entries.iter().filter_map(Value::as_text).collect::<Vec<_>>().join("、")]
        }
        (Kind::Money, value) => vec![yuan(value.as_text().unwrap_or_default())],
        (_, value) => value.as_text().map(str::to_owned).into_iter().collect(),
    }
}

/// `product register-individual` of `{by: product, item: register-individual}`.
fn waiver_line(waiver: &Value) -> String {
    let by = waiver.at("by").and_then(Value::as_text).unwrap_or_default();
    let with = WAIVERS.iter().find(|(word, _)| *word == by).and_then(|(_, key)| *key);
    let with = with.and_then(|key| waiver.at(key)).and_then(Value::as_text);
    with.map_or_else(|| by.to_owned(), |with| format!("{by} {with}"))
}

/// The word after `by`, and the key of what goes with it.
const WAIVERS: [(&str, Option<&str>); 6] = [
    ("form", None),
    ("licence", None),
    ("check", Some("interface")),
    ("product", Some("item")),
    ("commitment", Some("when")),
    ("element", Some("element")),
];

fn waiver(line: &str) -> Option<Value> {
    let line = line.trim();
    let (by, with) = line.split_once(char::is_whitespace).map_or((line, ""), |(by, with)| (by, with.trim()));
    let (word, key) = WAIVERS.iter().find(|(word, _)| *word == by)?;
    let mut entries = vec![("by".to_owned(), Value::plain(*word))];
    match (key, with.is_empty()) {
        (None, true) => {}
        (None, false) => return None,
        (Some("when"), true) => {}
        (Some(_), true) => return None,
        (Some(key), false) => entries.push(((*key).to_owned(), Value::text(with))),
    }
    Some(Value::Map(entries))
}

fn said_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// `individual = 个体工商户 | 手续最简单` of `{value: individual, label: 个体工商户, hint: 手续最简单}`.
fn option_line(option: &Value) -> String {
    let one = |key: &str| option.at(key).and_then(Value::as_text).unwrap_or_default();
    let hint = Some(one("hint")).filter(|hint| !hint.is_empty()).map_or_else(String::new, |hint| format!(" | {hint}"));
    format!("{} = {}{hint}", one("value"), one("label"))
}

fn option(line: &str) -> Option<Value> {
    let (value, rest) = line.split_once(['=', '＝'])?;
    let (label, hint) = rest.split_once(['|', '｜']).map_or((rest, ""), |(label, hint)| (label, hint));
    let (value, label, hint) = (value.trim(), label.trim(), hint.trim());
    if value.is_empty() || label.is_empty() {
        return None;
    }
    let mut entries = vec![("value".to_owned(), Value::text(value)), ("label".to_owned(), Value::text(label))];
    if !hint.is_empty() {
        entries.push(("hint".to_owned(), Value::text(hint)));
    }
    Some(Value::Map(entries))
}

fn yuan(fen: &str) -> String {
    fen.parse::<i64>().map_or_else(|_| fen.to_owned(), |fen| format!("{}.{:02}", fen / 100, fen % 100))
}

fn fen(yuan: &str) -> Option<i64> {
    let (whole, part) = yuan.split_once('.').unwrap_or((yuan, ""));
    let part = match part.len() {
        0 => "00".to_owned(),
        1 => format!("{part}0"),
        2 => part.to_owned(),
        _ => return None,
    };
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    (digits(whole) && digits(&part)).then(|| format!("{whole}{part}").parse().ok()).flatten()
}

/// The value of the texts; none where they say nothing.
pub(super) fn read_cell(column: &Column, texts: &[String]) -> Result<Option<Value>, &'static str> {
    if let Kind::Words(vocabulary) = column.kind {
        let options = vocabulary.options(|_| String::new());
        let known = |text: &String| options.iter().any(|(word, _)| word == text);
        if !texts.iter().all(known) {
            return Err("form-option");
        }
        if texts.is_empty() {
            return if column.required { Err("required") } else { Ok(None) };
        }
        return Ok(Some(Value::List(texts.iter().map(Value::plain).collect())));
    }
    let text = texts.first().map_or("", |text| text.trim());
    if text.is_empty() {
        return if column.required { Err("required") } else { Ok(None) };
    }
    Ok(Some(match column.kind {
        Kind::Count => Value::plain(text.parse::<u32>().map_err(|_| "form-count")?.to_string()),
        Kind::Money => Value::plain(fen(text).ok_or("form-amount")?.to_string()),
        Kind::Day => Value::plain(text.parse::<NaiveDate>().map_err(|_| "form-day")?.to_string()),
        Kind::YesNo if matches!(text, "true" | "false") => Value::plain(text),
        Kind::YesNo => return Err("form-option"),
        Kind::Word(vocabulary) => {
            let options = vocabulary.options(|_| String::new());
            if !options.iter().any(|(word, _)| word == text) {
                return Err("form-option");
            }
            Value::text(text)
        }
        Kind::Waivers => Value::List(said_lines(text).map(waiver).collect::<Option<_>>().ok_or("form-waiver")?),
        Kind::Decimal => {
            let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
            Value::plain(Some(text).filter(|_| is_number).ok_or("form-number")?)
        }
        Kind::Lines => Value::List(said_lines(text).map(Value::text).collect()),
        Kind::Options => Value::List(said_lines(text).map(option).collect::<Option<_>>().ok_or("form-options")?),
        Kind::Answer if text.contains('、') => {
            Value::List(text.split('、').map(str::trim).map(Value::plain).collect())
        }
        Kind::Answer => Value::plain(text),
        Kind::Line
        | Kind::Long
        | Kind::Words(_)
        | Kind::Element
        | Kind::Material
        | Kind::Item
        | Kind::Authority
        | Kind::Licence
        | Kind::Law
        | Kind::Condition => Value::text(text.replace("\r\n", "\n")),
    }))
}
