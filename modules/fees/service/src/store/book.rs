//! The book: every movement of money once, by the civil day on which it happened.

use chrono::NaiveDate;
use fees::{Entry, EntryKind};
use platform::Fault;
use sea_orm::IntoActiveModel;
use sea_orm::entity::prelude::*;

use super::unreadable;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fees_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub order_id: Uuid,
    pub number: String,
    /// The gateway's number of a payment, ours of a refund.
    pub reference: String,
    pub fen: i64,
    pub day: Date,
    pub at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds one.
pub(crate) async fn entry_insert(on: &impl ConnectionTrait, row: Model) -> Result<(), Fault> {
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// Whether this movement stands in the book already.
pub(crate) async fn entry_is_there(on: &impl ConnectionTrait, kind: EntryKind, reference: &str) -> Result<bool, Fault> {
    let found = Entity::find().filter(Column::Kind.eq(kind.word())).filter(Column::Reference.eq(reference));
    Ok(found.count(on).await? > 0)
}

/// The book of a day.
pub(crate) async fn entry_list(on: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<Entry>, Fault> {
    let rows = Entity::find().filter(Column::Day.eq(day)).all(on).await?;
    let entry = |row: Model| {
        let kind = EntryKind::ALL.iter().copied().find(|kind| kind.word() == row.kind);
        let kind = kind.ok_or_else(|| unreadable("fees_entry", "kind", &row.kind))?;
        Ok(Entry { kind, order: row.number, transaction: row.reference, fen: row.fen })
    };
    rows.into_iter().map(entry).collect()
}
