//! Document numbers without gaps, from one row a counter. No sequences: they leave holes, and an inspector asks about holes.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use crate::fault::Fault;

/// The counter table.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_counter")]
    pub struct Model {
        /// What is counted, with everything that starts it anew: `receipt/440604/2026`.
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        /// The last number given.
        pub value: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Takes the next number; the row stays locked until the transaction ends.
pub(crate) async fn next(on: &impl ConnectionTrait, name: &str) -> Result<u64, Fault> {
    let one_more = Expr::col((row::Entity, row::Column::Value)).add(1);
    let taken = row::Entity::insert(row::ActiveModel { name: Set(name.to_owned()), value: Set(1) })
        .on_conflict(OnConflict::column(row::Column::Name).value(row::Column::Value, one_more).to_owned())
        .exec_with_returning(on)
        .await?;
    u64::try_from(taken.value).map_err(Fault::internal)
}
