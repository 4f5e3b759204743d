//! The only code that names the tables of this module. Rows are added, never changed.

pub mod item;
pub mod release;
pub mod source;

use std::collections::HashMap;

use catalog::SourceFile;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// Rows a statement: SQLite and PostgreSQL both bound the number of parameters.
const BATCH: usize = 200;

/// The newest release.
pub async fn release_newest(on: &impl ConnectionTrait) -> Result<Option<release::Model>, DbErr> {
    release::Entity::find().order_by_desc(release::Column::PublishedAt).order_by_desc(release::Column::Id).one(on).await
}

/// All releases, the newest first.
pub async fn release_list(on: &impl ConnectionTrait) -> Result<Vec<release::Model>, DbErr> {
    release::Entity::find().order_by_desc(release::Column::PublishedAt).order_by_desc(release::Column::Id).all(on).await
}

/// The source files of a release, by path.
pub async fn source_list(on: &impl ConnectionTrait, release: Uuid) -> Result<Vec<SourceFile>, DbErr> {
    let rows = source::Entity::find()
        .filter(source::Column::Release.eq(release))
        .order_by_asc(source::Column::Path)
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|row| SourceFile::new(row.path, row.text)).collect())
}

/// Digests of all item versions, by code and version.
pub async fn item_digests(on: &impl ConnectionTrait) -> Result<HashMap<(String, i32), String>, DbErr> {
    let rows: Vec<(String, i32, String)> = item::Entity::find()
        .select_only()
        .columns([item::Column::Code, item::Column::Version, item::Column::Digest])
        .into_tuple()
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|(code, version, digest)| ((code, version), digest)).collect())
}

/// One item version.
pub async fn item_at(on: &impl ConnectionTrait, code: &str, version: i32) -> Result<Option<item::Model>, DbErr> {
    item::Entity::find_by_id((code.to_owned(), version)).one(on).await
}

/// Writes a release with its files and the item versions that are new in it.
pub async fn release_add(
    on: &impl ConnectionTrait,
    release: release::Model,
    files: Vec<source::Model>,
    items: Vec<item::Model>,
) -> Result<(), DbErr> {
    release::Entity::insert(release.into_active_model()).exec_without_returning(on).await?;
    for batch in files.chunks(BATCH) {
        let rows = batch.iter().cloned().map(IntoActiveModel::into_active_model);
        source::Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    for batch in items.chunks(BATCH) {
        let rows = batch.iter().cloned().map(IntoActiveModel::into_active_model);
        item::Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}
