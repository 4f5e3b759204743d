//! Rows of `themes_sought`: one a day and a theme or item.

use chrono::NaiveDate;
use platform::Fault;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "themes_sought")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Date,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub count: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds to the numbers of days; each of kind and id at most once.
pub(crate) async fn sought_add(
    on: &impl ConnectionTrait,
    counts: impl IntoIterator<Item = (NaiveDate, String, String, i64)>,
) -> Result<(), Fault> {
    let model =
        |(day, kind, id, count)| row::ActiveModel { day: Set(day), kind: Set(kind), id: Set(id), count: Set(count) };
    let so_many_more = Expr::col((row::Entity, row::Column::Count)).add(Expr::cust("excluded.count"));
    let known = OnConflict::columns([row::Column::Day, row::Column::Kind, row::Column::Id])
        .value(row::Column::Count, so_many_more)
        .to_owned();
    row::Entity::insert_many(counts.into_iter().map(model)).on_conflict(known).exec_without_returning(on).await?;
    Ok(())
}

/// What was looked for most on a day, at least so often: kind, id and how often.
pub(crate) async fn sought_most(
    on: &impl ConnectionTrait,
    day: NaiveDate,
    least: i64,
    most: u64,
) -> Result<Vec<(String, String, i64)>, Fault> {
    let rows = row::Entity::find()
        .filter(row::Column::Day.eq(day))
        .filter(row::Column::Count.gte(least))
        .order_by_desc(row::Column::Count)
        .order_by_asc(row::Column::Kind)
        .order_by_asc(row::Column::Id)
        .limit(most)
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.id, row.count)).collect())
}

/// Takes the numbers of days before this one away.
pub(crate) async fn sought_forget(on: &impl ConnectionTrait, before: NaiveDate) -> Result<(), Fault> {
    row::Entity::delete_many().filter(row::Column::Day.lt(before)).exec(on).await?;
    Ok(())
}
