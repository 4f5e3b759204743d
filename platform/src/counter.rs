//! Document numbers without gaps, from one row a counter. No sequences: they leave holes, and an inspector asks about holes.

use std::collections::BTreeMap;

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

/// Takes the next number of each counter, in one statement; a counter named twice gives two. The rows stay locked until
/// the transaction ends. They are locked in the order of names, so that two acts never wait for each other.
pub(crate) async fn take(on: &impl ConnectionTrait, names: &[&str]) -> Result<Vec<u64>, Fault> {
    let mut wanted: BTreeMap<&str, i64> = BTreeMap::new();
    for name in names {
        *wanted.entry(name).or_default() += 1;
    }
    let rows = wanted.iter().map(|(name, many)| row::ActiveModel { name: Set((*name).to_owned()), value: Set(*many) });
    let so_many_more = Expr::col((row::Entity, row::Column::Value)).add(Expr::cust("excluded.value"));
    let taken = row::Entity::insert_many(rows)
        .on_conflict(OnConflict::column(row::Column::Name).value(row::Column::Value, so_many_more).to_owned())
        .exec_with_returning(on)
        .await?;
    let mut last: BTreeMap<&str, i64> = taken.iter().map(|row| (row.name.as_str(), row.value)).collect();
    for (name, many) in &wanted {
        *last.entry(*name).or_default() -= many;
    }
    let mut numbers = Vec::with_capacity(names.len());
    for name in names {
        let value = last.entry(*name).or_default();
        *value += 1;
        numbers.push(u64::try_from(*value).map_err(Fault::internal)?);
    }
    Ok(numbers)
}
