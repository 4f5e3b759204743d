//! Answers and form of an application, as JSON.

use platform::sealed::Sealed;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "casework_form")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub application: Uuid,
    /// Question id to value.
    pub answers: String,
    /// Element code to [`FormEntry`](crate::FormEntry).
    pub form: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Answers, Column::Form];
}
