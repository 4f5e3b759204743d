//! Our case in their columns.

use casework::Outcome;
use catalog::model::{Element, ElementKind};
use catalog::{Catalog, words};
use chrono::NaiveDate;
use kernel::value::{Facts, Value};
use serde_json::Map;

use super::{CaseFact, Connector, Occasion, PushField};

/// What is sent: their columns with values.
pub type Document = Map<String, serde_json::Value>;

/// Joins the chosen values of a multiple choice.
const JOIN: &str = ",";

/// A case as it is when it is pushed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CaseValues {
    pub project_no: String,
    pub application_no: String,
    /// The item's id.
    pub item: String,
    pub item_code: String,
    pub item_name: String,
    pub region: String,
    pub applicant: String,
    pub phone: Option<String>,
    pub agent: Option<String>,
    pub received_on: Option<NaiveDate>,
    pub accepted_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub decided_on: Option<NaiveDate>,
    pub outcome: Option<Outcome>,
    pub reason: Option<String>,
    /// The form of the application; only what the connector's items ask for may be pushed.
    pub form: Facts,
}

words! {
    /// Why a column has no value.
    Lack {
        Nothing = "nothing" "没有值",
        Unmapped = "unmapped" "值没有对照",
    }
}

/// A column that cannot be filled: nothing is pushed, and somebody has to look. The value itself is not told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {lack}")]
pub struct Unmapped {
    pub column: String,
    pub lack: Lack,
}

/// The document for a case on an occasion.
///
/// # Errors
/// [`Unmapped`] of the first column that has to have a value and has none, or whose value has no code of theirs.
pub fn document(
    connector: &Connector,
    catalog: &Catalog,
    case: &CaseValues,
    occasion: Occasion,
) -> Result<Document, Unmapped> {
    let mut document = Document::new();
    for field in connector.push.iter().flat_map(|push| &push.fields) {
        let value = written(connector, field, value(field, catalog, case, occasion))
            .map_err(|lack| Unmapped { column: field.to.clone(), lack })?;
        document.insert(field.to.clone(), value);
    }
    Ok(document)
}

/// The value of a column as we have it.
fn value(field: &PushField, catalog: &Catalog, case: &CaseValues, occasion: Occasion) -> Option<Value> {
    if let Some(constant) = &field.constant {
        return Some(Value::Text(constant.clone()));
    }
    if field.element.is_some() {
        let mut codes = field.element.iter().chain(&field.otherwise).map(|code| code.as_str());
        let filled =
            |code: &str| case.form.get(code).filter(|value| !value.is_blank()).map(|value| (code.to_owned(), value));
        let (code, value) = codes.find_map(filled)?;
        return Some(dated(value, catalog.elements.get(code.as_str())));
    }
    let text = |text: &str| Some(Value::Text(text.to_owned())).filter(|value| !value.is_blank());
    let day = |day: Option<NaiveDate>| day.map(Value::Date);
    match field.from? {
        CaseFact::ProjectNo => text(&case.project_no),
        CaseFact::ApplicationNo => text(&case.application_no),
        CaseFact::Occasion => text(occasion.word()),
        CaseFact::Item => text(&case.item),
        CaseFact::ItemCode => text(&case.item_code),
        CaseFact::ItemName => text(&case.item_name),
        CaseFact::Region => text(&case.region),
        CaseFact::Applicant => text(&case.applicant),
        CaseFact::Phone => case.phone.as_deref().and_then(text),
        CaseFact::Agent => case.agent.as_deref().and_then(text),
        CaseFact::ReceivedOn => day(case.received_on),
        CaseFact::AcceptedOn => day(case.accepted_on),
        CaseFact::DueOn => day(case.due_on),
        CaseFact::DecidedOn => day(case.decided_on),
        CaseFact::Outcome => case.outcome.and_then(|outcome| text(outcome.code())),
        CaseFact::Reason => case.reason.as_deref().and_then(text),
    }
}

/// A date comes back from storage as text.
fn dated(value: &Value, element: Option<&Element>) -> Value {
    let is_date = element.is_some_and(|element| element.kind == ElementKind::Date);
    value.as_date().filter(|_| is_date).map_or_else(|| value.clone(), Value::Date)
}

/// The value as they write it.
fn written(connector: &Connector, field: &PushField, value: Option<Value>) -> Result<serde_json::Value, Lack> {
    let Some(value) = value else {
        return if field.required { Err(Lack::Nothing) } else { Ok(serde_json::Value::Null) };
    };
    if let Some(values) = &field.values {
        let theirs = |one: &Value| values.0.get(&one.to_string()).cloned().ok_or(Lack::Unmapped);
        let mapped = match &value {
            Value::List(members) => members.iter().map(theirs).collect::<Result<Vec<_>, _>>()?.join(JOIN),
            one => theirs(one)?,
        };
        return Ok(mapped.into());
    }
    Ok(match value {
        Value::Bool(yes) => yes.into(),
        Value::Number(number) => plain(number),
        Value::Text(text) => text.into(),
        Value::Date(day) => day.format(field.dates.as_deref().unwrap_or(&connector.dates)).to_string().into(),
        Value::List(members) => members.iter().map(ToString::to_string).collect::<Vec<_>>().join(JOIN).into(),
    })
}

/// Whole numbers without a point.
fn plain(number: f64) -> serde_json::Value {
    const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= WHOLE_MAX { (number as i64).into() } else { number.into() }
}
