//! Orders to pay. The facts are JSON; the state follows from them.

use catalog::model::Collect;
use fees::{Line, Order};
use kernel::id::{ApplicationId, CaseId};
use platform::sealed::{self, Sealed, Sealing};
use platform::{Engine, Fault};
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

use crate::OrderId;

/// Orders of one application at most: far above what any has.
const ORDERS_MAX: u64 = 200;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fees_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub case_id: Uuid,
    pub application: Uuid,
    pub subject: Uuid,
    pub agent_subject: Option<Uuid>,
    /// The authority of the case, and whose fee it is.
    pub authority: String,
    pub payee: String,
    pub region: String,
    pub item_name: String,
    pub payer: String,
    /// [`Collect`]
    pub stage: String,
    /// [`Line`]s.
    pub lines: String,
    /// [`Order`]
    pub facts: String,
    pub fen: i64,
    pub issued_at: DateTimeUtc,
    /// Where the gateway takes the money; none until it has answered.
    pub pay_url: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Who pays is a person, as a rule.
impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Payer];
}

impl Model {
    pub(crate) fn order(&self) -> Result<Order, Fault> {
        Ok(serde_json::from_str(&self.facts)?)
    }

    pub(crate) fn lines(&self) -> Result<Vec<Line>, Fault> {
        Ok(serde_json::from_str(&self.lines)?)
    }
}

/// Adds one.
pub(crate) async fn order_insert(on: &impl Sealing, mut row: Model) -> Result<(), Fault> {
    sealed::seal::<Entity>(on.sealer(), &mut row)?;
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// Writes the facts of one that is locked.
pub(crate) async fn order_facts(on: &impl ConnectionTrait, id: Uuid, facts: String) -> Result<(), Fault> {
    Entity::update_many().col_expr(Column::Facts, facts.into()).filter(Column::Id.eq(id)).exec(on).await?;
    Ok(())
}

/// Where it is paid.
pub(crate) async fn order_pay_url(on: &impl ConnectionTrait, id: OrderId, url: &str) -> Result<(), Fault> {
    Entity::update_many().col_expr(Column::PayUrl, url.into()).filter(Column::Id.eq(id.uuid())).exec(on).await?;
    Ok(())
}

/// One, to look at.
pub(crate) async fn order_find(on: &impl Sealing, id: OrderId) -> Result<Option<Model>, Fault> {
    open(on, Entity::find_by_id(id.uuid()).one(on).await?)
}

fn open(on: &impl Sealing, row: Option<Model>) -> Result<Option<Model>, Fault> {
    sealed::open_one::<Entity>(on.sealer(), row)
}

/// One by its number, to look at.
pub(crate) async fn order_by_number(on: &impl Sealing, number: &str) -> Result<Option<Model>, Fault> {
    open(on, Entity::find().filter(Column::Number.eq(number)).one(on).await?)
}

/// One by its number, locked until the transaction ends.
pub(crate) async fn order_lock(on: &impl Sealing, engine: Engine, number: &str) -> Result<Option<Model>, Fault> {
    let mut found = Entity::find().filter(Column::Number.eq(number));
    if engine == Engine::Postgres {
        found = found.lock_exclusive();
    }
    open(on, found.one(on).await?)
}

/// Those of a case, locked until the transaction ends when the engine is named.
pub(crate) async fn order_of_case(on: &impl Sealing, lock: Option<Engine>, case: CaseId) -> Result<Vec<Model>, Fault> {
    let mut found = Entity::find().filter(Column::CaseId.eq(case.uuid())).order_by_asc(Column::Id);
    if lock == Some(Engine::Postgres) {
        found = found.lock_exclusive();
    }
    sealed::open_all::<Entity>(on.sealer(), found.all(on).await?)
}

/// Whether a case has an order for this stage.
pub(crate) async fn order_is_there(on: &impl ConnectionTrait, case: CaseId, stage: Collect) -> Result<bool, Fault> {
    let found = Entity::find().filter(Column::CaseId.eq(case.uuid())).filter(Column::Stage.eq(stage.word()));
    Ok(found.count(on).await? > 0)
}

/// Those of an application.
pub(crate) async fn order_list(on: &impl Sealing, application: ApplicationId) -> Result<Vec<Model>, Fault> {
    let found = Entity::find().filter(Column::Application.eq(application.uuid()));
    sealed::open_all::<Entity>(on.sealer(), found.order_by_asc(Column::Id).limit(ORDERS_MAX).all(on).await?)
}
