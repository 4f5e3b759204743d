//! What people chose. Addresses are sealed; of a code only its hash stands here.

use chrono::{DateTime, Utc};
use kernel::id::SubjectId;
use messages::Wishes;
use platform::Fault;
use platform::sealed::Sealed;
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, Set};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages_wish")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Uuid,
    /// [`Wishes`] as JSON.
    pub wishes: String,
    pub changed_at: DateTimeUtc,
    /// Sealed.
    pub mail: Option<String>,
    pub mail_asked_at: Option<DateTimeUtc>,
    pub mail_confirmed_at: Option<DateTimeUtc>,
    /// The person's name at the official account (OpenID), sealed.
    pub wechat: Option<String>,
    pub wechat_at: Option<DateTimeUtc>,
    /// Hash of the code that binds; one code means one person.
    pub wechat_code: Option<String>,
    pub wechat_code_until: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The models here hold addresses sealed: they are opened one by one, only to be used.
impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Mail, Column::Wechat];
}

impl Model {
    /// The row of somebody who has chosen nothing yet.
    pub(crate) fn fresh(subject: SubjectId, now: DateTime<Utc>) -> Result<Self, Fault> {
        Ok(Self {
            subject: subject.uuid(),
            wishes: serde_json::to_string(&Wishes::default())?,
            changed_at: now,
            mail: None,
            mail_asked_at: None,
            mail_confirmed_at: None,
            wechat: None,
            wechat_at: None,
            wechat_code: None,
            wechat_code_until: None,
        })
    }

    /// What was chosen.
    pub(crate) fn chosen(&self) -> Result<Wishes, Fault> {
        Ok(serde_json::from_str(&self.wishes)?)
    }
}

/// What a person chose; nothing for those who never chose.
pub(crate) async fn wish_find(on: &impl ConnectionTrait, subject: SubjectId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(subject.uuid()).one(on).await?)
}

/// The person whose code this is, if it has not run out.
pub(crate) async fn wish_by_code(
    on: &impl ConnectionTrait,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<Model>, Fault> {
    let asked = Entity::find().filter(Column::WechatCode.eq(code)).filter(Column::WechatCodeUntil.gt(now));
    Ok(asked.one(on).await?)
}

/// Puts the row in the place of the one there was.
pub(crate) async fn wish_put(on: &impl ConnectionTrait, row: Model, is_new: bool) -> Result<(), Fault> {
    let subject = row.subject;
    let active = row.into_active_model();
    if is_new {
        Entity::insert(active).exec_without_returning(on).await?;
    } else {
        let mut active = active.reset_all();
        active.subject = Set(subject);
        active.update(on).await?;
    }
    Ok(())
}
