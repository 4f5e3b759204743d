//! One value in neutral writing: what both engines keep, as JSON.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sea_orm::{DbBackend, DbErr, QueryResult, Value as Bound};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// How the values of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Text as it is.
    Text,
    /// JSON, as text.
    Json,
    /// A whole number of up to 64 bits.
    Integer,
    /// A double; JSON holds it exactly.
    Real,
    /// true or false.
    Boolean,
    /// A UUID with hyphens.
    Uuid,
    /// Hexadecimal.
    Bytes,
    /// RFC 3339 in UTC with microseconds.
    Moment,
    /// `2026-03-02`.
    Day,
}

impl Kind {
    /// From what either engine calls the type of a column.
    pub(super) fn of(said: &str) -> Option<Self> {
        let said = said.to_ascii_lowercase();
        let name = said.split('(').next().unwrap_or_default().trim();
        Some(match name {
            "text" | "varchar" | "char" | "character varying" | "character" => Self::Text,
            "json" | "jsonb" | "json_text" | "jsonb_text" => Self::Json,
            "smallint" | "integer" | "int" | "bigint" | "tinyint" => Self::Integer,
            "double" | "double precision" | "float" | "real" => Self::Real,
            "boolean" => Self::Boolean,
            "uuid" | "uuid_text" => Self::Uuid,
            "blob" | "bytea" | "varbinary_blob" => Self::Bytes,
            "timestamp with time zone" | "timestamp_with_timezone_text" => Self::Moment,
            "date" | "date_text" => Self::Day,
            _ => return None,
        })
    }

    /// How a column is read, so that all widths of a kind come alike.
    pub(super) fn read(self, engine: DbBackend, name: &str) -> String {
        let cast = match self {
            _ if engine != DbBackend::Postgres => "",
            Self::Text | Self::Json => "::text",
            Self::Integer => "::bigint",
            Self::Real => "::double precision",
            _ => "",
        };
        format!("\"{name}\"{cast}")
    }

    /// How a value is put in: what stands after the placeholder.
    pub(super) fn write(self, engine: DbBackend) -> &'static str {
        if self == Self::Json && engine == DbBackend::Postgres { "::json" } else { "" }
    }

    /// A value of a row that was read.
    pub(super) fn encode(self, row: &QueryResult, place: usize) -> Result<Value, DbErr> {
        Ok(match self {
            Self::Text | Self::Json => row.try_get_by_index::<Option<String>>(place)?.into(),
            Self::Integer => row.try_get_by_index::<Option<i64>>(place)?.into(),
            Self::Real => row.try_get_by_index::<Option<f64>>(place)?.into(),
            Self::Boolean => row.try_get_by_index::<Option<bool>>(place)?.into(),
            Self::Uuid => row.try_get_by_index::<Option<Uuid>>(place)?.map(|id| id.to_string()).into(),
            Self::Bytes => row.try_get_by_index::<Option<Vec<u8>>>(place)?.map(hex::encode).into(),
            Self::Moment => row.try_get_by_index::<Option<DateTime<Utc>>>(place)?.map(moment).into(),
            Self::Day => row.try_get_by_index::<Option<NaiveDate>>(place)?.map(|day| day.to_string()).into(),
        })
    }

    /// The value to bind. `None` when it is not of this kind.
    pub(super) fn decode(self, value: &Value) -> Option<Bound> {
        let text = || value.as_str();
        if value.is_null() {
            return Some(self.null());
        }
        Some(match self {
            Self::Text | Self::Json => text()?.to_owned().into(),
            Self::Integer => value.as_i64()?.into(),
            Self::Real => value.as_f64()?.into(),
            Self::Boolean => value.as_bool()?.into(),
            Self::Uuid => text()?.parse::<Uuid>().ok()?.into(),
            Self::Bytes => hex::decode(text()?).ok()?.into(),
            Self::Moment => text()?.parse::<DateTime<Utc>>().ok()?.into(),
            Self::Day => text()?.parse::<NaiveDate>().ok()?.into(),
        })
    }

    /// NULL of the type, which PostgreSQL wants to know.
    fn null(self) -> Bound {
        match self {
            Self::Text | Self::Json => None::<String>.into(),
            Self::Integer => None::<i64>.into(),
            Self::Real => None::<f64>.into(),
            Self::Boolean => None::<bool>.into(),
            Self::Uuid => None::<Uuid>.into(),
            Self::Bytes => None::<Vec<u8>>.into(),
            Self::Moment => None::<DateTime<Utc>>.into(),
            Self::Day => None::<NaiveDate>.into(),
        }
    }
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_names_of_a_type_are_one_kind() {
        for (sqlite, postgres) in [
            ("uuid_text", "uuid"),
            ("varchar(64)", "character varying"),
            ("integer", "bigint"),
            ("timestamp_with_timezone_text", "timestamp with time zone"),
            ("date_text", "date"),
            ("blob", "bytea"),
            ("double", "double precision"),
            ("boolean", "boolean"),
        ] {
            assert_eq!(Kind::of(sqlite), Kind::of(postgres), "{sqlite}");
            assert!(Kind::of(sqlite).is_some(), "{sqlite}");
        }
        assert_eq!(Kind::of("point"), None);
    }

    #[test]
    fn a_value_of_another_kind_is_not_taken() {
        assert!(Kind::Uuid.decode(&"no uuid".into()).is_none());
        assert!(Kind::Integer.decode(&1.5.into()).is_none());
        assert!(Kind::Moment.decode(&"2026-03-02".into()).is_none());
        assert_eq!(Kind::Day.decode(&Value::Null), Some(None::<NaiveDate>.into()));
    }
}
