//! Subscriptions. The secret is sealed.

use chrono::{DateTime, Utc};
use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

/// Subscriptions read at once; more than an installation may have.
const ALL_MAX: u64 = 2_000;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connect_subscription")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The account or system it belongs to.
    pub owner: String,
    pub owner_name: String,
    pub url: String,
    /// Joined by spaces.
    pub topics: String,
    /// Cases of this region and all below it …
    pub region: String,
    /// … and of this authority, where the owner belongs to one.
    pub authority: Option<String>,
    pub secret: String,
    pub made_at: DateTimeUtc,
    pub paused_at: Option<DateTimeUtc>,
    /// `owner` or `failures`.
    pub pause_reason: Option<String>,
    /// Failed tries in a row.
    pub failures: i32,
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether it wants this event.
    pub(crate) fn wants(&self, topic: &str, region: &str, authority: Option<&str>) -> bool {
        self.topics.split(' ').any(|one| one == topic)
            && region.starts_with(&self.region)
            && match (&self.authority, authority) {
                (Some(own), Some(theirs)) => own == theirs,
                // What belongs to no authority alone is for those who see the whole region.
                (Some(_), None) => false,
                (None, _) => true,
            }
    }
}

/// Adds one.
pub(crate) async fn subscription_insert(on: &impl ConnectionTrait, row: Model) -> Result<(), Fault> {
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// One that has not ended.
pub(crate) async fn subscription_find(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).filter(Column::EndedAt.is_null()).one(on).await?)
}

/// All that have not ended, in the order they were made.
pub(crate) async fn subscription_list(on: &impl ConnectionTrait) -> Result<Vec<Model>, Fault> {
    let open = Entity::find().filter(Column::EndedAt.is_null()).order_by_asc(Column::Id).limit(ALL_MAX);
    Ok(open.all(on).await?)
}

/// Pauses it.
pub(crate) async fn subscription_pause(
    on: &impl ConnectionTrait,
    id: Uuid,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<(), Fault> {
    of(id)
        .col_expr(Column::PausedAt, Expr::value(at))
        .col_expr(Column::PauseReason, Expr::value(reason))
        .filter(Column::PausedAt.is_null())
        .exec(on)
        .await?;
    Ok(())
}

/// Has it go on.
pub(crate) async fn subscription_resume(on: &impl ConnectionTrait, id: Uuid) -> Result<(), Fault> {
    of(id)
        .col_expr(Column::PausedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::PauseReason, Expr::value(Option::<String>::None))
        .col_expr(Column::Failures, Expr::value(0))
        .exec(on)
        .await?;
    Ok(())
}

/// Ends it for good; the row stays, with what was delivered.
pub(crate) async fn subscription_end(on: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<(), Fault> {
    of(id).col_expr(Column::EndedAt, Expr::value(at)).exec(on).await?;
    Ok(())
}

/// Counts a failure and gives how many there are in a row; a success begins anew.
pub(crate) async fn subscription_failures(on: &impl ConnectionTrait, id: Uuid, failed: bool) -> Result<i32, Fault> {
    let next = if failed { Expr::col(Column::Failures).add(1) } else { Expr::value(0) };
    of(id).col_expr(Column::Failures, next).exec(on).await?;
    let row = Entity::find_by_id(id).one(on).await?;
    Ok(row.map_or(0, |row| row.failures))
}

fn of(id: Uuid) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id))
}
