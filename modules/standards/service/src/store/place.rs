//! Other places that are compared with: what each offers, as it was brought in last.

use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{FromQueryResult, IntoActiveModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "standards_place")]
pub struct Model {
    /// 行政区划代码, six digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub name: String,
    /// JSON of [`standards::comparison::Place`].
    pub body: String,
    pub offers: i32,
    /// The file it came in.
    pub file: String,
    pub brought_at: DateTimeUtc,
    pub brought_by: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A place without what it offers.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Line {
    pub code: String,
    pub name: String,
    pub offers: i32,
    pub file: String,
    pub brought_at: DateTimeUtc,
    pub brought_by: String,
}

/// Keeps a place, in the stead of what was known of it.
pub(crate) async fn place_put(on: &impl ConnectionTrait, place: Model) -> Result<(), Fault> {
    let others = [Column::Name, Column::Body, Column::Offers, Column::File, Column::BroughtAt, Column::BroughtBy];
    let again = OnConflict::column(Column::Code).update_columns(others).to_owned();
    Entity::insert(place.into_active_model()).on_conflict(again).exec_without_returning(on).await?;
    Ok(())
}

/// Takes a place away; `false` when it was not there.
pub(crate) async fn place_drop(on: &impl ConnectionTrait, code: &str) -> Result<bool, Fault> {
    Ok(Entity::delete_by_id(code).exec(on).await?.rows_affected == 1)
}

/// All places, by code.
pub(crate) async fn place_list(on: &impl ConnectionTrait) -> Result<Vec<Line>, Fault> {
    let columns = [Column::Code, Column::Name, Column::Offers, Column::File, Column::BroughtAt, Column::BroughtBy];
    let query = Entity::find().select_only().columns(columns).order_by_asc(Column::Code);
    Ok(query.into_model().all(on).await?)
}

/// What all places offer, by code.
pub(crate) async fn place_bodies(on: &impl ConnectionTrait) -> Result<Vec<String>, Fault> {
    Ok(Entity::find().select_only().column(Column::Body).order_by_asc(Column::Code).into_tuple().all(on).await?)
}
