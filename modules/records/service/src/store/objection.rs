//! Objections to looks, with their answers.

use chrono::{DateTime, Utc};
use platform::Fault;
use platform::sealed::{self, Sealed, Sealing};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records_objection")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The look, one objection each.
    pub look: Uuid,
    pub subject: Uuid,
    /// Region of the person's home, whose steward answers.
    pub region: String,
    pub words: String,
    pub made_at: DateTimeUtc,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Words, Column::Answer];
}

/// Adds one.
pub(crate) async fn objection_insert(on: &impl Sealing, mut row: Model) -> Result<(), Fault> {
    sealed::seal::<Entity>(on.sealer(), &mut row)?;
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// The objection to this look.
pub(crate) async fn objection_to(on: &impl Sealing, look: Uuid) -> Result<Option<Model>, Fault> {
    let found = Entity::find().filter(Column::Look.eq(look)).one(on).await?;
    sealed::open_one::<Entity>(on.sealer(), found)
}

/// The objection of this id.
pub(crate) async fn objection_find(on: &impl Sealing, id: Uuid) -> Result<Option<Model>, Fault> {
    let found = Entity::find_by_id(id).one(on).await?;
    sealed::open_one::<Entity>(on.sealer(), found)
}

/// The objections to these looks.
pub(crate) async fn objections_to(on: &impl Sealing, looks: &[Uuid]) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find().filter(Column::Look.is_in(looks.iter().copied())).all(on).await?;
    sealed::open_all::<Entity>(on.sealer(), rows)
}

/// Objections of a region, those without an answer first, then the newest.
pub(crate) async fn objections_in(on: &impl Sealing, region: &str, most: u64) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::Region.starts_with(region))
        .order_by_asc(Expr::col(Column::AnsweredAt).is_not_null())
        .order_by_desc(Column::Id)
        .limit(most)
        .all(on)
        .await?;
    sealed::open_all::<Entity>(on.sealer(), rows)
}

/// Answers one that has no answer; tells whether it did.
pub(crate) async fn objection_answer(
    on: &impl Sealing,
    id: Uuid,
    words: &str,
    by: &str,
    at: DateTime<Utc>,
) -> Result<bool, Fault> {
    let words = sealed::seal_value::<Entity>(on.sealer(), Column::Answer, id, words)?;
    let done = Entity::update_many()
        .col_expr(Column::Answer, Expr::value(words))
        .col_expr(Column::AnsweredBy, Expr::value(by))
        .col_expr(Column::AnsweredAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::AnsweredAt.is_null())
        .exec(on)
        .await?;
    Ok(done.rows_affected == 1)
}
