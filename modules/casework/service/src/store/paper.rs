//! Papers of an application.

use platform::sealed::Sealed;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "casework_paper")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application: Uuid,
    pub place: i32,
    pub material: String,
    pub name: String,
    pub holder: String,
    pub scope: Option<String>,
    pub status: String,
    pub reason_code: Option<String>,
    pub reason_text: Option<String>,
    pub blob: Option<String>,
    pub file_name: Option<String>,
    pub media_kind: Option<String>,
    pub size: Option<i64>,
    pub uploaded_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::ReasonText, Column::FileName];
}
