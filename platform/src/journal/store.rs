//! The journal's two tables. Rows are only ever added; heads only ever move on.

use std::collections::BTreeMap;

use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value};
use uuid::Uuid;

use super::{Head, JournalRow};
use crate::fault::Fault;

/// The rows.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_journal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub chain: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub at: DateTimeUtc,
        pub actor: String,
        pub act: String,
        pub subject: String,
        pub payload: String,
        pub request_key: Option<String>,
        pub prev: Vec<u8>,
        pub hash: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where each chain ends.
pub(crate) mod head {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_journal_head")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub chain: Uuid,
        pub seq: i64,
        pub hash: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Beginning of the statement that adds rows; [`values`] gives them in this order.
pub(crate) const INSERT: &str = "INSERT INTO platform_journal \
    (chain, seq, at, actor, act, subject, payload, request_key, prev, hash)";

/// Makes the head of a new chain; its values follow.
pub(crate) const MAKE_HEAD: &str = "INSERT INTO platform_journal_head (chain, seq, hash)";

/// One row's values in the order of [`INSERT`].
pub(crate) fn values(row: &JournalRow) -> Vec<Value> {
    vec![
        row.chain.into(),
        row.seq.into(),
        row.at.into(),
        row.actor.clone().into(),
        row.act.clone().into(),
        row.subject.clone().into(),
        row.payload.clone().into(),
        row.request_key.clone().into(),
        row.prev.to_vec().into(),
        row.hash.to_vec().into(),
    ]
}

/// Tells where these chains stand; a chain without rows has no head. With `lock` nobody else moves them until the
/// transaction ends.
pub(crate) async fn heads(
    on: &impl ConnectionTrait,
    chains: &[Uuid],
    lock: bool,
) -> Result<BTreeMap<Uuid, Head>, Fault> {
    if chains.is_empty() {
        return Ok(BTreeMap::new());
    }
    // In the order of ids, so that two acts on the same two chains wait for each other instead of locking up.
    let mut asked = head::Entity::find()
        .filter(head::Column::Chain.is_in(chains.iter().copied()))
        .order_by_asc(head::Column::Chain);
    if lock && on.get_database_backend() == DbBackend::Postgres {
        asked = asked.lock_exclusive();
    }
    Ok(asked.all(on).await?.into_iter().map(|found| (found.chain, as_head(&found))).collect())
}

/// Heads after `chain` in the order of ids.
pub(super) async fn heads_after(
    on: &impl ConnectionTrait,
    chain: Option<Uuid>,
    limit: u64,
) -> Result<Vec<(Uuid, Head)>, Fault> {
    let mut asked = head::Entity::find().order_by_asc(head::Column::Chain).limit(limit);
    if let Some(chain) = chain {
        asked = asked.filter(head::Column::Chain.gt(chain));
    }
    Ok(asked.all(on).await?.into_iter().map(|found| (found.chain, as_head(&found))).collect())
}

/// The rows of one chain after a place.
pub(super) async fn rows(
    on: &impl ConnectionTrait,
    chain: Uuid,
    after: i64,
    limit: u64,
) -> Result<Vec<JournalRow>, Fault> {
    let found = row::Entity::find()
        .filter(row::Column::Chain.eq(chain))
        .filter(row::Column::Seq.gt(after))
        .order_by_asc(row::Column::Seq)
        .limit(limit)
        .all(on)
        .await?;
    Ok(found.into_iter().map(as_row).collect())
}

/// Places and hashes of a chain's rows up to a place.
pub(crate) async fn hashes_up_to(
    on: &impl ConnectionTrait,
    chain: Uuid,
    seq: i64,
) -> Result<Vec<(i64, [u8; 32])>, Fault> {
    let asked = row::Entity::find().select_only().column(row::Column::Seq).column(row::Column::Hash);
    let asked = asked.filter(row::Column::Chain.eq(chain)).filter(row::Column::Seq.lte(seq));
    let found: Vec<(i64, Vec<u8>)> = asked.order_by_asc(row::Column::Seq).into_tuple().all(on).await?;
    Ok(found.into_iter().map(|(seq, hash)| (seq, as_hash(&hash))).collect())
}

/// All rows in the order of chain and place, after one of them.
pub(super) async fn all_rows(
    on: &impl ConnectionTrait,
    after: Option<(Uuid, i64)>,
    limit: u64,
) -> Result<Vec<JournalRow>, Fault> {
    let mut asked = row::Entity::find().order_by_asc(row::Column::Chain).order_by_asc(row::Column::Seq).limit(limit);
    if let Some((chain, seq)) = after {
        let further = row::Column::Chain.eq(chain).and(row::Column::Seq.gt(seq));
        asked = asked.filter(row::Column::Chain.gte(chain).and(row::Column::Chain.gt(chain).or(further)));
    }
    Ok(asked.all(on).await?.into_iter().map(as_row).collect())
}

/// A hash of the wrong length was tampered with; all ones stand for it, which no row's hash is.
fn as_hash(bytes: &[u8]) -> [u8; 32] {
    bytes.try_into().unwrap_or([0xff; 32])
}

fn as_head(found: &head::Model) -> Head {
    Head { seq: found.seq, hash: as_hash(&found.hash) }
}

fn as_row(found: row::Model) -> JournalRow {
    JournalRow {
        chain: found.chain,
        seq: found.seq,
        at: found.at,
        actor: found.actor,
        act: found.act,
        subject: found.subject,
        payload: found.payload,
        request_key: found.request_key,
        prev: as_hash(&found.prev),
        hash: as_hash(&found.hash),
    }
}
