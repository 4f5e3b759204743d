//! Notices as they were issued. A row is never changed but to make it void.

use platform::sealed::Sealed;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "casework_notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application: Uuid,
    /// None: it concerns the application as a whole.
    pub case_id: Option<Uuid>,
    /// [`casework::NoticeKind`]
    pub kind: String,
    pub authority: String,
    pub year: i32,
    pub serial: i64,
    /// 文号, as printed.
    pub number: String,
    /// What a stranger checks it by.
    pub code: String,
    /// [`documents::Notice`]
    pub body: String,
    pub issued_at: DateTimeUtc,
    /// An account, or `system`.
    pub issued_by: String,
    pub voided_at: Option<DateTimeUtc>,
    pub void_reason: Option<String>,
    pub voided_by: Option<String>,
    pub voided_by_name: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Body, Column::VoidReason];
}
