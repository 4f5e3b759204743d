//! Looks at records. Rows are only ever added.

use chrono::{DateTime, Utc};
use kernel::id::{ApplicationId, CaseId, SubjectId};
use platform::Fault;
use records::Why;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

use super::{ROWS_MAX, unreadable};
use crate::lookup::Lookup;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records_lookup")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTimeUtc,
    pub actor: String,
    pub actor_name: String,
    pub subject: Uuid,
    pub why: String,
    pub matter: Option<String>,
    pub application: Option<Uuid>,
    pub case_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Lookup {
    type Error = Fault;
    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            why: Why::parse(&row.why).ok_or_else(|| unreadable("records_lookup", "why", &row.why))?,
            at: row.at,
            actor: row.actor,
            actor_name: row.actor_name,
            subject: SubjectId::from_uuid(row.subject),
            matter: row.matter,
            application: row.application.map(ApplicationId::from_uuid),
            case: row.case_id.map(CaseId::from_uuid),
        })
    }
}

/// Adds looks; `ids` gives each row its identifier. One that is there already stays as it is.
pub(crate) async fn lookup_insert(
    on: &impl ConnectionTrait,
    lookups: &[Lookup],
    ids: impl Fn(&Lookup) -> Uuid,
) -> Result<(), Fault> {
    let rows = lookups.iter().map(|lookup| {
        let row = Model {
            id: ids(lookup),
            at: lookup.at,
            actor: lookup.actor.clone(),
            actor_name: lookup.actor_name.clone(),
            subject: lookup.subject.uuid(),
            why: lookup.why.code().to_owned(),
            matter: lookup.matter.clone(),
            application: lookup.application.map(ApplicationId::uuid),
            case_id: lookup.case.map(CaseId::uuid),
        };
        row.into_active_model()
    });
    let known = OnConflict::column(Column::Id).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(on).await?;
    Ok(())
}

/// Whether the look of this identifier is on record.
pub(crate) async fn lookup_find(on: &impl ConnectionTrait, id: Uuid) -> Result<bool, Fault> {
    Ok(Entity::find_by_id(id).one(on).await?.is_some())
}

/// The newest look of this actor at this subject for this reason since a moment, if there was one.
pub(crate) async fn lookup_since(
    on: &impl ConnectionTrait,
    like: &Lookup,
    since: DateTime<Utc>,
) -> Result<Option<Lookup>, Fault> {
    let matter = match &like.matter {
        Some(matter) => Column::Matter.eq(matter.as_str()),
        None => Column::Matter.is_null(),
    };
    let found = Entity::find()
        .filter(Column::Subject.eq(like.subject.uuid()))
        .filter(Column::At.gte(since))
        .filter(Column::Actor.eq(like.actor.as_str()))
        .filter(Column::Why.eq(like.why.code()))
        .filter(matter)
        .order_by_desc(Column::At)
        .limit(1)
        .one(on)
        .await?;
    found.map(Lookup::try_from).transpose()
}

/// Looks at a subject, newest first, no more than so many.
pub(crate) async fn lookup_list(
    on: &impl ConnectionTrait,
    subject: SubjectId,
    most: u64,
) -> Result<Vec<Lookup>, Fault> {
    let rows = Entity::find()
        .filter(Column::Subject.eq(subject.uuid()))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(most.min(ROWS_MAX))
        .all(on)
        .await?;
    rows.into_iter().map(Lookup::try_from).collect()
}
