//! Broken commitments. A row stays when it was repaired: what was so can always be shown.

use chrono::NaiveDate;
use kernel::id::{CaseId, SubjectId};
use platform::Fault;
use platform::sealed::{self, Sealed, Sealing};
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records_breach")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub subject: Uuid,
    pub case_id: Uuid,
    /// The item's name as it was.
    pub item: String,
    /// What the check found.
    pub words: String,
    pub found_on: Date,
    pub repaired_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Words];
}

/// Adds one.
pub(crate) async fn breach_insert(on: &impl Sealing, mut row: Model) -> Result<(), Fault> {
    sealed::seal::<Entity>(on.sealer(), &mut row)?;
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// The oldest that none of these subjects has repaired.
pub(crate) async fn breach_standing(on: &impl Sealing, subjects: &[SubjectId]) -> Result<Option<Model>, Fault> {
    let subjects = subjects.iter().map(|subject| subject.uuid());
    let standing = Entity::find().filter(Column::Subject.is_in(subjects)).filter(Column::RepairedOn.is_null());
    let found = standing.order_by_asc(Column::FoundOn).one(on).await?;
    sealed::open_one::<Entity>(on.sealer(), found)
}

/// Marks the one a case left behind as repaired; tells whether there was one.
pub(crate) async fn breach_repair(on: &impl ConnectionTrait, case: CaseId, day: NaiveDate) -> Result<bool, Fault> {
    let done = Entity::update_many()
        .col_expr(Column::RepairedOn, day.into())
        .filter(Column::CaseId.eq(case.uuid()))
        .filter(Column::RepairedOn.is_null())
        .exec(on)
        .await?;
    Ok(done.rows_affected == 1)
}
