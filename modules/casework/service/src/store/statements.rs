//! Statements that travel with the commit: rows of a new application, and changes of rows under lock.

use platform::Fault;
use platform::sealed::{self, Sealed, Sealing};
use sea_orm::sea_query::{InsertStatement, Query, SimpleExpr, UpdateStatement};
use sea_orm::{ColumnTrait, EntityTrait, Iterable, ModelTrait};
use uuid::Uuid;

use super::{application, case, form, notice, paper, paper_use};

/// An insert of these rows with all their columns.
fn insert<E>(rows: impl IntoIterator<Item = E::Model>) -> InsertStatement
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let mut statement = Query::insert();
    statement.into_table(E::default()).columns(E::Column::iter());
    for row in rows {
        let values = E::Column::iter().map(|column| SimpleExpr::from(row.get(column)));
        statement.values_panic(values);
    }
    statement
}

/// The same of rows that are sealed on their way.
fn insert_sealed<E: Sealed>(on: &impl Sealing, mut rows: Vec<E::Model>) -> Result<InsertStatement, Fault> {
    rows.iter_mut().try_for_each(|row| sealed::seal::<E>(on.sealer(), row))?;
    Ok(insert::<E>(rows))
}

/// The row of a new application.
pub(crate) fn application_insert(on: &impl Sealing, row: application::Model) -> Result<InsertStatement, Fault> {
    insert_sealed::<application::Entity>(on, vec![row])
}

/// Its answers and form.
pub(crate) fn form_insert(on: &impl Sealing, row: form::Model) -> Result<InsertStatement, Fault> {
    insert_sealed::<form::Entity>(on, vec![row])
}

/// Its cases.
pub(crate) fn case_insert(rows: Vec<case::Model>) -> InsertStatement {
    insert::<case::Entity>(rows)
}

/// Its papers.
pub(crate) fn paper_insert(on: &impl Sealing, rows: Vec<paper::Model>) -> Result<InsertStatement, Fault> {
    insert_sealed::<paper::Entity>(on, rows)
}

/// Which case uses which paper.
pub(crate) fn paper_use_insert(rows: Vec<paper_use::Model>) -> InsertStatement {
    insert::<paper_use::Entity>(rows)
}

/// What acts change of a case: its facts, and what follows from them for lists.
pub(crate) fn case_update(row: &case::Model) -> UpdateStatement {
    use case::Column as C;
    const CHANGED: [C; 17] = [
        C::Facts,
        C::Status,
        C::Step,
        C::Turn,
        C::Clock,
        C::Stands,
        C::DueOn,
        C::YellowOn,
        C::RedOn,
        C::DeemedOn,
        C::LapseOn,
        C::SortOn,
        C::AcceptedBy,
        C::HandledBy,
        C::Licence,
        C::Authority,
        C::Supervisor,
    ];
    update::<case::Entity>(row, &CHANGED, C::Id.eq(row.id))
}

/// What acts change of an application: what follows from its cases, and the organisation one of them registered.
pub(crate) fn application_update(row: &application::Model) -> UpdateStatement {
    use application::Column as A;
    const CHANGED: [A; 10] = [
        A::Organisation,
        A::Task,
        A::DueOn,
        A::YellowOn,
        A::RedOn,
        A::SortOn,
        A::TimerOn,
        A::SettledOn,
        A::HandedOverOn,
        A::JointExtension,
    ];
    update::<application::Entity>(row, &CHANGED, A::Id.eq(row.id))
}

/// The form, after a correction or an earlier result filled something in.
pub(crate) fn form_update(on: &impl Sealing, application: Uuid, form: &str) -> Result<UpdateStatement, Fault> {
    let form = sealed::seal_value::<form::Entity>(on.sealer(), form::Column::Form, application, form)?;
    Ok(Query::update()
        .table(form::Entity)
        .value(form::Column::Form, form)
        .and_where(form::Column::Application.eq(application))
        .to_owned())
}

/// What a correction changes of a paper.
pub(crate) fn paper_update(on: &impl Sealing, row: &paper::Model) -> Result<UpdateStatement, Fault> {
    use paper::Column as P;
    const CHANGED: [P; 8] =
        [P::Status, P::ReasonCode, P::ReasonText, P::Blob, P::FileName, P::MediaKind, P::Size, P::UploadedAt];
    let mut row = row.clone();
    sealed::seal::<paper::Entity>(on.sealer(), &mut row)?;
    Ok(update::<paper::Entity>(&row, &CHANGED, P::Id.eq(row.id)))
}

/// Notices, as they are issued.
pub(crate) fn notice_insert(on: &impl Sealing, rows: Vec<notice::Model>) -> Result<InsertStatement, Fault> {
    insert_sealed::<notice::Entity>(on, rows)
}

/// A notice made void; nothing else of it is ever changed.
pub(crate) fn notice_void(on: &impl Sealing, row: &notice::Model) -> Result<UpdateStatement, Fault> {
    use notice::Column as N;
    let mut row = row.clone();
    sealed::seal::<notice::Entity>(on.sealer(), &mut row)?;
    Ok(update::<notice::Entity>(&row, &[N::VoidedAt, N::VoidReason, N::VoidedBy, N::VoidedByName], N::Id.eq(row.id)))
}

fn update<E>(row: &E::Model, columns: &[E::Column], which: SimpleExpr) -> UpdateStatement
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let values = columns.iter().map(|column| (*column, SimpleExpr::from(row.get(*column))));
    Query::update().table(E::default()).values(values).and_where(which).to_owned()
}
