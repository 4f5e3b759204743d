//! Change requests: their facts as JSON, and beside them what lists are read by. What is asked for and why may name a case of
//! somebody, and lies sealed.

use authoring::request::{Request, State};
use platform::Fault;
use platform::sealed::{self, Sealed, SealedTable, Sealing};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "authoring_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub item: String,
    /// The item's name when it was filed.
    pub item_name: String,
    pub authority: String,
    /// What is to be changed, and why.
    pub what: String,
    pub why: String,
    /// Number of the case it came up in, if it did.
    pub case_number: Option<String>,
    pub filed_at: DateTimeUtc,
    /// Account and name of whoever filed it.
    pub filed_by: String,
    pub filed_name: String,
    /// JSON of [`authoring::request::Request`].
    pub body: String,
    pub state: String,
    pub answer_by: Date,
    pub revision: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::What, Column::Why];
}

impl Model {
    /// Its facts.
    pub(crate) fn facts(&self) -> Result<Request, Fault> {
        Ok(serde_json::from_str(&self.body)?)
    }

    /// Takes over the facts; gives what the row said before.
    pub(crate) fn take(&mut self, facts: &Request) -> Result<String, Fault> {
        self.state = facts.state().code().to_owned();
        self.revision = facts.taken_up.as_ref().and_then(|(revision, _)| revision.parse().ok());
        Ok(std::mem::replace(&mut self.body, serde_json::to_string(facts)?))
    }
}

/// Adds one.
pub(crate) async fn request_add(on: &impl Sealing, mut row: Model) -> Result<(), Fault> {
    sealed::seal::<Entity>(on.sealer(), &mut row)?;
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// One request; locked until the transaction ends, where `lock` is.
pub(crate) async fn request_find(on: &impl Sealing, id: Uuid, lock: bool) -> Result<Option<Model>, Fault> {
    let mut find = Entity::find_by_id(id);
    if lock {
        find = find.lock_exclusive();
    }
    sealed::open_one::<Entity>(on.sealer(), find.one(on).await?)
}

/// Whose requests are asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted<'w> {
    pub states: &'w [State],
    /// Of this authority, or filed by this account; of everybody where neither is named.
    pub authority: Option<&'w str>,
    pub filed_by: Option<&'w str>,
}

/// A page, those to be answered first coming first, after this one.
pub(crate) async fn request_page(
    on: &impl Sealing,
    wanted: &Wanted<'_>,
    after: Option<(Date, Uuid)>,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    let mut query = Entity::find().filter(Column::State.is_in(wanted.states.iter().map(|state| state.code())));
    let mut whose = sea_orm::Condition::any();
    for condition in
        [wanted.authority.map(|one| Column::Authority.eq(one)), wanted.filed_by.map(|one| Column::FiledBy.eq(one))]
    {
        whose = whose.add_option(condition);
    }
    if wanted.authority.is_some() || wanted.filed_by.is_some() {
        query = query.filter(whose);
    }
    if let Some((day, id)) = after {
        let later = Column::AnswerBy.gt(day).or(Column::AnswerBy.eq(day).and(Column::Id.gt(id)));
        query = query.filter(later);
    }
    let rows = query.order_by_asc(Column::AnswerBy).order_by_asc(Column::Id).limit(limit).all(on).await?;
    sealed::open_all::<Entity>(on.sealer(), rows)
}

/// The requests a revision took up.
pub(crate) async fn request_of(on: &impl Sealing, revision: Uuid) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find().filter(Column::Revision.eq(revision)).order_by_asc(Column::Id).all(on).await?;
    sealed::open_all::<Entity>(on.sealer(), rows)
}

/// Writes its facts as they are now; `false` when somebody changed them meanwhile.
pub(crate) async fn request_put(on: &impl ConnectionTrait, row: &Model, before: &str) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .filter(Column::Id.eq(row.id))
        .filter(Column::Body.eq(before))
        .col_expr(Column::Body, Expr::value(row.body.clone()))
        .col_expr(Column::State, Expr::value(row.state.clone()))
        .col_expr(Column::Revision, Expr::value(row.revision));
    Ok(update.exec(on).await?.rows_affected == 1)
}

/// The table, for the work that goes through all sealed rows.
pub(crate) fn sealed() -> SealedTable {
    SealedTable::of::<Entity>()
}
