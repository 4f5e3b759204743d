//! How far each paper can be relied on, and which licence stands for it.

use platform::Fault;
use records::TrustLevel;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{InsertStatement, OnConflict, Query, SimpleExpr};
use sea_orm::{Iterable, ModelTrait};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "casework_paper_trust")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub paper: Uuid,
    pub application: Uuid,
    pub level: String,
    pub licence: Option<Uuid>,
    /// Who compared the upload with the original, and when.
    pub compared_by: Option<String>,
    pub compared_by_name: Option<String>,
    pub compared_at: Option<ChronoDateTimeUtc>,
}

impl Model {
    /// Of a paper as it comes in.
    pub(crate) fn new(application: Uuid, paper: Uuid, level: TrustLevel, licence: Option<Uuid>) -> Self {
        let level = level.code().to_owned();
        Self { paper, application, level, licence, compared_by: None, compared_by_name: None, compared_at: None }
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Puts these down; a paper handed in anew is relied on as its new file can be.
pub(crate) fn trust_put(rows: Vec<Model>) -> InsertStatement {
    let mut statement = Query::insert();
    statement.into_table(Entity).columns(Column::iter());
    for row in rows {
        statement.values_panic(Column::iter().map(|column| SimpleExpr::from(row.get(column))));
    }
    let newer = OnConflict::column(Column::Paper)
        .update_columns([
            Column::Level,
            Column::Licence,
            Column::ComparedBy,
            Column::ComparedByName,
            Column::ComparedAt,
        ])
        .to_owned();
    statement.on_conflict(newer).to_owned()
}

/// Those of an application.
pub(crate) async fn trust_list(on: &impl ConnectionTrait, application: Uuid) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find().filter(Column::Application.eq(application)).all(on).await?)
}

/// That of a paper.
pub(crate) async fn trust_find(on: &impl ConnectionTrait, paper: Uuid) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(paper).one(on).await?)
}
