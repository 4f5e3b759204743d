//! Parcels: a case that is or was to be told to an authority's own system, in its columns. The document names a person and is
//! sealed.

use chrono::{DateTime, Utc};
use connect::Outcome;
use platform::Fault;
use platform::sealed::{self, Sealed, Sealing};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connect_parcel")]
pub struct Model {
    /// Also the key the other side knows it by.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub connector: String,
    pub case_id: Uuid,
    pub project_no: String,
    /// Code of [`connect::connector::Occasion`]; once for a case.
    pub occasion: String,
    /// JSON; none where it could not be filled in.
    pub document: Option<String>,
    /// What keeps it from being filled in: a code and a column.
    pub lacks: Option<String>,
    pub at: DateTimeUtc,
    pub tries: i32,
    pub tried_at: Option<DateTimeUtc>,
    pub outcome: Option<String>,
    pub status: Option<i32>,
    /// Their number of it.
    pub reference: Option<String>,
    pub taken_at: Option<DateTimeUtc>,
    pub given_up_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Document];
}

/// How one try went.
#[derive(Debug, Clone)]
pub(crate) struct Try {
    pub(crate) at: DateTime<Utc>,
    pub(crate) outcome: Outcome,
    pub(crate) status: Option<u16>,
    pub(crate) reference: Option<String>,
    pub(crate) given_up: bool,
}

/// How many there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) waiting: u64,
    pub(crate) given_up: u64,
}

/// Adds one; gives whether it was not there already.
pub(crate) async fn parcel_insert(on: &impl Sealing, mut row: Model) -> Result<bool, Fault> {
    sealed::seal::<Entity>(on.sealer(), &mut row)?;
    let once = OnConflict::columns([Column::Connector, Column::CaseId, Column::Occasion]).do_nothing().to_owned();
    let added = Entity::insert(row.into_active_model()).on_conflict(once).exec_without_returning(on).await;
    match added {
        Ok(rows) => Ok(rows > 0),
        Err(DbErr::RecordNotInserted) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

/// One parcel.
pub(crate) async fn parcel_find(on: &impl Sealing, id: Uuid) -> Result<Option<Model>, Fault> {
    let found = Entity::find_by_id(id).one(on).await?;
    sealed::open_one::<Entity>(on.sealer(), found)
}

/// The parcels of a case for one connector, in their order; what is in them stays sealed.
pub(crate) async fn parcels_of_case(
    on: &impl ConnectionTrait,
    connector: &str,
    case: Uuid,
) -> Result<Vec<Model>, Fault> {
    let own = Entity::find().filter(Column::Connector.eq(connector)).filter(Column::CaseId.eq(case));
    Ok(own.order_by_asc(Column::Id).all(on).await?)
}

/// Those that nobody takes any more, the newest first; what is in them stays sealed.
pub(crate) async fn parcels_given_up(
    on: &impl ConnectionTrait,
    connector: &str,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let dead = Entity::find().filter(Column::Connector.eq(connector)).filter(Column::GivenUpAt.is_not_null());
    Ok(dead.order_by_desc(Column::GivenUpAt).order_by_desc(Column::Id).limit(most).all(on).await?)
}

/// How many wait and how many were given up.
pub(crate) async fn parcel_counts(on: &impl ConnectionTrait, connector: &str) -> Result<Counts, Fault> {
    let own = || Entity::find().filter(Column::Connector.eq(connector));
    let waiting = own().filter(Column::TakenAt.is_null()).filter(Column::GivenUpAt.is_null()).count(on).await?;
    let given_up = own().filter(Column::GivenUpAt.is_not_null()).count(on).await?;
    Ok(Counts { waiting, given_up })
}

/// When they last took one.
pub(crate) async fn parcel_last_taken(
    on: &impl ConnectionTrait,
    connector: &str,
) -> Result<Option<DateTime<Utc>>, Fault> {
    let taken = Entity::find().filter(Column::Connector.eq(connector)).filter(Column::TakenAt.is_not_null());
    Ok(taken.order_by_desc(Column::TakenAt).one(on).await?.and_then(|row| row.taken_at))
}

/// Writes down how a try went.
pub(crate) async fn parcel_tried(on: &impl ConnectionTrait, row: &Model, one: Try) -> Result<(), Fault> {
    let taken = (one.outcome == Outcome::Taken).then_some(one.at);
    of(row.id)
        .col_expr(Column::Tries, Expr::value(row.tries + 1))
        .col_expr(Column::TriedAt, Expr::value(one.at))
        .col_expr(Column::Outcome, Expr::value(one.outcome.code()))
        .col_expr(Column::Status, Expr::value(one.status.map(i32::from)))
        .col_expr(Column::Reference, Expr::value(one.reference))
        .col_expr(Column::TakenAt, Expr::value(taken))
        .col_expr(Column::GivenUpAt, Expr::value(one.given_up.then_some(one.at)))
        .exec(on)
        .await?;
    Ok(())
}

/// Has one that was given up begin anew, with a document where it had none. Gives whether it was there to begin.
pub(crate) async fn parcel_anew(on: &impl Sealing, id: Uuid, document: Option<&str>) -> Result<bool, Fault> {
    let mut update = of(id)
        .col_expr(Column::Tries, Expr::value(0))
        .col_expr(Column::GivenUpAt, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(Column::GivenUpAt.is_not_null());
    if let Some(document) = document {
        let sealed = sealed::seal_value::<Entity>(on.sealer(), Column::Document, id, document)?;
        update = update
            .col_expr(Column::Document, Expr::value(sealed))
            .col_expr(Column::Lacks, Expr::value(Option::<String>::None));
    }
    Ok(update.exec(on).await?.rows_affected == 1)
}

fn of(id: Uuid) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id))
}
