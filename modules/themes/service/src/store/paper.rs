//! Rows of `themes_paper`: one a file.

use kernel::id::{BlobId, DraftId};
use platform::Fault;
use platform::sealed::{self, Sealed, SealedTable, Sealing};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::draft::Paper;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "themes_paper")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub draft: Uuid,
        pub slot: String,
        pub blob: String,
        pub name: String,
        pub kind: String,
        pub bytes: i64,
        pub at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// People name their files after themselves: 张三身份证.jpg.
impl Sealed for row::Entity {
    const SEALED: &'static [row::Column] = &[row::Column::Name];
}

impl row::Model {
    fn read(self) -> Result<Paper, Fault> {
        Ok(Paper {
            id: self.id,
            slot: self.slot,
            blob: BlobId::parse(&self.blob).map_err(Fault::internal)?,
            name: self.name,
            kind: self.kind.parse().map_err(Fault::internal)?,
            bytes: u64::try_from(self.bytes).map_err(Fault::internal)?,
            at: self.at,
        })
    }
}

/// Adds a file.
pub(crate) async fn paper_insert(on: &impl Sealing, draft: DraftId, paper: &Paper) -> Result<(), Fault> {
    let mut row = row::Model {
        id: paper.id,
        draft: draft.uuid(),
        slot: paper.slot.clone(),
        blob: paper.blob.as_str().to_owned(),
        name: paper.name.clone(),
        kind: paper.kind.as_str().to_owned(),
        bytes: i64::try_from(paper.bytes).map_err(Fault::internal)?,
        at: paper.at,
    };
    sealed::seal::<row::Entity>(on.sealer(), &mut row)?;
    row.into_active_model().insert(on).await?;
    Ok(())
}

/// The files of a draft, in the order they came.
pub(crate) async fn paper_list(on: &impl Sealing, draft: DraftId) -> Result<Vec<Paper>, Fault> {
    let found = row::Entity::find()
        .filter(row::Column::Draft.eq(draft.uuid()))
        .order_by_asc(row::Column::At)
        .order_by_asc(row::Column::Id)
        .all(on)
        .await?;
    sealed::open_all::<row::Entity>(on.sealer(), found)?.into_iter().map(row::Model::read).collect()
}

/// One file of a draft.
pub(crate) async fn paper_find(on: &impl Sealing, draft: DraftId, paper: Uuid) -> Result<Option<Paper>, Fault> {
    let found = row::Entity::find_by_id(paper).filter(row::Column::Draft.eq(draft.uuid())).one(on).await?;
    found.map(|row| sealed::open::<row::Entity>(on.sealer(), row)?.read()).transpose()
}

/// Takes a file of a draft away. Taking it twice changes nothing.
pub(crate) async fn paper_delete(on: &impl ConnectionTrait, draft: DraftId, paper: Uuid) -> Result<(), Fault> {
    row::Entity::delete_many()
        .filter(row::Column::Id.eq(paper))
        .filter(row::Column::Draft.eq(draft.uuid()))
        .exec(on)
        .await?;
    Ok(())
}

/// Takes away all files of these drafts. Their content stays where it is: another draft may have the same.
pub(crate) async fn paper_forget(on: &impl ConnectionTrait, drafts: &[Uuid]) -> Result<(), Fault> {
    row::Entity::delete_many().filter(row::Column::Draft.is_in(drafts.iter().copied())).exec(on).await?;
    Ok(())
}

/// The table, for the work that goes through all sealed rows.
pub(crate) fn sealed() -> SealedTable {
    SealedTable::of::<row::Entity>()
}
