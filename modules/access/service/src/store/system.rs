//! Systems outside that have tokens: counter software, an authority's own system, kiosks, mini-programs.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_system")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    /// Role names, joined by spaces.
    pub roles: String,
    pub region: String,
    pub authority: Option<String>,
    pub hall: Option<String>,
    pub active: bool,
    pub made_at: DateTimeUtc,
    pub made_by: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
