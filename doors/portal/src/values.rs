//! Values of elements as people read them.

use catalog::Catalog;
use catalog::model::{Element, ElementKind};
use chrono::{Datelike, NaiveDate};
use kernel::codes::CitizenId;
use kernel::value::Value;

/// A value in words: 是, the label of an option, a number with its unit, the name of a region, a masked ID number.
pub fn shown(element: &Element, value: &Value, catalog: &Catalog) -> String {
    let one = |text: &str| match element.kind {
        ElementKind::CitizenId => CitizenId::parse(text).map_or_else(|_| text.to_owned(), |id| id.masked()),
        ElementKind::Phone => ui::say::mask_phone(text),
        ElementKind::Region => region(text, catalog),
        _ => element.label_of(text).to_owned(),
    };
    match value {
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::Number(number) => {
            let unit = element.unit.as_deref().unwrap_or_default();
            format!("{} {unit}", ui::say::decimal(*number)).trim_end().to_owned()
        }
        Value::Text(text) => one(text),
        Value::Date(date) => day(*date),
        Value::List(values) => {
            let words: Vec<String> = values.iter().map(|value| one(&value.to_string())).collect();
            words.join("、")
        }
    }
}

/// A date that nothing is due on: 1996年5月20日, without its weekday.
pub fn day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// 祖庙街道城门头社区: the names below the district, from the larger to the smaller.
pub fn region(code: &str, catalog: &Catalog) -> String {
    let mut names: Vec<&str> = catalog.lineage(code).iter().map(|region| region.name.as_str()).take(2).collect();
    names.reverse();
    if names.is_empty() { code.to_owned() } else { names.concat() }
}
