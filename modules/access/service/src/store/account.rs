//! The account table.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub login: String,
    pub name: String,
    pub password_hash: String,
    /// Role names, joined by spaces.
    pub roles: String,
    pub region: String,
    pub authority: Option<String>,
    pub hall: Option<String>,
    pub active: bool,
    pub failed_sign_ins: i32,
    pub locked_until: Option<DateTimeUtc>,
    pub signed_in_at: Option<DateTimeUtc>,
    /// Whether the password is one that others know: the one it was loaded with, or one the administrator gave it.
    pub first_password: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
