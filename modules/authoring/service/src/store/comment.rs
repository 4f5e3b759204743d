//! What the public said about drafts. The words and the name are sealed: people write their own affairs into such boxes.

use authoring::consultation::Stance;
use platform::Fault;
use platform::sealed::{self, Sealed, SealedTable, Sealing};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{IntoActiveModel, PaginatorTrait, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "authoring_comment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub revision: Uuid,
    pub stance: String,
    pub said: String,
    /// Who said it, where somebody signed in gave the name; never shown in public.
    pub subject: Option<Uuid>,
    pub name: Option<String>,
    pub at: DateTimeUtc,
    /// What the office answers, for everybody to read.
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<DateTimeUtc>,
    /// Whether the words themselves are shown; the office looked whether they name anybody.
    pub shown: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Said, Column::Name];
}

/// Adds one.
pub(crate) async fn comment_add(on: &impl Sealing, mut row: Model) -> Result<(), Fault> {
    sealed::seal::<Entity>(on.sealer(), &mut row)?;
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// One comment.
pub(crate) async fn comment_find(on: &impl Sealing, id: Uuid) -> Result<Option<Model>, Fault> {
    sealed::open_one::<Entity>(on.sealer(), Entity::find_by_id(id).one(on).await?)
}

/// A page of those about a revision, the oldest first, after this one; only those with an answer, where `answered` is.
pub(crate) async fn comment_page(
    on: &impl Sealing,
    revision: Uuid,
    answered: bool,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    let mut query = Entity::find().filter(Column::Revision.eq(revision));
    if answered {
        query = query.filter(Column::AnsweredAt.is_not_null());
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    let found = query.order_by_asc(Column::Id).limit(limit).all(on).await?;
    sealed::open_all::<Entity>(on.sealer(), found)
}

/// How many took each stance.
pub(crate) async fn comment_stances(on: &impl ConnectionTrait, revision: Uuid) -> Result<Vec<(Stance, u64)>, Fault> {
    let query = Entity::find()
        .select_only()
        .column(Column::Stance)
        .column_as(Column::Id.count(), "comments")
        .filter(Column::Revision.eq(revision))
        .group_by(Column::Stance);
    let rows: Vec<(String, i64)> = query.into_tuple().all(on).await?;
    Ok(rows.into_iter().filter_map(|(stance, count)| Some((Stance::parse(&stance)?, count.unsigned_abs()))).collect())
}

/// How many nobody has answered.
pub(crate) async fn comment_unanswered(on: &impl ConnectionTrait, revision: Uuid) -> Result<u64, Fault> {
    let query = Entity::find().filter(Column::Revision.eq(revision)).filter(Column::AnsweredAt.is_null());
    Ok(query.count(on).await?)
}

/// How many there are at all.
pub(crate) async fn comment_count(on: &impl ConnectionTrait, revision: Uuid) -> Result<u64, Fault> {
    Ok(Entity::find().filter(Column::Revision.eq(revision)).count(on).await?)
}

/// Answers one; a later answer takes the place of an earlier one.
pub(crate) async fn comment_answer(
    on: &impl ConnectionTrait,
    id: Uuid,
    (answer, shown): (&str, bool),
    (by, at): (&str, DateTimeUtc),
) -> Result<(), Fault> {
    let update = Entity::update_many()
        .filter(Column::Id.eq(id))
        .col_expr(Column::Answer, Expr::value(answer))
        .col_expr(Column::Shown, Expr::value(shown))
        .col_expr(Column::AnsweredBy, Expr::value(by))
        .col_expr(Column::AnsweredAt, Expr::value(at));
    update.exec(on).await?;
    Ok(())
}

/// The table, for the work that goes through all sealed rows.
pub(crate) fn sealed() -> SealedTable {
    SealedTable::of::<Entity>()
}
