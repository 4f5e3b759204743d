//! Applications. The row holds what every act needs; the form lies beside it, because it is long and seldom read.

use platform::sealed::{Marked, Sealed, tidy_name};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "casework_application")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub theme: String,
    pub theme_name: String,
    pub subject: Uuid,
    pub organisation: Option<Uuid>,
    pub applicant: String,
    /// Blind index of the applicant's name.
    pub applicant_mark: Option<String>,
    /// Masked.
    pub citizen_id: String,
    pub phone: Option<String>,
    /// JSON.
    pub agent: Option<String>,
    pub agent_subject: Option<Uuid>,
    pub channel: String,
    pub region: String,
    pub hall: Option<String>,
    /// The clerk's account and name, when it was filed at a window.
    pub opened_by: Option<String>,
    pub opened_by_name: Option<String>,
    pub received_at: DateTimeUtc,
    /// JSON.
    pub delivery: String,
    pub cases: i32,
    /// What the window has to do now: `accept`, `hand-over`, or nothing.
    pub task: String,
    pub due_on: Option<Date>,
    pub yellow_on: Option<Date>,
    pub red_on: Option<Date>,
    pub sort_on: Date,
    /// The day a timer rings for one of its cases.
    pub timer_on: Option<Date>,
    pub settled_on: Option<Date>,
    pub handed_over_on: Option<Date>,
    /// [`casework::application::JointExtension`] as JSON.
    pub joint_extension: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_many = "super::case::Entity")]
    Case,
}

impl Related<super::case::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Case.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// Lists are searched by the applicant's whole name.
pub(crate) const APPLICANT: Marked<Column> =
    Marked { of: Column::Applicant, mark: Column::ApplicantMark, tidy: tidy_name };

impl Sealed for Entity {
    const SEALED: &'static [Column] =
        &[Column::Applicant, Column::CitizenId, Column::Phone, Column::Agent, Column::Delivery];
    const MARKED: &'static [Marked<Column>] = &[APPLICANT];
}
