//! Sealed columns: nothing in clear in the database, nothing moved unnoticed, keys changed while rows stay readable.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use platform::sealed::{self, Marked, Sealed, SealedTable, Sealer, Sealing, Tables, tidy_name, tidy_number};
use platform::vault::{KeyFault, Purpose, Vault};
use platform::{Clock, Database, Dispatcher, Fault, Migrations, World};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Statement};
use sea_orm_migration::prelude::*;
use uuid::Uuid;

use crate::ground;

struct People;

impl MigrationName for People {
    fn name(&self) -> &str {
        "sealing_0001_people"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for People {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let people = Table::create()
            .table("sealing_person")
            .col(ColumnDef::new("id").uuid().not_null().primary_key())
            .col(ColumnDef::new("name").text().not_null())
            .col(ColumnDef::new("number").text())
            .col(ColumnDef::new("number_mark").string_len(48).unique_key())
            .to_owned();
        manager.create_table(people).await
    }
}

mod person {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sealing_person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub number: Option<String>,
        pub number_mark: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Sealed for person::Entity {
    const SEALED: &'static [person::Column] = &[person::Column::Name, person::Column::Number];
    const MARKED: &'static [Marked<person::Column>] = &[NUMBER];
}

const NUMBER: Marked<person::Column> =
    Marked { of: person::Column::Number, mark: person::Column::NumberMark, tidy: tidy_number };

fn migrations() -> Vec<Migrations> {
    let mut all = ground::migrations();
    all.push(Migrations::new("sealing", vec![Box::new(People)]));
    all
}

/// A world with the table and a key store of its own, on each engine.
async fn each(body: impl AsyncFn(&World, &Vault)) {
    ground::each_db(async |db, _| {
        db.migrate(&migrations()).await.unwrap();
        let keys = tempfile::tempdir().unwrap();
        let (world, _folder) = ground::world(&db.with_sealer(Sealer::in_folder(keys.path())));
        world.parts.install(Tables(vec![SealedTable::of::<person::Entity>()]));
        let vault = Vault::open_at(keys.path(), None, None).unwrap();
        body(&world, &vault).await;
    })
    .await;
}

fn zhang(id: u128) -> person::Model {
    let number = format!("1101011949{id:08}");
    person::Model { id: Uuid::from_u128(id), name: format!("张三{id}"), number: Some(number), number_mark: None }
}

/// Writes rows; `clear` as a version before sealing did.
async fn put(db: &Database, rows: Vec<person::Model>, clear: bool) {
    let rows = &rows;
    db.write(None, async |tx| {
        let mut rows = rows.clone();
        if !clear {
            rows.iter_mut().try_for_each(|row| sealed::seal::<person::Entity>(tx.conn().sealer(), row))?;
        }
        let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        person::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
        Ok(())
    })
    .await
    .unwrap();
}

async fn all(db: &Database) -> Result<Vec<person::Model>, Fault> {
    let rows = person::Entity::find().order_by_asc(person::Column::Id).all(db.reader()).await?;
    sealed::open_all::<person::Entity>(db.reader().sealer(), rows)
}

async fn find(db: &Database, number: &str) -> Option<person::Model> {
    let which = sealed::finds::<person::Entity>(db.reader().sealer(), &NUMBER, number).unwrap();
    let found = person::Entity::find().filter(which).one(db.reader()).await.unwrap()?;
    Some(sealed::open::<person::Entity>(db.reader().sealer(), found).unwrap())
}

async fn raw(db: &Database) -> String {
    let ask = Statement::from_string(db.engine().backend(), "SELECT name, number, number_mark FROM sealing_person");
    let rows = db.reader().query_all_raw(ask).await.unwrap();
    rows.iter()
        .flat_map(|row| (0..3).map(|at| row.try_get_by_index::<Option<String>>(at).unwrap().unwrap_or_default()))
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test]
async fn a_sealed_row_comes_back_is_found_by_its_mark_and_says_nothing_in_the_database() {
    each(async |world, _| {
        let nobody = person::Model { number: None, ..zhang(2) };
        put(&world.db, vec![zhang(1), nobody], false).await;
        let found = all(&world.db).await.unwrap();
        assert_eq!((found[0].name.as_str(), found[0].number.as_deref()), ("张三1", Some("110101194900000001")));
        assert_eq!((found[1].number.as_deref(), found[1].number_mark.as_deref()), (None, None));
        assert_eq!(find(&world.db, " 110101 194900000001").await.unwrap().name, "张三1");
        assert_eq!(find(&world.db, "110101194900000003").await, None);
        let raw = raw(&world.db).await;
        assert!(!raw.contains("张三") && !raw.contains("1949"), "{raw}");
    })
    .await;
}

#[tokio::test]
async fn what_was_moved_to_another_row_or_column_does_not_open() {
    each(async |world, _| {
        put(&world.db, vec![zhang(1), zhang(2)], false).await;
        let rows = person::Entity::find().order_by_asc(person::Column::Id).all(world.db.reader()).await.unwrap();
        for (column, foreign) in
            [(person::Column::Name, rows[0].name.clone()), (person::Column::Name, rows[1].number.clone().unwrap())]
        {
            let foreign = &foreign;
            world
                .db
                .write(None, async |tx| {
                    let moved = person::Entity::update_many().col_expr(column, Expr::value(foreign.as_str()));
                    moved.filter(person::Column::Id.eq(rows[1].id)).exec(tx.conn()).await?;
                    Ok(())
                })
                .await
                .unwrap();
            assert!(matches!(all(&world.db).await, Err(Fault::Internal(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn rows_from_before_sealing_are_read_found_and_end_sealed() {
    each(async |world, _| {
        put(&world.db, (1..=450).map(zhang).collect(), true).await;
        assert_eq!(find(&world.db, "110101194900000007").await.unwrap().name, "张三7");
        assert!(sealed::arrange(world).await.unwrap(), "there is something to do");
        Dispatcher::new(world.clone(), vec![], sealed::jobs()).run_until_empty().await.unwrap();
        assert_eq!(platform::queue::dead_letters(&world.db, 10).await.unwrap(), []);
        let left = sealed::standing(world).await.unwrap();
        assert_eq!((left[0].rows, left[0].left), (450, 0));
        assert!(!raw(&world.db).await.contains("张三"));
        assert_eq!(find(&world.db, "110101194900000007").await.unwrap().name, "张三7");
        assert!(!sealed::arrange(world).await.unwrap(), "nothing is left");
    })
    .await;
}

#[tokio::test]
async fn a_new_key_seals_at_once_and_the_old_one_goes_only_when_nothing_uses_it() {
    each(async |world, vault| {
        put(&world.db, vec![zhang(1)], false).await;
        let old: BTreeMap<String, _> =
            vault.list().unwrap().into_iter().map(|key| (key.purpose.to_string(), key.id)).collect();
        let (seal, mark) = (old["personal-data"], old["blind-index"]);
        let now = Clock::System.now_utc();
        assert!(matches!(vault.destroy(seal, now), Err(KeyFault::InForce(_))));
        let new = vault.rotate(&Purpose::PersonalData, now).unwrap();
        vault.rotate(&Purpose::BlindIndex, now).unwrap();

        put(&world.db, vec![zhang(2)], false).await;
        assert_eq!(all(&world.db).await.unwrap().len(), 2, "both keys are read");
        for person in [zhang(1), zhang(2)] {
            assert!(find(&world.db, person.number.as_ref().unwrap()).await.is_some(), "both marks are found");
        }
        assert_eq!(sealed::uses(world, seal).await.unwrap(), BTreeMap::from([("sealing_person", 1)]));
        assert_eq!(sealed::uses(world, new.id).await.unwrap(), BTreeMap::from([("sealing_person", 1)]));

        assert_eq!(sealed::seal_all(world).await.unwrap(), 1);
        assert_eq!(sealed::uses(world, seal).await.unwrap(), BTreeMap::new());
        assert_eq!(sealed::uses(world, mark).await.unwrap(), BTreeMap::new());
        assert!(matches!(vault.destroy(seal, now), Err(KeyFault::TooSoon(_))));
        let later = now + TimeDelta::minutes(6);
        assert!(vault.destroy(seal, later).unwrap().destroyed.is_some());
        assert!(matches!(vault.destroy(seal, later), Err(KeyFault::DestroyedBefore(_))));
        assert_eq!(all(&world.db).await.unwrap().len(), 2);
        assert!(vault.secret_of_id(seal).unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn another_master_key_opens_the_same_keys_also_for_who_has_them_open() {
    let folder = tempfile::tempdir().unwrap();
    let running = Vault::open_at(folder.path(), None, None).unwrap();
    let before = running.secret(&Purpose::PersonalData, Clock::System.now_utc()).unwrap();
    let file = folder.path().join("master.key");
    let old = std::fs::read(&file).unwrap();
    let done = Vault::open_at(folder.path(), None, None).unwrap().rewrap().unwrap();
    assert!(done.in_file && done.keys == 1);
    assert_ne!(std::fs::read(&file).unwrap(), old, "the file holds the new one");
    let after = running.secret(&Purpose::PersonalData, Clock::System.now_utc()).unwrap();
    assert_eq!(after.bytes, before.bytes, "a running server goes on");
    assert_eq!(
        Vault::open_at(folder.path(), None, None).unwrap().secret_of_id(before.id).unwrap().unwrap().bytes,
        before.bytes
    );
    let digits = String::from_utf8(old).unwrap();
    let fault = Vault::open_at(folder.path(), None, Some(digits.trim())).err().unwrap();
    assert!(matches!(fault, KeyFault::Sealed { .. }), "the old one opens nothing any more: {fault}");
}

#[test]
fn a_name_is_found_however_its_dots_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let sealer = Sealer::in_folder(folder.path());
    let mark = |name: &str| sealer.mark("t.name", &tidy_name(name)).unwrap();
    assert_eq!(mark("阿卜杜·热合曼"), mark("阿卜杜热合曼 "));
    assert!(Sealer::default().seal("t.name/1", "x").is_err(), "without a key store nothing is sealed");
}
