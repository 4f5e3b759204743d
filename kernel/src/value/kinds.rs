//! Reading a value as the kind its element has.

use serde::{Deserialize, Serialize};

use super::{Value, iso_day};
use crate::day::parse_day;

/// How a value is held. Finer kinds of the dictionary (citizen ids, telephone numbers, choices) are held as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// Yes or no.
    Bool,
    /// A number.
    Number,
    /// Text.
    Text,
    /// A civil date.
    Date,
    /// A list of texts.
    List,
}

/// The text or JSON cannot be read as the kind wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub struct ValueFault {
    /// The kind wanted.
    pub wanted: ValueKind,
}

impl ValueFault {
    /// Stable name: `value.bool`, `value.number`, `value.text`, `value.date` or `value.list`.
    pub fn code(self) -> &'static str {
        match self.wanted {
            ValueKind::Bool => "value.bool",
            ValueKind::Number => "value.number",
            ValueKind::Text => "value.text",
            ValueKind::Date => "value.date",
            ValueKind::List => "value.list",
        }
    }
}

impl Value {
    /// The kind this value is of.
    pub fn kind(&self) -> ValueKind {
        match self {
            Self::Bool(_) => ValueKind::Bool,
            Self::Number(_) => ValueKind::Number,
            Self::Text(_) => ValueKind::Text,
            Self::Date(_) => ValueKind::Date,
            Self::List(_) => ValueKind::List,
        }
    }

    /// Reads what a form or a command line holds: `true`/`yes`/`是`, `12.5`, any writing of a date that
    /// [`parse_day`] knows, a list with commas (`,`, `，` or `、`).
    ///
    /// # Errors
    /// [`ValueFault`]. Text never fails.
    pub fn parse(text: &str, kind: ValueKind) -> Result<Self, ValueFault> {
        let trimmed = text.trim();
        match kind {
            ValueKind::Text => Some(Self::Text(trimmed.to_owned())),
            ValueKind::Bool => yes_or_no(trimmed).map(Self::Bool),
            // "inf" and "nan" are numbers to the standard library and to nobody who fills in a form.
            ValueKind::Number => trimmed.parse().ok().filter(|number: &f64| number.is_finite()).map(Self::Number),
            ValueKind::Date => parse_day(trimmed).ok().map(Self::Date),
            ValueKind::List => {
                let members = trimmed.split([',', '，', '、']).map(str::trim).filter(|member| !member.is_empty());
                Some(Self::List(members.map(Self::from).collect()))
            }
        }
        .ok_or(ValueFault { wanted: kind })
    }

    /// Reads JSON as the kind wanted; unlike plain deserialising, a date (`2026-11-22` only) becomes a date.
    ///
    /// # Errors
    /// [`ValueFault`] when the JSON is of another kind. Nothing is converted: `"3"` is no number.
    pub fn from_json(json: &serde_json::Value, kind: ValueKind) -> Result<Self, ValueFault> {
        use serde_json::Value as Json;
        match (kind, json) {
            (ValueKind::Bool, Json::Bool(yes)) => Some(Self::Bool(*yes)),
            (ValueKind::Number, Json::Number(number)) => number.as_f64().map(Self::Number),
            (ValueKind::Text, Json::String(text)) => Some(Self::Text(text.clone())),
            (ValueKind::Date, Json::String(text)) => iso_day(text).map(Self::Date),
            (ValueKind::List, Json::Array(_)) => serde_json::from_value(json.clone()).ok(),
            _ => None,
        }
        .ok_or(ValueFault { wanted: kind })
    }

    /// Makes the value the kind its element has, where it was held as text because JSON could not tell.
    ///
    /// # Errors
    /// [`ValueFault`] when it is of another kind.
    pub fn with_kind(self, kind: ValueKind) -> Result<Self, ValueFault> {
        if self.kind() == kind {
            return Ok(self);
        }
        match (kind, self.as_date()) {
            (ValueKind::Date, Some(day)) => Ok(Self::Date(day)),
            _ => Err(ValueFault { wanted: kind }),
        }
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "true" | "yes" | "1" | "on" | "是" => Some(true),
        "false" | "no" | "0" | "off" | "否" => Some(false),
        _ => None,
    }
}
