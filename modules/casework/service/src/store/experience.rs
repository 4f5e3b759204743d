//! What cases really were: each as far as it is counted, and which of them were handed a paper by a row of their item's list.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use platform::Fault;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
};
use uuid::Uuid;

use super::{application, case, paper, paper_use};

/// Most cases named.
const CASES_MAX: u64 = 50;

/// Numbers of the cases of an item, at this version or a later one, that were handed a file by this row, oldest first.
pub(crate) async fn collected(
    on: &impl ConnectionTrait,
    item: &str,
    version: i32,
    row: &str,
) -> Result<Vec<String>, Fault> {
    let used = paper_use::Entity::find()
        .select_only()
        .columns([paper_use::Column::CaseId, paper_use::Column::Paper])
        .filter(paper_use::Column::RowId.eq(row))
        .filter(paper_use::Column::CaseId.in_subquery(cases_of(item, version)));
    let used: Vec<(Uuid, Uuid)> = used.into_tuple().all(on).await?;
    let handed = files_of(on, used.iter().map(|(_, paper)| *paper)).await?;
    let cases: Vec<Uuid> = used.into_iter().filter(|(_, paper)| handed.contains(paper)).map(|(case, _)| case).collect();
    let numbers = case::Entity::find()
        .select_only()
        .column(case::Column::ProjectNo)
        .filter(case::Column::Id.is_in(cases))
        .order_by_asc(case::Column::Id)
        .limit(CASES_MAX);
    Ok(numbers.into_tuple().all(on).await?)
}

/// A case as far as it is counted.
#[derive(Debug, FromQueryResult)]
pub(crate) struct LivedRow {
    pub id: Uuid,
    pub item: String,
    pub version: i32,
    /// [`casework::Case`] as JSON.
    pub facts: String,
    pub channel: String,
}

/// Cases received from this moment on, by id, after this one.
pub(crate) async fn lived_page(
    on: &impl ConnectionTrait,
    since: DateTime<Utc>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<LivedRow>, Fault> {
    let mut query = case::Entity::find()
        .join(JoinType::InnerJoin, case::Relation::Application.def())
        .filter(application::Column::ReceivedAt.gte(since));
    if let Some(after) = after {
        query = query.filter(case::Column::Id.gt(after));
    }
    let query = query
        .select_only()
        .columns([case::Column::Id, case::Column::Item, case::Column::Version, case::Column::Facts])
        .column(application::Column::Channel)
        .order_by_asc(case::Column::Id)
        .limit(limit);
    Ok(query.into_model().all(on).await?)
}

/// Which rows of their lists these cases were handed a file by.
pub(crate) async fn handed(on: &impl ConnectionTrait, cases: &[Uuid]) -> Result<Vec<(Uuid, String)>, Fault> {
    let used = paper_use::Entity::find()
        .select_only()
        .columns([paper_use::Column::CaseId, paper_use::Column::RowId, paper_use::Column::Paper])
        .filter(paper_use::Column::CaseId.is_in(cases.iter().copied()));
    let used: Vec<(Uuid, String, Uuid)> = used.into_tuple().all(on).await?;
    let with_file = files_of(on, used.iter().map(|(_, _, paper)| *paper)).await?;
    let handed = used.into_iter().filter(|(_, _, paper)| with_file.contains(paper));
    Ok(handed.map(|(case, row, _)| (case, row)).collect())
}

/// Those of the papers a file was handed in for.
async fn files_of(on: &impl ConnectionTrait, papers: impl IntoIterator<Item = Uuid>) -> Result<HashSet<Uuid>, Fault> {
    let handed = paper::Entity::find()
        .select_only()
        .column(paper::Column::Id)
        .filter(paper::Column::Id.is_in(papers))
        .filter(paper::Column::Blob.is_not_null());
    let handed: Vec<Uuid> = handed.into_tuple().all(on).await?;
    Ok(handed.into_iter().collect())
}

fn cases_of(item: &str, version: i32) -> sea_orm::sea_query::SelectStatement {
    let cases = case::Entity::find()
        .select_only()
        .column(case::Column::Id)
        .filter(case::Column::Item.eq(item))
        .filter(case::Column::Version.gte(version));
    sea_orm::QueryTrait::into_query(cases)
}
