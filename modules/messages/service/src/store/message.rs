//! Messages: what a person was told, in the words it was told in.

use chrono::{DateTime, Utc};
use kernel::id::SubjectId;
use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{Condition, IntoActiveModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages_message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The event or job it follows from; with subject and kind unique.
    pub source: Uuid,
    pub subject: Uuid,
    pub kind: String,
    pub application: Uuid,
    pub case_id: Option<Uuid>,
    pub title: String,
    pub words: String,
    /// When it happened; messages of one moment are told in any order.
    pub at: DateTimeUtc,
    /// Whether it stands in the portal; a muted one that the law does not want told was sent nowhere and has no row.
    pub in_portal: bool,
    pub read_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds one.
pub(crate) async fn message_insert(on: &impl ConnectionTrait, row: Model) -> Result<(), Fault> {
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// One message.
pub(crate) async fn message_find(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(on).await?)
}

/// A person's messages in the portal, the newest first, older than one of them.
pub(crate) async fn message_list(
    on: &impl ConnectionTrait,
    subject: SubjectId,
    before: Option<(DateTime<Utc>, Uuid)>,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let mut asked = Entity::find()
        .filter(Column::Subject.eq(subject.uuid()))
        .filter(Column::InPortal.eq(true))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(most);
    if let Some((at, id)) = before {
        let same_moment = Condition::all().add(Column::At.eq(at)).add(Column::Id.lt(id));
        asked = asked.filter(Condition::any().add(Column::At.lt(at)).add(same_moment));
    }
    Ok(asked.all(on).await?)
}

/// How many of them are unread, `most` at most.
pub(crate) async fn message_unread(on: &impl ConnectionTrait, subject: SubjectId, most: u64) -> Result<u64, Fault> {
    let unread = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Subject.eq(subject.uuid()))
        .filter(Column::ReadAt.is_null())
        .filter(Column::InPortal.eq(true))
        .limit(most)
        .into_tuple::<Uuid>()
        .all(on)
        .await?;
    Ok(unread.len() as u64)
}

/// Marks one, or all up to one, as read; says how many were not.
pub(crate) async fn message_read(
    on: &impl ConnectionTrait,
    subject: SubjectId,
    which: Which,
    at: DateTime<Utc>,
) -> Result<u64, Fault> {
    let of_person = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(at))
        .filter(Column::Subject.eq(subject.uuid()))
        .filter(Column::ReadAt.is_null());
    let which = match which {
        Which::One(id) => of_person.filter(Column::Id.eq(id)),
        Which::UpTo(moment) => of_person.filter(Column::At.lte(moment)),
    };
    Ok(which.exec(on).await?.rows_affected)
}

/// Which messages are meant.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which {
    One(Uuid),
    /// What came after the page was shown stays unread.
    UpTo(DateTime<Utc>),
}
