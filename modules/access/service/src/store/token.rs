//! Tokens. Of the secret only its hash stands here.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub system: Uuid,
    pub hash: String,
    /// Names of scopes, joined by spaces.
    pub scopes: String,
    /// A smaller region than the system's.
    pub region: Option<String>,
    pub made_at: DateTimeUtc,
    pub made_by: String,
    pub expires_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
    pub last_used_at: Option<DateTimeUtc>,
    /// The token in whose place it was made.
    pub follows: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
