//! Cases: the facts as JSON, and beside them what lists are read by, kept by `index` and derived from the facts alone.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "casework_case")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application: Uuid,
    /// Order within the application.
    pub place: i32,
    pub project_no: String,
    /// The item's id in the catalogue; `code` and `version` are the pin.
    pub item: String,
    pub code: String,
    pub version: i32,
    pub item_name: String,
    pub authority: String,
    pub region: String,
    /// [`casework::Case`].
    pub facts: String,
    pub status: String,
    /// The step to be done now, or `accept`, `correct`, `issue`, `deliver`, or nothing.
    pub step: String,
    /// Whose turn it is: a post, `applicant`, `window`, or nobody.
    pub turn: String,
    pub clock: String,
    pub stands: bool,
    pub due_on: Option<Date>,
    pub yellow_on: Option<Date>,
    pub red_on: Option<Date>,
    pub deemed_on: Option<Date>,
    pub lapse_on: Option<Date>,
    /// The due day, or a far one; never null, so that a page of a list can begin after any row.
    pub sort_on: Date,
    /// Who accepted it and who did its first step: neither may decide it.
    pub accepted_by: Option<String>,
    pub handled_by: Option<String>,
    /// The licence it made, in the register.
    pub licence: Option<Uuid>,
    /// Who has still to receive the decision (待监管接收).
    pub supervisor: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::application::Entity",
        from = "Column::Application",
        to = "super::application::Column::Id"
    )]
    Application,
}

impl Related<super::application::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Application.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
