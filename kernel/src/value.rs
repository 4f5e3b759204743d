//! What forms hold and conditions read: one value of one data element (数据元).

mod kinds;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use kinds::{ValueFault, ValueKind};

/// The code of a data element, such as `op_name`.
pub type ElementCode = String;

/// Everything known in one matter: element code to value. A missing element is unknown, which is not the same as false.
pub type Facts = BTreeMap<ElementCode, Value>;

/// One value.
///
/// In JSON it is the plain thing: `true`, `3`, `"理发"`, `["a","b"]`. A date is written `"2026-11-22"` and read back
/// as text, because JSON cannot tell; [`Value::from_json`] reads it as a date when the element's kind says so.
/// Comparisons therefore treat a date and the same date as text as equal.
#[derive(Debug, Clone)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A number; whole up to 2⁵³.
    Number(f64),
    /// Text, and the value of a choice.
    Text(String),
    /// A civil date.
    Date(NaiveDate),
    /// The chosen values of a multiple choice.
    List(Vec<Value>),
}

impl Value {
    /// The yes or no, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(yes) => Some(*yes),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The date, also when it is held as text of the form `2026-11-22`.
    pub fn as_date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(day) => Some(*day),
            Self::Text(text) => iso_day(text),
            _ => None,
        }
    }

    /// The members, if it is a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Self::List(members) => Some(members),
            _ => None,
        }
    }

    /// Whether a list has this member. `None` when it is no list: `'a' in 3` has no answer.
    pub fn contains(&self, member: &Value) -> Option<bool> {
        self.as_list().map(|members| members.contains(member))
    }

    /// Whether nothing has been filled in: empty text or an empty list.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::List(members) => members.is_empty(),
            _ => false,
        }
    }
}

/// Values of different kinds are unequal, but for a date and the same date written as text.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Date(a), Self::Date(b)) => a == b,
            (Self::Date(day), Self::Text(text)) | (Self::Text(text), Self::Date(day)) => iso_day(text) == Some(*day),
            (Self::List(a), Self::List(b)) => a == b,
            _ => false,
        }
    }
}

/// Numbers, texts and dates have an order, no before yes; lists and mixed kinds have none (`None`).
impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::Date(day), Self::Text(text)) => iso_day(text).map(|other| day.cmp(&other)),
            (Self::Text(text), Self::Date(day)) => iso_day(text).map(|own| own.cmp(day)),
            (Self::List(a), Self::List(b)) if a == b => Some(Ordering::Equal),
            _ => None,
        }
    }
}

/// As it stands in a form field or a letter, without labels: `3`, `2026-11-22`, members joined by `、`.
/// Yes and no are `true` and `false`; the element's label says them in words.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(yes) => write!(f, "{yes}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
            Self::Date(day) => write!(f, "{day}"),
            Self::List(members) => {
                for (index, member) in members.iter().enumerate() {
                    if index > 0 {
                        f.write_str("、")?;
                    }
                    write!(f, "{member}")?;
                }
                Ok(())
            }
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const WHOLE: f64 = 9_007_199_254_740_992.0; // 2⁵³: beyond it, not every whole number has its own double
        match self {
            Self::Bool(yes) => serializer.serialize_bool(*yes),
            Self::Number(number) if number.fract() == 0.0 && number.abs() <= WHOLE => {
                serializer.serialize_i64(*number as i64)
            }
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Date(day) => serializer.collect_str(day),
            Self::List(members) => serializer.collect_seq(members),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false, a number, text, or a list of these")
    }

    fn visit_bool<E: de::Error>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::Bool(yes))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = sequence.next_element()? {
            members.push(member);
        }
        Ok(Value::List(members))
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Self {
        Self::Date(day)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(members: Vec<T>) -> Self {
        Self::List(members.into_iter().map(Into::into).collect())
    }
}

/// Only the canonical form counts as a date in text, so that equality stays transitive.
fn iso_day(text: &str) -> Option<NaiveDate> {
    // Conditions compare texts far more often than dates: look before parsing.
    let looks_right = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !looks_right {
        return None;
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| day.to_string() == text)
}
