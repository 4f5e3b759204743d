//! The only code that names the tables of this module.

pub mod account;
pub mod session;
pub mod system;
pub mod token;

use chrono::{DateTime, Utc};
use platform::Fault;
use platform::sealed::{self, SealedTable, Sealing};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};
use sea_orm::{DbErr, PaginatorTrait, QuerySelect};
use uuid::Uuid;

/// The account of this login.
pub async fn account_by_login(on: &impl ConnectionTrait, login: &str) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find().filter(account::Column::Login.eq(login)).one(on).await
}

/// All accounts, by login. There are hundreds at most: a district's staff.
pub async fn account_list(on: &impl ConnectionTrait) -> Result<Vec<account::Model>, DbErr> {
    account::Entity::find().order_by_asc(account::Column::Login).limit(5_000).all(on).await
}

/// Adds or replaces an account, by login; the password, the locks and the last sign-in of a known one stay.
pub async fn account_put(on: &impl ConnectionTrait, fresh: account::Model) -> Result<(), DbErr> {
    match account_by_login(on, &fresh.login).await? {
        None => account::Entity::insert(fresh.into_active_model()).exec_without_returning(on).await.map(|_| ()),
        Some(known) => {
            let mut row = fresh.into_active_model().reset_all();
            row.id = Set(known.id);
            row.password_hash = Set(known.password_hash);
            row.first_password = Set(known.first_password);
            row.active = Set(known.active);
            row.failed_sign_ins = Set(known.failed_sign_ins);
            row.locked_until = Set(known.locked_until);
            row.signed_in_at = Set(known.signed_in_at);
            row.update(on).await.map(|_| ())
        }
    }
}

/// Notes a failed sign-in and, when `locked_until` is given, the lock.
pub async fn account_failed(
    on: &impl ConnectionTrait,
    known: account::Model,
    failed: i32,
    locked_until: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    let mut row = known.into_active_model();
    row.failed_sign_ins = Set(failed);
    row.locked_until = Set(locked_until);
    row.update(on).await.map(|_| ())
}

/// Notes a sign-in that worked.
pub async fn account_signed_in(
    on: &impl ConnectionTrait,
    known: account::Model,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut row = known.into_active_model();
    row.failed_sign_ins = Set(0);
    row.locked_until = Set(None);
    row.signed_in_at = Set(Some(at));
    row.update(on).await.map(|_| ())
}

/// The account of this id.
pub async fn account_find(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find_by_id(id).one(on).await
}

/// Gives an account another password, and says whether it is one that others know.
pub async fn account_password(on: &impl ConnectionTrait, id: Uuid, hash: &str, first: bool) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .col_expr(account::Column::FirstPassword, Expr::value(first))
        .filter(account::Column::Id.eq(id))
        .exec(on)
        .await
        .map(|_| ())
}

/// Opens or closes an account for sign-in, and forgets failed ones.
pub async fn account_open(on: &impl ConnectionTrait, id: Uuid, active: bool) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::Active, Expr::value(active))
        .col_expr(account::Column::FailedSignIns, Expr::value(0))
        .col_expr(account::Column::LockedUntil, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(account::Column::Id.eq(id))
        .exec(on)
        .await
        .map(|_| ())
}

/// Opens a session and ends the actor's oldest ones beyond `most`, and everybody's expired ones.
pub async fn session_open(on: &impl Sealing, mut fresh: session::Model, most: u64) -> Result<(), Fault> {
    let now = fresh.started_at;
    let actor = fresh.actor_id.clone();
    sealed::seal::<session::Entity>(on.sealer(), &mut fresh)?;
    session::Entity::insert(fresh.into_active_model()).exec_without_returning(on).await?;
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(now)).exec(on).await?;
    let beyond: Vec<String> = session::Entity::find()
        .filter(session::Column::ActorId.eq(actor))
        .order_by_desc(session::Column::StartedAt)
        .offset(most)
        .limit(100)
        .all(on)
        .await?
        .into_iter()
        .map(|old| old.id)
        .collect();
    if !beyond.is_empty() {
        session::Entity::delete_many().filter(session::Column::Id.is_in(beyond)).exec(on).await?;
    }
    Ok(())
}

/// The session with this id that has not expired.
pub async fn session_find(on: &impl Sealing, id: &str, now: DateTime<Utc>) -> Result<Option<session::Model>, Fault> {
    let found = session::Entity::find_by_id(id).filter(session::Column::ExpiresAt.gt(now)).one(on).await?;
    sealed::open_one::<session::Entity>(on.sealer(), found)
}

/// How many sessions have not expired.
pub async fn sessions_open(on: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    session::Entity::find().filter(session::Column::ExpiresAt.gt(now)).count(on).await
}

/// Prolongs a session.
pub async fn session_seen(
    on: &impl ConnectionTrait,
    id: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::SeenAt, Expr::value(now))
        .col_expr(session::Column::ExpiresAt, Expr::value(until))
        .filter(session::Column::Id.eq(id))
        .exec(on)
        .await
        .map(|_| ())
}

/// Ends all sessions of an actor but this one; gives how many.
pub async fn session_end_all(on: &impl ConnectionTrait, actor: &str, but: Option<&str>) -> Result<u64, DbErr> {
    let all = session::Entity::delete_many().filter(session::Column::ActorId.eq(actor));
    let ended = match but {
        Some(own) => all.filter(session::Column::Id.ne(own)).exec(on).await?,
        None => all.exec(on).await?,
    };
    Ok(ended.rows_affected)
}

/// Ends a session.
pub async fn session_end(on: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    session::Entity::delete_by_id(id).exec(on).await.map(|_| ())
}

/// The tables with sealed columns. Accounts are not among them: who acts for an authority does so by name.
pub fn sealed() -> Vec<SealedTable> {
    vec![SealedTable::of::<session::Entity>()]
}

/// Adds a system.
pub async fn system_insert(on: &impl ConnectionTrait, row: system::Model) -> Result<(), DbErr> {
    system::Entity::insert(row.into_active_model()).exec_without_returning(on).await.map(|_| ())
}

/// The system of this id.
pub async fn system_find(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<system::Model>, DbErr> {
    system::Entity::find_by_id(id).one(on).await
}

/// The system of this name.
pub async fn system_by_name(on: &impl ConnectionTrait, name: &str) -> Result<Option<system::Model>, DbErr> {
    system::Entity::find().filter(system::Column::Name.eq(name)).one(on).await
}

/// All systems, by name. There are dozens at most.
pub async fn system_list(on: &impl ConnectionTrait) -> Result<Vec<system::Model>, DbErr> {
    system::Entity::find().order_by_asc(system::Column::Name).limit(1_000).all(on).await
}

/// Adds a token.
pub async fn token_insert(on: &impl ConnectionTrait, row: token::Model) -> Result<(), DbErr> {
    token::Entity::insert(row.into_active_model()).exec_without_returning(on).await.map(|_| ())
}

/// The token of this number with its system.
pub async fn token_find(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<(token::Model, system::Model)>, DbErr> {
    let Some(row) = token::Entity::find_by_id(id).one(on).await? else { return Ok(None) };
    Ok(system_find(on, row.system).await?.map(|system| (row, system)))
}

/// All tokens, the newest first.
pub async fn token_list(on: &impl ConnectionTrait) -> Result<Vec<token::Model>, DbErr> {
    token::Entity::find().order_by_desc(token::Column::MadeAt).limit(5_000).all(on).await
}

/// Notes that a token was used.
pub async fn token_used(on: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<(), DbErr> {
    token_set(on, id, token::Column::LastUsedAt, at).await
}

/// Has a token end at another time.
pub async fn token_ends(on: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<(), DbErr> {
    token_set(on, id, token::Column::ExpiresAt, at).await
}

/// Notes that a token was revoked.
pub async fn token_revoked(on: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<(), DbErr> {
    token_set(on, id, token::Column::RevokedAt, at).await
}

async fn token_set(on: &impl ConnectionTrait, id: Uuid, column: token::Column, at: DateTime<Utc>) -> Result<(), DbErr> {
    token::Entity::update_many()
        .col_expr(column, Expr::value(at))
        .filter(token::Column::Id.eq(id))
        .exec(on)
        .await
        .map(|_| ())
}
