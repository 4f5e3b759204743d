//! Data about a subject that have no column of their own: one row a field, the latest word of its register.

use kernel::id::SubjectId;
use platform::Fault;
use platform::sealed::{self, Sealed, Sealing};
use records::{Fact, Register};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

use super::{ROWS_MAX, unreadable};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records_fact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: String,
    /// JSON. A date is a text here and becomes a date again by the kind of the element that reads it.
    pub value: String,
    /// Code of the register.
    pub source: String,
    pub as_of: Date,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Value];
}

impl TryFrom<Model> for Fact {
    type Error = Fault;
    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            value: serde_json::from_str(&row.value)?,
            register: Register::parse(&row.source).ok_or_else(|| unreadable("records_fact", "source", &row.source))?,
            field: row.field,
            as_of: row.as_of,
        })
    }
}

/// Everything about a subject.
pub(crate) async fn fact_list(on: &impl Sealing, subject: SubjectId) -> Result<Vec<Fact>, Fault> {
    let rows = Entity::find()
        .filter(Column::Subject.eq(subject.uuid()))
        .order_by_asc(Column::Field)
        .limit(ROWS_MAX)
        .all(on)
        .await?;
    sealed::open_all::<Entity>(on.sealer(), rows)?.into_iter().map(Fact::try_from).collect()
}

/// Adds data, or puts them in the place of what was known before.
pub(crate) async fn fact_put(on: &impl Sealing, facts: &[(SubjectId, Fact)]) -> Result<(), Fault> {
    let rows: Vec<ActiveModel> = facts
        .iter()
        .map(|(subject, fact)| {
            let mut row = Model {
                subject: subject.uuid(),
                field: fact.field.clone(),
                value: serde_json::to_string(&fact.value)?,
                source: fact.register.code().to_owned(),
                as_of: fact.as_of,
            };
            sealed::seal::<Entity>(on.sealer(), &mut row)?;
            Ok(row.into_active_model())
        })
        .collect::<Result<_, Fault>>()?;
    let newest = OnConflict::columns([Column::Subject, Column::Field])
        .update_columns([Column::Value, Column::Source, Column::AsOf])
        .to_owned();
    Entity::insert_many(rows).on_conflict(newest).exec_without_returning(on).await?;
    Ok(())
}
