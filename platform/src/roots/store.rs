//! The tables of the roots. Roots, leaves and blocks of a closed day are never changed; one row tells which day is open
//! and how far it has been read.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement, Value,
};
use uuid::Uuid;

use self::rows::{block_row, leaf_row, root_row};
use super::root::Root;
use super::tree::{Builder, Hash, Leaf};
use crate::fault::Fault;

mod rows;

pub(super) use self::rows::open_row;

const OPEN: &str = "open";

/// Whether there are these tables: a backup may be older than they are.
pub(crate) async fn is_there(on: &impl ConnectionTrait) -> Result<bool, Fault> {
    let sql = match on.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'platform_root_open'"
        }
        _ => "SELECT 1 FROM sqlite_master WHERE name = 'platform_root_open'",
    };
    let found = on.query_one_raw(Statement::from_string(on.get_database_backend(), sql)).await?;
    Ok(found.is_some())
}

/// A day of which nothing has been read yet.
pub(super) fn opened(day: NaiveDate) -> open_row::Model {
    let tree = Builder::default().to_bytes();
    open_row::Model { name: OPEN.to_owned(), day, after: None, rows: 0, tree, block_first: None }
}

/// Makes the row that tells the open day, unless there is one.
pub(super) async fn begin(on: &impl ConnectionTrait, first: NaiveDate) -> Result<(), Fault> {
    let row = as_active(opened(first));
    let there = OnConflict::column(open_row::Column::Name).do_nothing().to_owned();
    open_row::Entity::insert(row).on_conflict(there).exec_without_returning(on).await?;
    Ok(())
}

/// The open day, so that nobody else goes on with it until the transaction ends.
pub(super) async fn open_for_update(on: &impl ConnectionTrait) -> Result<Option<open_row::Model>, Fault> {
    let mut asked = open_row::Entity::find_by_id(OPEN);
    if on.get_database_backend() == DbBackend::Postgres {
        asked = asked.lock_exclusive();
    }
    Ok(asked.one(on).await?)
}

/// The open day, as it stands.
pub(crate) async fn open_day(on: &impl ConnectionTrait) -> Result<Option<NaiveDate>, Fault> {
    Ok(open_row::Entity::find_by_id(OPEN).one(on).await?.map(|row| row.day))
}

/// Remembers how far the open day has been read, or the next one.
pub(super) async fn go_on(on: &impl ConnectionTrait, row: open_row::Model) -> Result<(), Fault> {
    open_row::Entity::update(as_active(row)).exec(on).await?;
    Ok(())
}

fn as_active(row: open_row::Model) -> open_row::ActiveModel {
    open_row::ActiveModel {
        name: Set(row.name),
        day: Set(row.day),
        after: Set(row.after),
        rows: Set(row.rows),
        tree: Set(row.tree),
        block_first: Set(row.block_first),
    }
}

/// A head and the time of its row, if that is there.
#[derive(FromQueryResult)]
pub(super) struct HeadAt {
    pub(super) chain: Uuid,
    pub(super) seq: i64,
    pub(super) hash: Vec<u8>,
    pub(super) at: Option<DateTime<Utc>>,
}

/// Heads after a chain, in the order of chains.
pub(super) async fn heads_after(
    on: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<HeadAt>, Fault> {
    let sql = "SELECT h.chain, h.seq, h.hash, j.at FROM platform_journal_head h \
               LEFT JOIN platform_journal j ON j.chain = h.chain AND j.seq = h.seq \
               WHERE h.chain >= $1 ORDER BY h.chain LIMIT $2";
    let from = after.map_or(Uuid::nil(), next);
    ask(on, sql, [from.into(), (limit as i64).into()]).await
}

/// The id after this one; there is none after the last, and no chain bears that.
pub(super) fn next(chain: Uuid) -> Uuid {
    Uuid::from_u128(chain.as_u128().saturating_add(1))
}

#[derive(FromQueryResult)]
struct LeafFound {
    chain: Uuid,
    seq: i64,
    hash: Vec<u8>,
}

/// Where these chains stood before a moment, by the times of their rows.
pub(super) async fn stood_before(
    on: &impl ConnectionTrait,
    chains: &[Uuid],
    end: DateTime<Utc>,
) -> Result<Vec<Leaf>, Fault> {
    let mut leaves = Vec::new();
    for chains in chains.chunks(500) {
        let places: Vec<String> = (2..chains.len() + 2).map(|place| format!("${place}")).collect();
        let sql = format!(
            "SELECT j.chain, j.seq, j.hash FROM platform_journal j JOIN (\
               SELECT chain, max(seq) AS seq FROM platform_journal WHERE at < $1 AND chain IN ({}) GROUP BY chain\
             ) s ON s.chain = j.chain AND s.seq = j.seq",
            places.join(", ")
        );
        let values = std::iter::once(Value::from(end)).chain(chains.iter().map(|chain| Value::from(*chain)));
        let found: Vec<LeafFound> = ask(on, &sql, values).await?;
        leaves.extend(found.into_iter().map(as_leaf));
    }
    Ok(leaves)
}

/// The newest leaf of each chain from `from` to `to`, both included; to the end without `to`.
pub(super) async fn newest_leaves(on: &impl ConnectionTrait, from: Uuid, to: Option<Uuid>) -> Result<Vec<Leaf>, Fault> {
    let sql = "SELECT l.chain, l.seq, l.hash FROM platform_root_leaf l WHERE l.chain >= $1 AND l.chain <= $2 \
               AND l.day = (SELECT max(m.day) FROM platform_root_leaf m WHERE m.chain = l.chain) ORDER BY l.chain";
    let found: Vec<LeafFound> = ask(on, sql, [from.into(), to.unwrap_or(Uuid::max()).into()]).await?;
    Ok(found.into_iter().map(as_leaf).collect())
}

async fn ask<T: FromQueryResult>(
    on: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<T>, Fault> {
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    let rows = on.query_all_raw(statement).await?;
    Ok(rows.iter().map(|row| T::from_query_result(row, "")).collect::<Result<Vec<_>, _>>()?)
}

fn as_leaf(found: LeafFound) -> Leaf {
    Leaf { chain: found.chain, seq: found.seq, hash: as_hash(&found.hash) }
}

/// Adds the leaves of a page.
pub(super) async fn add_leaves(on: &impl ConnectionTrait, day: NaiveDate, leaves: &[Leaf]) -> Result<(), Fault> {
    if leaves.is_empty() {
        return Ok(());
    }
    let rows = leaves.iter().map(|leaf| leaf_row::ActiveModel {
        chain: Set(leaf.chain),
        day: Set(day),
        seq: Set(leaf.seq),
        hash: Set(leaf.hash.to_vec()),
    });
    // A leaf that was put there beforehand by somebody else must not keep the day from being closed.
    let ours = OnConflict::columns([leaf_row::Column::Chain, leaf_row::Column::Day])
        .update_columns([leaf_row::Column::Seq, leaf_row::Column::Hash])
        .to_owned();
    leaf_row::Entity::insert_many(rows).on_conflict(ours).exec_without_returning(on).await?;
    Ok(())
}

/// Adds the blocks of a page: place, first chain, hash.
pub(super) async fn add_blocks(
    on: &impl ConnectionTrait,
    day: NaiveDate,
    blocks: &[(u64, Uuid, Hash)],
) -> Result<(), Fault> {
    if blocks.is_empty() {
        return Ok(());
    }
    let rows = blocks.iter().map(|(place, first, hash)| block_row::ActiveModel {
        day: Set(day),
        place: Set(*place as i64),
        first: Set(*first),
        hash: Set(hash.to_vec()),
    });
    block_row::Entity::insert_many(rows).exec_without_returning(on).await?;
    Ok(())
}

/// Adds the root of a day.
pub(super) async fn add_root(on: &impl ConnectionTrait, root: &Root) -> Result<(), Fault> {
    let row = root_row::ActiveModel {
        day: Set(root.day),
        closed: Set(root.closed),
        chains: Set(root.chains as i64),
        rows: Set(root.rows as i64),
        root: Set(root.root.to_vec()),
        previous: Set(root.previous.to_vec()),
        key_id: Set(root.key.to_string()),
        point: Set(root.point.clone()),
        signature: Set(root.signature.clone()),
    };
    root_row::Entity::insert(row).exec_without_returning(on).await?;
    Ok(())
}

/// The newest root.
pub async fn last(on: &impl ConnectionTrait) -> Result<Option<Root>, Fault> {
    let found = root_row::Entity::find().order_by_desc(root_row::Column::Day).limit(1).one(on).await?;
    Ok(found.map(as_root))
}

/// The root of a day.
pub async fn of_day(on: &impl ConnectionTrait, day: NaiveDate) -> Result<Option<Root>, Fault> {
    Ok(root_row::Entity::find_by_id(day).one(on).await?.map(as_root))
}

/// Roots before a day, the newest first.
pub async fn list(on: &impl ConnectionTrait, before: Option<NaiveDate>, limit: u64) -> Result<Vec<Root>, Fault> {
    let mut asked = root_row::Entity::find().order_by_desc(root_row::Column::Day).limit(limit);
    if let Some(day) = before {
        asked = asked.filter(root_row::Column::Day.lt(day));
    }
    Ok(asked.all(on).await?.into_iter().map(as_root).collect())
}

/// All roots, the oldest first: one a day.
pub(crate) async fn all(on: &impl ConnectionTrait) -> Result<Vec<Root>, Fault> {
    let found = root_row::Entity::find().order_by_asc(root_row::Column::Day).all(on).await?;
    Ok(found.into_iter().map(as_root).collect())
}

/// Leaves in the order of chain and day, after one of them.
pub(crate) async fn leaves_after(
    on: &impl ConnectionTrait,
    after: Option<(Uuid, NaiveDate)>,
    limit: u64,
) -> Result<Vec<(NaiveDate, Leaf)>, Fault> {
    use sea_orm::sea_query::ExprTrait;
    let mut asked =
        leaf_row::Entity::find().order_by_asc(leaf_row::Column::Chain).order_by_asc(leaf_row::Column::Day).limit(limit);
    if let Some((chain, day)) = after {
        let further = leaf_row::Column::Chain.eq(chain).and(leaf_row::Column::Day.gt(day));
        asked = asked.filter(leaf_row::Column::Chain.gte(chain).and(leaf_row::Column::Chain.gt(chain).or(further)));
    }
    Ok(asked.all(on).await?.into_iter().map(|row| (row.day, of_row(&row))).collect())
}

/// The newest leaf of a chain up to a day.
pub(super) async fn leaf_at(on: &impl ConnectionTrait, chain: Uuid, day: NaiveDate) -> Result<Option<Leaf>, Fault> {
    let found = leaf_row::Entity::find()
        .filter(leaf_row::Column::Chain.eq(chain))
        .filter(leaf_row::Column::Day.lte(day))
        .order_by_desc(leaf_row::Column::Day)
        .limit(1)
        .one(on)
        .await?;
    Ok(found.map(|row| of_row(&row)))
}

/// The blocks of a day in order: first chain and hash.
pub(super) async fn blocks(on: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<(Uuid, Hash)>, Fault> {
    let asked = block_row::Entity::find().filter(block_row::Column::Day.eq(day));
    let found = asked.order_by_asc(block_row::Column::Place).all(on).await?;
    Ok(found.into_iter().map(|row| (row.first, as_hash(&row.hash))).collect())
}

/// The leaves of a block as of a day, from `first` to before `end`.
pub(super) async fn leaves_of_block(
    on: &impl ConnectionTrait,
    day: NaiveDate,
    first: Uuid,
    end: Option<Uuid>,
) -> Result<Vec<Leaf>, Fault> {
    let mut asked = leaf_row::Entity::find()
        .filter(leaf_row::Column::Chain.gte(first))
        .filter(leaf_row::Column::Day.lte(day))
        .order_by_asc(leaf_row::Column::Chain)
        .order_by_asc(leaf_row::Column::Day);
    if let Some(end) = end {
        asked = asked.filter(leaf_row::Column::Chain.lt(end));
    }
    let mut leaves: Vec<Leaf> = Vec::new();
    for row in asked.all(on).await? {
        // The last of a chain counts.
        leaves.pop_if(|leaf| leaf.chain == row.chain);
        leaves.push(of_row(&row));
    }
    Ok(leaves)
}

fn of_row(row: &leaf_row::Model) -> Leaf {
    Leaf { chain: row.chain, seq: row.seq, hash: as_hash(&row.hash) }
}

/// A hash of the wrong length was tampered with; all ones stand for it, which nothing's hash is.
pub(super) fn as_hash(bytes: &[u8]) -> Hash {
    bytes.try_into().unwrap_or([0xff; 32])
}

fn as_root(row: root_row::Model) -> Root {
    Root {
        day: row.day,
        closed: row.closed,
        chains: row.chains as u64,
        rows: row.rows as u64,
        root: as_hash(&row.root),
        previous: as_hash(&row.previous),
        // An id that is none belongs to no key; so does this one.
        key: row.key_id.parse().unwrap_or_else(|_| crate::vault::KeyId::none()),
        point: row.point,
        signature: row.signature,
    }
}
