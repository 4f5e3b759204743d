//! Where the reading of each connector stands.

use chrono::{DateTime, Utc};
use connect::Outcome;
use platform::Fault;
use sea_orm::IntoActiveModel;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connect_reading")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub connector: String,
    pub cursor: Option<String>,
    pub read_at: Option<DateTimeUtc>,
    pub tried_at: Option<DateTimeUtc>,
    /// How the last try failed, as a code of [`Outcome`].
    pub failed: Option<String>,
    /// Failures in a row.
    pub failures: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How a reading ended.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ending {
    Read,
    Failed(Outcome),
}

/// Where it stands; none before the first reading.
pub(crate) async fn reading_find(on: &impl ConnectionTrait, connector: &str) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(connector).one(on).await?)
}

/// Moves the cursor on from where the reading began.
///
/// # Errors
/// [`Fault::Conflict`] when somebody else has moved it meanwhile.
pub(crate) async fn cursor_moved(
    on: &impl ConnectionTrait,
    connector: &str,
    from: Option<&str>,
    to: &str,
) -> Result<(), Fault> {
    if reading_find(on, connector).await?.is_none() {
        Entity::insert(fresh(connector, Some(to)).into_active_model()).exec_without_returning(on).await?;
        return Ok(());
    }
    let still = match from {
        Some(from) => Column::Cursor.eq(from),
        None => Column::Cursor.is_null(),
    };
    let moved = of(connector).col_expr(Column::Cursor, Expr::value(to)).filter(still).exec(on).await?;
    if moved.rows_affected == 1 { Ok(()) } else { Err(Fault::Conflict) }
}

/// Writes down how a reading ended; gives the failures in a row.
pub(crate) async fn reading_ended(
    on: &impl ConnectionTrait,
    connector: &str,
    at: DateTime<Utc>,
    ending: Ending,
) -> Result<i32, Fault> {
    let known = reading_find(on, connector).await?;
    if known.is_none() {
        Entity::insert(fresh(connector, None).into_active_model()).exec_without_returning(on).await?;
    }
    let update = of(connector).col_expr(Column::TriedAt, Expr::value(at));
    let (update, failures) = match ending {
        Ending::Read => {
            let none = Option::<String>::None;
            (update.col_expr(Column::ReadAt, Expr::value(at)).col_expr(Column::Failed, Expr::value(none)), 0)
        }
        Ending::Failed(outcome) => {
            let failures = known.map_or(0, |known| known.failures).saturating_add(1);
            (update.col_expr(Column::Failed, Expr::value(outcome.code())), failures)
        }
    };
    update.col_expr(Column::Failures, Expr::value(failures)).exec(on).await?;
    Ok(failures)
}

fn fresh(connector: &str, cursor: Option<&str>) -> Model {
    Model {
        connector: connector.to_owned(),
        cursor: cursor.map(str::to_owned),
        read_at: None,
        tried_at: None,
        failed: None,
        failures: 0,
    }
}

fn of(connector: &str) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many().filter(Column::Connector.eq(connector))
}
