//! The only code that names the table of this module.

use courier::{Direction, Payer, Shipment};
use kernel::id::{ApplicationId, CaseId};
use platform::sealed::{self, Sealed, SealedTable, Sealing};
use platform::{Engine, Fault};
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

use crate::ShipmentId;

/// Parcels of an application or a hall, and troubled ones, that are read at most.
const ROWS_MAX: u64 = 200;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "courier_shipment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub application: Uuid,
    pub subject: Uuid,
    pub agent_subject: Option<Uuid>,
    pub region: String,
    pub direction: String,
    /// The hall or office at our end: that sends, or that a parcel goes to.
    pub sender: String,
    /// At the applicant's end: who receives it, or where it is fetched.
    pub recipient: String,
    pub phone: String,
    pub address: String,
    /// What is inside, as people read it: JSON.
    pub contents: String,
    /// The cases whose results are inside: JSON.
    pub cases: String,
    pub payer: String,
    /// [`Shipment`]
    pub facts: String,
    /// Derived from the facts, for the list of those that somebody has to see to.
    pub troubled: bool,
    /// The hall that opens it, of one that comes in.
    pub hall: Option<String>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where somebody lives, and who signed there; nothing is looked up by them.
impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Recipient, Column::Phone, Column::Address, Column::Facts];
}

/// The tables with sealed columns.
pub(crate) fn sealed_tables() -> Vec<SealedTable> {
    vec![SealedTable::of::<Entity>()]
}

impl Model {
    pub(crate) fn shipment(&self) -> Result<Shipment, Fault> {
        Ok(serde_json::from_str(&self.facts)?)
    }

    pub(crate) fn contents(&self) -> Result<Vec<String>, Fault> {
        Ok(serde_json::from_str(&self.contents)?)
    }

    pub(crate) fn cases(&self) -> Result<Vec<CaseId>, Fault> {
        Ok(serde_json::from_str(&self.cases)?)
    }

    pub(crate) fn direction(&self) -> Result<Direction, Fault> {
        let found = Direction::ALL.iter().copied().find(|one| one.word() == self.direction);
        found.ok_or_else(|| unreadable("direction", &self.direction))
    }

    pub(crate) fn payer(&self) -> Result<Payer, Fault> {
        let found = Payer::ALL.iter().copied().find(|one| one.word() == self.payer);
        found.ok_or_else(|| unreadable("payer", &self.payer))
    }
}

fn unreadable(column: &str, found: &str) -> Fault {
    Fault::internal(format_args!("courier_shipment.{column} cannot be read: {found}"))
}

/// Adds one.
pub(crate) async fn shipment_insert(on: &impl Sealing, mut row: Model) -> Result<(), Fault> {
    sealed::seal::<Entity>(on.sealer(), &mut row)?;
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// Writes the facts of one that is locked.
pub(crate) async fn shipment_facts(on: &impl Sealing, id: Uuid, facts: &Shipment) -> Result<(), Fault> {
    let text = sealed::seal_value::<Entity>(on.sealer(), Column::Facts, id, &serde_json::to_string(facts)?)?;
    Entity::update_many()
        .col_expr(Column::Facts, text.into())
        // One that was to come in is the applicant's to send again.
        .col_expr(Column::Troubled, (facts.is_troubled() && facts.incoming.is_none()).into())
        .filter(Column::Id.eq(id))
        .exec(on)
        .await?;
    Ok(())
}

/// One, to look at.
pub(crate) async fn shipment_find(on: &impl Sealing, id: ShipmentId) -> Result<Option<Model>, Fault> {
    let row = Entity::find_by_id(id.uuid()).one(on).await?;
    sealed::open_one::<Entity>(on.sealer(), row)
}

/// One by its number, locked until the transaction ends.
pub(crate) async fn shipment_lock(on: &impl Sealing, engine: Engine, number: &str) -> Result<Option<Model>, Fault> {
    let mut found = Entity::find().filter(Column::Number.eq(number));
    if engine == Engine::Postgres {
        found = found.lock_exclusive();
    }
    sealed::open_one::<Entity>(on.sealer(), found.one(on).await?)
}

/// Those of an application, the first first.
pub(crate) async fn shipment_list(on: &impl Sealing, application: ApplicationId) -> Result<Vec<Model>, Fault> {
    let found = Entity::find().filter(Column::Application.eq(application.uuid()));
    sealed::open_all::<Entity>(on.sealer(), found.order_by_asc(Column::Id).limit(ROWS_MAX).all(on).await?)
}

/// Those that somebody has to see to, the oldest first.
pub(crate) async fn shipment_troubled(on: &impl Sealing) -> Result<Vec<Model>, Fault> {
    let found = Entity::find().filter(Column::Troubled.eq(true)).order_by_asc(Column::Id);
    sealed::open_all::<Entity>(on.sealer(), found.limit(ROWS_MAX).all(on).await?)
}

/// Those that come to a hall, the newest first.
pub(crate) async fn shipment_of_hall(on: &impl Sealing, hall: &str) -> Result<Vec<Model>, Fault> {
    let found = Entity::find().filter(Column::Hall.eq(hall)).order_by_desc(Column::Id);
    sealed::open_all::<Entity>(on.sealer(), found.limit(ROWS_MAX).all(on).await?)
}
