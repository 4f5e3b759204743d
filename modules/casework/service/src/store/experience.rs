//! What cases really were, in numbers: how many an item had, and which of them were handed a paper by a row of its list.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use platform::Fault;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::{application, case, paper, paper_use};

/// Most cases named.
const CASES_MAX: u64 = 50;

/// How many cases each item had that were received from this moment on.
pub(crate) async fn volumes(on: &impl ConnectionTrait, since: DateTime<Utc>) -> Result<BTreeMap<String, i64>, Fault> {
    let query = case::Entity::find()
        .join(JoinType::InnerJoin, case::Relation::Application.def())
        .filter(application::Column::ReceivedAt.gte(since))
        .select_only()
        .column(case::Column::Item)
        .column_as(case::Column::Id.count(), "cases")
        .group_by(case::Column::Item);
    let rows: Vec<(String, i64)> = query.into_tuple().all(on).await?;
    Ok(rows.into_iter().collect())
}

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
    let used: Vec<(uuid::Uuid, uuid::Uuid)> = used.into_tuple().all(on).await?;
    let papers: Vec<uuid::Uuid> = used.iter().map(|(_, paper)| *paper).collect();
    let handed: Vec<uuid::Uuid> = paper::Entity::find()
        .select_only()
        .column(paper::Column::Id)
        .filter(paper::Column::Id.is_in(papers))
        .filter(paper::Column::Blob.is_not_null())
        .into_tuple()
        .all(on)
        .await?;
    let cases: Vec<uuid::Uuid> =
        used.into_iter().filter(|(_, paper)| handed.contains(paper)).map(|(case, _)| case).collect();
    let numbers = case::Entity::find()
        .select_only()
        .column(case::Column::ProjectNo)
        .filter(case::Column::Id.is_in(cases))
        .order_by_asc(case::Column::Id)
        .limit(CASES_MAX);
    Ok(numbers.into_tuple().all(on).await?)
}

fn cases_of(item: &str, version: i32) -> sea_orm::sea_query::SelectStatement {
    let cases = case::Entity::find()
        .select_only()
        .column(case::Column::Id)
        .filter(case::Column::Item.eq(item))
        .filter(case::Column::Version.gte(version));
    sea_orm::QueryTrait::into_query(cases)
}
