//! A whole row at once: an entity says which columns are sealed and which have a mark, and everything else follows.

use std::fmt::Write;

use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn, Value};

use super::Sealer;
use super::reseal::Worker;
use crate::fault::Fault;

/// An entity with sealed columns. Its models are in clear in memory and sealed in the database: its store calls [`seal`]
/// on the way in and [`open`] on the way out.
pub trait Sealed: EntityTrait<Model: ModelTrait<Entity = Self> + Sync> {
    /// Columns of text that are sealed.
    const SEALED: &'static [Self::Column];
    /// Sealed columns that can be found by equality.
    const MARKED: &'static [Marked<Self::Column>] = &[];
}

/// A sealed column with its blind index.
#[derive(Clone, Copy)]
pub struct Marked<C: 'static> {
    /// The sealed column.
    pub of: C,
    /// The column of its mark, which may be null.
    pub mark: C,
    /// What makes equal what people write in several ways.
    pub tidy: fn(&str) -> String,
}

/// Seals what is to be sealed of a row, and marks it.
///
/// # Errors
/// [`Fault::Internal`] when the key store is not there or does not open.
pub fn seal<E: Sealed>(sealer: &Sealer, row: &mut E::Model) -> Result<(), Fault> {
    for marked in E::MARKED {
        let mark = match text(row.get(marked.of))? {
            Some(value) => Some(sealer.mark(&column_name::<E>(marked.of), &(marked.tidy)(&value))?),
            None => None,
        };
        row.try_set(marked.mark, Value::String(mark))?;
    }
    let name = row_name::<E>(row);
    for column in E::SEALED {
        if let Some(value) = text(row.get(*column))? {
            let sealed = sealer.seal(&place::<E>(*column, &name), &value)?;
            row.try_set(*column, Value::String(Some(sealed)))?;
        }
    }
    Ok(())
}

/// Opens a row as it was read.
///
/// # Errors
/// [`Fault::Internal`] when a value does not open.
pub fn open<E: Sealed>(sealer: &Sealer, mut row: E::Model) -> Result<E::Model, Fault> {
    let name = row_name::<E>(&row);
    for column in E::SEALED {
        if let Some(value) = text(row.get(*column))? {
            let plain = sealer.open(&place::<E>(*column, &name), value)?;
            row.try_set(*column, Value::String(Some(plain)))?;
        }
    }
    Ok(row)
}

/// Opens a row that may not be there.
///
/// # Errors
/// As [`open`].
pub fn open_one<E: Sealed>(sealer: &Sealer, row: Option<E::Model>) -> Result<Option<E::Model>, Fault> {
    row.map(|row| open::<E>(sealer, row)).transpose()
}

/// Opens rows as they were read.
///
/// # Errors
/// As [`open`].
pub fn open_all<E: Sealed>(sealer: &Sealer, rows: Vec<E::Model>) -> Result<Vec<E::Model>, Fault> {
    rows.into_iter().map(|row| open::<E>(sealer, row)).collect()
}

/// One value for an update of one column; `row` names the row by its key, as [`Uuid`](uuid::Uuid) prints it.
///
/// # Errors
/// As [`seal`].
pub fn seal_value<E: Sealed>(
    sealer: &Sealer,
    column: E::Column,
    row: impl std::fmt::Display,
    value: &str,
) -> Result<String, Fault> {
    sealer.seal(&place::<E>(column, &row.to_string()), value)
}

/// One value of a row that was read without the rest of it.
///
/// # Errors
/// As [`open`].
pub fn open_value<E: Sealed>(
    sealer: &Sealer,
    column: E::Column,
    row: impl std::fmt::Display,
    value: String,
) -> Result<String, Fault> {
    sealer.open(&place::<E>(column, &row.to_string()), value)
}

/// The predicate of the rows whose marked column has this value: by their marks, and, as long as some are in clear, by the
/// value itself.
///
/// # Errors
/// As [`seal`].
pub fn finds<E: Sealed>(sealer: &Sealer, marked: &Marked<E::Column>, value: &str) -> Result<SimpleExpr, Fault> {
    let marks = sealer.marks(&column_name::<E>(marked.of), &(marked.tidy)(value))?;
    let by_mark = marked.mark.is_in(marks);
    Ok(by_mark.or(marked.mark.is_null().and(Expr::col((E::default(), marked.of)).eq(value))))
}

/// `table.column`
pub(super) fn column_name<E: Sealed>(column: E::Column) -> String {
    format!("{}.{}", E::default().table_name(), column.as_str())
}

fn place<E: Sealed>(column: E::Column, row: &str) -> String {
    format!("{}.{}/{row}", E::default().table_name(), column.as_str())
}

/// The values of the key, joined by strokes.
fn row_name<E: Sealed>(row: &E::Model) -> String {
    let mut name = String::new();
    for (at, key) in E::PrimaryKey::iter().enumerate() {
        if at > 0 {
            name.push('/');
        }
        let written = match row.get(key.into_column()) {
            Value::Uuid(Some(id)) => write!(name, "{id}"),
            Value::String(Some(text)) => write!(name, "{text}"),
            other => write!(name, "{other:?}"),
        };
        // Writing to a string does not fail.
        let _ = written;
    }
    name
}

pub(super) fn text(value: Value) -> Result<Option<String>, Fault> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(Fault::internal(format_args!("only text is sealed, not {other:?}"))),
    }
}

/// A table with sealed columns, for the work that goes through all of them.
pub struct SealedTable(pub(super) Box<dyn Worker>);

impl SealedTable {
    /// The table of this entity.
    pub fn of<E: Sealed>() -> Self {
        Self(Box::new(super::reseal::Table::<E>::new()))
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.0.name()
    }
}
