//! The session table. The id is the hash of the cookie's token, so that a copy of the table opens no door.

use platform::sealed::Sealed;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub actor_id: String,
    /// The actor as JSON, as he or she was at sign-in.
    pub actor: String,
    pub csrf: String,
    pub started_at: DateTimeUtc,
    pub seen_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The actor's name is in it.
impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Actor];
}
