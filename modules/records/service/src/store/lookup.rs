//! Looks at records. Rows are only ever added.

use access::Role;
use chrono::{DateTime, Utc};
use kernel::id::{ApplicationId, CaseId, SubjectId};
use platform::Fault;
use platform::sealed::{self, Sealed, Sealing};
use records::Why;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Condition, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait};

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
    /// Of the member of staff who looked, as it was then.
    pub authority: Option<String>,
    /// Names of the posts, joined by blanks.
    pub posts: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Residents look too, at their own record and, through a family's form, at a spouse's.
impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::ActorName];
}

impl TryFrom<Model> for Lookup {
    type Error = Fault;
    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            why: Why::parse(&row.why).ok_or_else(|| unreadable("records_lookup", "why", &row.why))?,
            id: row.id,
            authority: row.authority,
            posts: row.posts.unwrap_or_default().split(' ').filter_map(Role::parse).collect(),
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
    on: &impl Sealing,
    lookups: &[Lookup],
    ids: impl Fn(&Lookup) -> Uuid,
) -> Result<(), Fault> {
    let sealed = |lookup: &Lookup| {
        let mut row = Model {
            id: ids(lookup),
            at: lookup.at,
            actor: lookup.actor.clone(),
            actor_name: lookup.actor_name.clone(),
            subject: lookup.subject.uuid(),
            why: lookup.why.code().to_owned(),
            matter: lookup.matter.clone(),
            application: lookup.application.map(ApplicationId::uuid),
            case_id: lookup.case.map(CaseId::uuid),
            authority: lookup.authority.clone(),
            posts: (!lookup.posts.is_empty()).then(|| posts(&lookup.posts)),
        };
        sealed::seal::<Entity>(on.sealer(), &mut row)?;
        Ok(row.into_active_model())
    };
    let rows: Vec<ActiveModel> = lookups.iter().map(sealed).collect::<Result<_, Fault>>()?;
    let known = OnConflict::column(Column::Id).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(on).await?;
    Ok(())
}

fn posts(roles: &[Role]) -> String {
    roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" ")
}

/// One look.
pub(crate) async fn lookup_get(on: &impl Sealing, id: Uuid) -> Result<Option<Lookup>, Fault> {
    let found = Entity::find_by_id(id).one(on).await?;
    sealed::open_one::<Entity>(on.sealer(), found)?.map(TryInto::try_into).transpose()
}

/// Looks at a subject for a reason, newest first, after the one of this moment and id.
pub(crate) async fn lookup_page(
    on: &impl Sealing,
    subject: SubjectId,
    why: Option<Why>,
    after: Option<(DateTime<Utc>, Uuid)>,
    most: u64,
) -> Result<Vec<Lookup>, Fault> {
    let mut asked = Entity::find().filter(Column::Subject.eq(subject.uuid()));
    if let Some(why) = why {
        asked = asked.filter(Column::Why.eq(why.code()));
    }
    if let Some((at, id)) = after {
        let same = Condition::all().add(Column::At.eq(at)).add(Column::Id.lt(id));
        asked = asked.filter(Condition::any().add(Column::At.lt(at)).add(same));
    }
    let asked = asked.order_by_desc(Column::At).order_by_desc(Column::Id).limit(most.min(ROWS_MAX));
    let rows = asked.all(on).await?;
    sealed::open_all::<Entity>(on.sealer(), rows)?.into_iter().map(Lookup::try_from).collect()
}

/// Takes away looks from before a moment, except those that were objected to; gives how many.
pub(crate) async fn lookup_forget(on: &impl ConnectionTrait, before: DateTime<Utc>, most: u64) -> Result<u64, Fault> {
    let objected = super::objection::Entity::find().select_only().column(super::objection::Column::Look);
    let old: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::At.lt(before))
        .filter(Column::Id.not_in_subquery(objected.into_query()))
        .order_by_asc(Column::Id)
        .limit(most)
        .into_tuple()
        .all(on)
        .await?;
    if old.is_empty() {
        return Ok(0);
    }
    Ok(Entity::delete_many().filter(Column::Id.is_in(old)).exec(on).await?.rows_affected)
}

/// Whether the look of this identifier is on record.
pub(crate) async fn lookup_find(on: &impl ConnectionTrait, id: Uuid) -> Result<bool, Fault> {
    Ok(Entity::find_by_id(id).one(on).await?.is_some())
}

/// The newest look of this actor at this subject for this reason since a moment, if there was one.
pub(crate) async fn lookup_since(
    on: &impl Sealing,
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
    sealed::open_one::<Entity>(on.sealer(), found)?.map(TryInto::try_into).transpose()
}

/// Looks at a subject, newest first, no more than so many.
pub(crate) async fn lookup_list(on: &impl Sealing, subject: SubjectId, most: u64) -> Result<Vec<Lookup>, Fault> {
    let rows = Entity::find()
        .filter(Column::Subject.eq(subject.uuid()))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(most.min(ROWS_MAX))
        .all(on)
        .await?;
    sealed::open_all::<Entity>(on.sealer(), rows)?.into_iter().map(Lookup::try_from).collect()
}
