//! What licences were used for. Rows are only ever added.

use kernel::id::{ApplicationId, LicenceId};
use platform::{Fault, Tx};
use records::UseKind;
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

use super::unreadable;
use crate::acts::{LicenceUse, NewUse};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records_licence_use")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub licence: Uuid,
    pub at: DateTimeUtc,
    pub how: String,
    pub matter: String,
    pub application: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds uses of this transaction.
pub(crate) async fn use_insert(tx: &Tx, uses: &[NewUse]) -> Result<(), Fault> {
    let rows = uses.iter().map(|one| {
        let row = Model {
            id: tx.new_uuid(),
            licence: one.licence.uuid(),
            at: tx.now(),
            how: one.how.code().to_owned(),
            matter: one.matter.clone(),
            application: one.application.map(ApplicationId::uuid),
        };
        row.into_active_model()
    });
    Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Uses of a licence, newest first.
pub(crate) async fn use_list(
    on: &impl ConnectionTrait,
    licence: LicenceId,
    most: u64,
) -> Result<Vec<LicenceUse>, Fault> {
    let rows = Entity::find().filter(Column::Licence.eq(licence.uuid())).order_by_desc(Column::At);
    let rows = rows.order_by_desc(Column::Id).limit(most).all(on).await?;
    let used = |row: Model| -> Result<LicenceUse, Fault> {
        Ok(LicenceUse {
            how: UseKind::parse(&row.how).ok_or_else(|| unreadable("records_licence_use", "how", &row.how))?,
            at: row.at,
            matter: row.matter,
            application: row.application.map(ApplicationId::from_uuid),
        })
    };
    rows.into_iter().map(used).collect()
}
