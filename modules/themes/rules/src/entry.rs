//! Entries of the form: what somebody typed, read as a value of its element, or what is wrong with it.
//!
//! Whatever was typed is kept beside the fault; here it is only judged.

use std::collections::BTreeMap;

use catalog::model::{Element, ElementKind};
use chrono::{Datelike, NaiveDate};
use kernel::codes::{CitizenId, CodeFault, CreditCode, RegionCode, tidy};
use kernel::day::parse_day;
use kernel::value::Value;

use crate::question::half_width;

/// Most characters of an entry where the dictionary sets no bound of its own.
const LONGEST: usize = 500;
/// Years a date on a form may lie in. Who was born earlier is no longer alive, and nobody plans further.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Why an entry cannot be taken. The code is the key of its words, `field.<code>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFault {
    pub code: String,
    pub facts: BTreeMap<String, String>,
}

impl EntryFault {
    fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), facts: BTreeMap::new() }
    }

    fn fact(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }
}

impl From<CodeFault> for EntryFault {
    /// `citizen-id.check` becomes `citizen-id-check`, because a dot in a key opens another table of words.
    fn from(fault: CodeFault) -> Self {
        let facts = fault.facts.into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
        Self { code: fault.code.replace('.', "-"), facts }
    }
}

/// Reads what was typed for an element: one text, or several of a multiple choice. `today` bounds birthdays inside
/// citizen ID numbers. Nothing typed is no value.
///
/// # Errors
/// [`EntryFault`]: `required` (or `choose` where one chooses), and what does not fit the element's kind and bounds.
pub fn read_entry(
    element: &Element,
    raw: &[impl AsRef<str>],
    required: bool,
    today: NaiveDate,
) -> Result<Option<Value>, EntryFault> {
    let given: Vec<&str> = raw.iter().map(|text| text.as_ref().trim()).filter(|text| !text.is_empty()).collect();
    if given.is_empty() {
        let chosen = matches!(element.kind, ElementKind::Bool | ElementKind::Choice | ElementKind::Multi);
        let missing = if chosen || element.kind == ElementKind::Region { "choose" } else { "required" };
        return if required { Err(EntryFault::new(missing)) } else { Ok(None) };
    }
    let value = match element.kind {
        ElementKind::Multi => {
            let chosen = given.iter().map(|one| option(element, one).map(Value::from));
            Value::List(chosen.collect::<Result<_, _>>()?)
        }
        ElementKind::Bool => {
            Value::parse(given[0], element.kind.value_kind()).map_err(|_| EntryFault::new("choose"))?
        }
        ElementKind::Choice => Value::from(option(element, given[0])?),
        ElementKind::Number => Value::Number(number(element, given[0])?),
        ElementKind::Date => Value::Date(date(given[0])?),
        ElementKind::CitizenId => Value::from(citizen_id(given[0], today)?),
        ElementKind::CreditCode => Value::from(CreditCode::parse(&tidy(given[0]))?.as_str()),
        ElementKind::Region => Value::from(RegionCode::parse(given[0])?.as_str()),
        ElementKind::Phone => Value::from(phone(given[0])?),
        ElementKind::Email => Value::from(email(element, given[0])?),
        ElementKind::Text | ElementKind::Address => Value::from(text(element, given[0])?),
    };
    Ok(Some(value))
}

fn option<'a>(element: &Element, given: &'a str) -> Result<&'a str, EntryFault> {
    let known = element.options.iter().any(|choice| choice.value == given);
    if known { Ok(given) } else { Err(EntryFault::new("not-an-option")) }
}

fn number(element: &Element, given: &str) -> Result<f64, EntryFault> {
    let plain = half_width(given).replace([',', '，'], "");
    let number: f64 =
        plain.parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(|| EntryFault::new("not-a-number"))?;
    let unit = element.unit.as_deref().unwrap_or_default();
    match (element.min, element.max) {
        (Some(min), _) if number < min => Err(EntryFault::new("too-small").fact("min", min).fact("unit", unit)),
        (_, Some(max)) if number > max => Err(EntryFault::new("too-large").fact("max", max).fact("unit", unit)),
        _ => Ok(number),
    }
}

fn date(given: &str) -> Result<NaiveDate, EntryFault> {
    let day = parse_day(&half_width(given)).map_err(|fault| EntryFault::new(fault.code().replace('.', "-")))?;
    if YEARS.contains(&day.year()) { Ok(day) } else { Err(EntryFault::new("day-out-of-range")) }
}

fn citizen_id(given: &str, today: NaiveDate) -> Result<String, EntryFault> {
    Ok(CitizenId::parse_on(&tidy(given), today)?.as_str().to_owned())
}

/// A mobile number, or a fixed line with its area code: 0757-82345678.
fn phone(given: &str) -> Result<String, EntryFault> {
    let plain: String = half_width(given).chars().filter(|c| !c.is_whitespace() && *c != '-' && *c != '—').collect();
    let plain = plain.strip_prefix("+86").unwrap_or(&plain);
    let digits = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit());
    match plain.len() {
        _ if !digits => Err(EntryFault::new("phone")),
        11 if plain.starts_with('1') => Ok(plain.to_owned()),
        10..=12 if plain.starts_with('0') => {
            let area = if plain.starts_with("01") || plain.starts_with("02") { 3 } else { 4 };
            Ok(format!("{}-{}", &plain[..area], &plain[area..]))
        }
        length => Err(EntryFault::new("phone-length").fact("length", length)),
    }
}

fn email(element: &Element, given: &str) -> Result<String, EntryFault> {
    let plain = text(element, given)?;
    let sound = plain.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
    });
    if sound && !plain.contains(char::is_whitespace) { Ok(plain) } else { Err(EntryFault::new("email")) }
}

fn text(element: &Element, given: &str) -> Result<String, EntryFault> {
    if given.chars().any(|c| c.is_control() && c != '\n' && c != '\r') {
        return Err(EntryFault::new("characters"));
    }
    let most = element.max.map_or(LONGEST, |max| max as usize);
    let length = given.chars().count();
    if length > most {
        return Err(EntryFault::new("too-long").fact("max", most).fact("length", length));
    }
    Ok(given.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalog::model::Choice;

    fn element(kind: ElementKind) -> Element {
        let option = |value: &str| Choice { value: value.into(), label: value.into() };
        Element {
            code: "x".into(),
            name: "某项".into(),
            kind,
            unit: Some("平方米".into()),
            options: vec![option("a"), option("b")],
            min: None,
            max: None,
            help: None,
            sample: None,
            group: "person".into(),
            source: None,
            derived: None,
        }
    }

    fn read(kind: ElementKind, typed: &[&str]) -> Result<Option<Value>, String> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
        read_entry(&element(kind), typed, true, today).map_err(|fault| fault.code)
    }

    #[test]
    fn what_people_type_is_read_kindly() {
        use ElementKind::*;
        let rows: [(ElementKind, &[&str], Value); 9] = [
            (Number, &["８６．５"], 86.5.into()),
            (Number, &["1,200"], 1200.0.into()),
            (Date, &["2026年10月9日"], Value::Date(NaiveDate::from_ymd_opt(2026, 10, 9).expect("a day"))),
            (CitizenId, &[" 11010519491231002x "], "11010519491231002X".into()),
            (Phone, &["138 0013 8000"], "13800138000".into()),
            (Phone, &["0757 82345678"], "0757-82345678".into()),
            (Multi, &["", "a", "b"], Value::List(vec!["a".into(), "b".into()])),
            (Bool, &["true"], true.into()),
            (Email, &["a.b@example.cn"], "a.b@example.cn".into()),
        ];
        for (kind, typed, value) in rows {
            assert_eq!(read(kind, typed), Ok(Some(value)), "{kind:?} {typed:?}");
        }
    }

    #[test]
    fn every_kind_says_what_is_wrong() {
        use ElementKind::*;
        let rows: [(ElementKind, &str, &str); 15] = [
            (Text, "", "required"),
            (Choice, "", "choose"),
            (Choice, "c", "not-an-option"),
            (Multi, "c", "not-an-option"),
            (Number, "一百", "not-a-number"),
            (Number, "inf", "not-a-number"),
            (Date, "去年", "day-shape"),
            (Date, "2026-02-30", "day-no-such-day"),
            (Date, "1582-10-04", "day-out-of-range"),
            (CitizenId, "110105194912310021", "citizen-id-check"),
            (CreditCode, "123", "credit-code-length"),
            (Phone, "1382345", "phone-length"),
            (Phone, "打我电话", "phone"),
            (Email, "a@b", "email"),
            (Text, "a\u{0}b", "characters"),
        ];
        for (kind, typed, code) in rows {
            assert_eq!(read(kind, &[typed]), Err(code.to_owned()), "{kind:?} {typed:?}");
        }
    }

    #[test]
    fn bounds_are_told_with_their_unit() {
        let mut area = element(ElementKind::Number);
        (area.min, area.max) = (Some(1.0), Some(5000.0));
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
        let fault = read_entry(&area, &["0.5"], true, today).expect_err("too small");
        assert_eq!(
            (fault.code.as_str(), fault.facts["min"].as_str(), &*fault.facts["unit"]),
            ("too-small", "1", "平方米")
        );
        assert_eq!(read_entry(&area, &["5001"], true, today).expect_err("too large").code, "too-large");
        let mut name = element(ElementKind::Text);
        name.max = Some(3.0);
        assert_eq!(read_entry(&name, &["佛山禅城"], true, today).expect_err("too long").facts["length"], "4");
        assert_eq!(read_entry(&name, &[""], false, today), Ok(None));
    }
}
