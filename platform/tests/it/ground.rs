//! What the other files stand on: migrated databases, a table to write to, a world.

use platform::clock::FixedClock;
use platform::config::Config;
use platform::parts::Parts;
use platform::sealed::{Sealer, Sealing};
use platform::world::Ground;
use platform::{Blobs, Clock, Database, Migrations, World};
use sea_orm_migration::prelude::*;
use testkit::moment;

/// A table of things with a number, standing for any module's table.
struct Things;

impl MigrationName for Things {
    fn name(&self) -> &str {
        "test_0001_things"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Things {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let things = Table::create()
            .table("test_thing")
            .col(ColumnDef::new("name").text().not_null().primary_key())
            .col(ColumnDef::new("number").big_integer().not_null())
            .to_owned();
        manager.create_table(things).await
    }
}

pub fn migrations() -> Vec<Migrations> {
    vec![Migrations::new("test", vec![Box::new(Things)])]
}

/// Runs `body` on both engines with the tables in place.
pub async fn each(body: impl AsyncFn(String)) {
    let prepare = async |url: String| {
        let db = Database::open(&url).await.unwrap();
        db.migrate(&migrations()).await.unwrap();
        db.close().await;
    };
    testkit::each_engine_from("platform", prepare, body).await;
}

/// As [`each`], with the database opened under a clock that stands at half past nine on 2 March 2026.
pub async fn each_db(body: impl AsyncFn(Database, FixedClock)) {
    each(async |url| {
        let clock = Clock::fixed(moment("2026-03-02 09:30"));
        let Clock::Fixed(hand) = clock.clone() else { unreachable!() };
        let db = Database::open(&url).await.unwrap().with_clock(clock);
        body(db.clone(), hand).await;
        db.close().await;
    })
    .await;
}

/// Seals with the keys that all tests share.
pub fn sealer() -> Sealer {
    Sealer::in_folder(testkit::engines::key_folder())
}

/// A world around the database, with files in a folder that goes with the value.
pub fn world(db: &Database) -> (World, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path(), db.reader().sealer().clone()).unwrap();
    let ground =
        Ground { db: db.clone(), clock: db.clock().clone(), blobs, config: Config::default(), parts: Parts::default() };
    (World::of(ground), folder)
}

pub mod thing {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "test_thing")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub number: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Writes one thing.
pub async fn put(tx: &platform::Tx, name: &str, number: i64) -> Result<(), platform::Fault> {
    use sea_orm::{ActiveValue::Set, EntityTrait};
    let row = thing::ActiveModel { name: Set(name.to_owned()), number: Set(number) };
    thing::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// All things by name.
pub async fn things(db: &Database) -> Vec<(String, i64)> {
    use sea_orm::{EntityTrait, QueryOrder};
    let all = thing::Entity::find().order_by_asc(thing::Column::Name).all(db.reader()).await.unwrap();
    all.into_iter().map(|thing| (thing.name, thing.number)).collect()
}
