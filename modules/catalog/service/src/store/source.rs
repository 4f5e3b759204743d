//! The source files of a release, as they were written.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_source")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub release: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub path: String,
    pub text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
