//! Rows of `themes_draft`.

use chrono::{DateTime, Utc};
use kernel::id::{ApplicationId, DraftId, SubjectId};
use platform::Fault;
use platform::sealed::{self, Sealed, SealedTable, Sealing};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use themes::Answers;

use crate::draft::{Draft, Paper, Sheet};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "themes_draft")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub theme: String,
        pub subject: Uuid,
        pub subject_name: String,
        pub organisation: Option<Uuid>,
        pub opened_by: Option<String>,
        /// Answers by question id, as JSON.
        pub answers: String,
        /// Texts by element, as JSON.
        pub form: String,
        pub version: i32,
        pub tab: String,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
        pub application: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Sealed for row::Entity {
    const SEALED: &'static [row::Column] = &[row::Column::SubjectName, row::Column::Answers, row::Column::Form];
}

/// Drafts a person may have is bounded by the act that opens them; a list is never longer than this.
const LIST_MAX: u64 = 100;

impl row::Model {
    fn read(self, papers: Vec<Paper>) -> Result<Draft, Fault> {
        Ok(Draft {
            id: DraftId::from_uuid(self.id),
            theme: self.theme,
            subject: SubjectId::from_uuid(self.subject),
            subject_name: self.subject_name,
            organisation: self.organisation.map(SubjectId::from_uuid),
            opened_by: self.opened_by,
            answers: serde_json::from_str::<Answers>(&self.answers)?,
            form: serde_json::from_str::<Sheet>(&self.form)?,
            papers,
            version: self.version,
            tab: self.tab,
            created_at: self.created_at,
            updated_at: self.updated_at,
            application: self.application.map(ApplicationId::from_uuid),
        })
    }
}

/// Adds a new draft. Its papers are rows of their own.
pub(crate) async fn draft_insert(on: &impl Sealing, draft: &Draft) -> Result<(), Fault> {
    let mut row = row::Model {
        id: draft.id.uuid(),
        theme: draft.theme.clone(),
        subject: draft.subject.uuid(),
        subject_name: draft.subject_name.clone(),
        organisation: draft.organisation.map(SubjectId::uuid),
        opened_by: draft.opened_by.clone(),
        answers: serde_json::to_string(&draft.answers)?,
        form: serde_json::to_string(&draft.form)?,
        version: draft.version,
        tab: draft.tab.clone(),
        created_at: draft.created_at,
        updated_at: draft.updated_at,
        application: draft.application.map(ApplicationId::uuid),
    };
    sealed::seal::<row::Entity>(on.sealer(), &mut row)?;
    row.into_active_model().insert(on).await?;
    Ok(())
}

/// The draft with its papers.
pub(crate) async fn draft_find(on: &impl Sealing, id: DraftId) -> Result<Option<Draft>, Fault> {
    read(on, row::Entity::find_by_id(id.uuid()).one(on).await?).await
}

/// The draft with its papers, locked until the transaction ends: no file comes in while it is being submitted.
pub(crate) async fn draft_locked(on: &impl Sealing, id: DraftId) -> Result<Option<Draft>, Fault> {
    read(on, row::Entity::find_by_id(id.uuid()).lock_exclusive().one(on).await?).await
}

async fn read(on: &impl Sealing, found: Option<row::Model>) -> Result<Option<Draft>, Fault> {
    let Some(found) = found else { return Ok(None) };
    let papers = super::paper_list(on, DraftId::from_uuid(found.id)).await?;
    sealed::open::<row::Entity>(on.sealer(), found)?.read(papers).map(Some)
}

/// A person's open drafts, the newest first, without their papers.
pub(crate) async fn draft_list(on: &impl Sealing, subject: SubjectId) -> Result<Vec<Draft>, Fault> {
    let found = open_of(subject).order_by_desc(row::Column::UpdatedAt).limit(LIST_MAX).all(on).await?;
    let found = sealed::open_all::<row::Entity>(on.sealer(), found)?;
    found.into_iter().map(|found| found.read(Vec::new())).collect()
}

/// How many open drafts a person has.
pub(crate) async fn draft_count(on: &impl ConnectionTrait, subject: SubjectId) -> Result<u64, Fault> {
    Ok(open_of(subject).count(on).await?)
}

/// How many drafts are open, by theme.
pub(crate) async fn draft_open_counts(on: &impl ConnectionTrait) -> Result<Vec<(String, i64)>, Fault> {
    let query = row::Entity::find()
        .select_only()
        .column(row::Column::Theme)
        .column_as(row::Column::Id.count(), "drafts")
        .filter(row::Column::Application.is_null())
        .group_by(row::Column::Theme);
    Ok(query.into_tuple().all(on).await?)
}

fn open_of(subject: SubjectId) -> sea_orm::Select<row::Entity> {
    row::Entity::find().filter(row::Column::Subject.eq(subject.uuid())).filter(row::Column::Application.is_null())
}

/// What one saving changes.
pub(crate) struct Change<'a> {
    pub answers: &'a Answers,
    pub form: &'a Sheet,
    pub organisation: Option<SubjectId>,
    pub tab: &'a str,
    pub at: DateTime<Utc>,
}

/// Saves, if the draft is still open and nobody has saved since `seen`. Whether it did.
pub(crate) async fn draft_change(
    on: &impl Sealing,
    id: DraftId,
    seen: i32,
    change: &Change<'_>,
) -> Result<bool, Fault> {
    let sealed = |column, text: String| sealed::seal_value::<row::Entity>(on.sealer(), column, id.uuid(), &text);
    let answers = sealed(row::Column::Answers, serde_json::to_string(change.answers)?)?;
    let form = sealed(row::Column::Form, serde_json::to_string(change.form)?)?;
    let done = row::Entity::update_many()
        .col_expr(row::Column::Answers, Expr::value(answers))
        .col_expr(row::Column::Form, Expr::value(form))
        .col_expr(row::Column::Organisation, Expr::value(change.organisation.map(SubjectId::uuid)))
        .col_expr(row::Column::Tab, Expr::value(change.tab))
        .col_expr(row::Column::UpdatedAt, Expr::value(change.at))
        .col_expr(row::Column::Version, Expr::value(seen + 1))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::Version.eq(seen))
        .filter(row::Column::Application.is_null())
        .exec(on)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Closes a draft: it has become this application. Whether it was still open.
pub(crate) async fn draft_close(
    on: &impl ConnectionTrait,
    id: DraftId,
    application: ApplicationId,
    at: DateTime<Utc>,
) -> Result<bool, Fault> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::Application, Expr::value(application.uuid()))
        .col_expr(row::Column::UpdatedAt, Expr::value(at))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::Application.is_null())
        .exec(on)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Submitted drafts since then, in the order of their ids, after this one: id, theme and answers, and nothing that says whose they are.
pub(crate) async fn draft_submitted(
    on: &impl Sealing,
    since: DateTime<Utc>,
    after: Option<uuid::Uuid>,
    most: u64,
) -> Result<Vec<(uuid::Uuid, String, Answers)>, Fault> {
    let mut query =
        row::Entity::find().filter(row::Column::Application.is_not_null()).filter(row::Column::UpdatedAt.gte(since));
    if let Some(after) = after {
        query = query.filter(row::Column::Id.gt(after));
    }
    let found = query.order_by_asc(row::Column::Id).limit(most).all(on).await?;
    let read = |found: row::Model| Ok((found.id, found.theme, serde_json::from_str(&found.answers)?));
    sealed::open_all::<row::Entity>(on.sealer(), found)?.into_iter().map(read).collect()
}

/// Takes away open drafts that nobody has saved since, with their files' rows; gives how many.
pub(crate) async fn draft_forget(on: &impl ConnectionTrait, before: DateTime<Utc>, most: u64) -> Result<u64, Fault> {
    let old: Vec<uuid::Uuid> = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::Application.is_null())
        .filter(row::Column::UpdatedAt.lt(before))
        .order_by_asc(row::Column::Id)
        .limit(most)
        .into_tuple()
        .all(on)
        .await?;
    if old.is_empty() {
        return Ok(0);
    }
    super::paper::paper_forget(on, &old).await?;
    let gone = row::Entity::delete_many()
        .filter(row::Column::Id.is_in(old))
        .filter(row::Column::Application.is_null())
        .exec(on)
        .await?;
    Ok(gone.rows_affected)
}

/// The table, for the work that goes through all sealed rows.
pub(crate) fn sealed() -> SealedTable {
    SealedTable::of::<row::Entity>()
}
