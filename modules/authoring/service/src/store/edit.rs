//! The edited files of revisions.

use authoring::candidate::Edit;
use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "authoring_edit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub path: String,
    /// What the file would say; null where it is taken away.
    pub text: Option<String>,
    /// What it said when it was edited; null where it was not there.
    pub was: Option<String>,
    /// The id of the item in it, for finding revisions under way.
    pub item: Option<String>,
    pub edited_at: DateTimeUtc,
    /// The name of whoever edited it last.
    pub edited_by: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What the rules know of it.
    pub(crate) fn edit(&self) -> Edit {
        Edit { path: self.path.clone(), text: self.text.clone(), was: self.was.clone() }
    }
}

/// All edits of a revision, by path.
pub(crate) async fn edit_list(on: &impl ConnectionTrait, revision: Uuid) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find().filter(Column::Revision.eq(revision)).order_by_asc(Column::Path).all(on).await?)
}

/// Puts an edit in the place of an earlier one of the same file.
pub(crate) async fn edit_put(on: &impl ConnectionTrait, row: Model) -> Result<(), Fault> {
    edit_drop(on, row.revision, &row.path).await?;
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// Takes an edit back; `false` where there was none.
pub(crate) async fn edit_drop(on: &impl ConnectionTrait, revision: Uuid, path: &str) -> Result<bool, Fault> {
    let gone = Entity::delete_many().filter(Column::Revision.eq(revision)).filter(Column::Path.eq(path));
    Ok(gone.exec(on).await?.rows_affected == 1)
}

/// Revisions that edit one of these items: item and revision.
pub(crate) async fn edit_revisions(on: &impl ConnectionTrait, items: &[String]) -> Result<Vec<(String, Uuid)>, Fault> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let query = Entity::find()
        .select_only()
        .columns([Column::Item, Column::Revision])
        .filter(Column::Item.is_in(items.iter().map(String::as_str)));
    Ok(query.into_tuple().all(on).await?)
}
