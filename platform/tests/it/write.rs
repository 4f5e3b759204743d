//! The one way to write: all or nothing, and again when a race was lost.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use platform::db::Patience;
use platform::{Database, Engine, Fault, JournalEntry, OutboxEvent, journal, queue};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::ground::{each, each_db, put, thing, things};

#[tokio::test]
async fn an_act_that_fails_leaves_nothing() {
    each_db(async |db, _| {
        let chain = Uuid::new_v4();
        let outcome: Result<(), Fault> = db
            .write(None, async |tx| {
                put(&tx, "a", 1).await?;
                tx.record(JournalEntry::new(chain, "a", "act", "s"));
                tx.publish(OutboxEvent::new("topic", "s"));
                Err(Fault::NotAllowed)
            })
            .await;
        assert_eq!(outcome, Err(Fault::NotAllowed));
        assert!(things(&db).await.is_empty());
        assert!(journal::read(db.reader(), chain, 0).await.unwrap().is_empty());
        assert_eq!(queue::waiting(&db).await, Ok(0));
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_the_commit_is_in_it() {
    each_db(async |db, _| {
        db.write(None, async |tx| put(&tx, "a", 1).await).await.unwrap();
        let chain = Uuid::new_v4();
        for number in 2..5 {
            db.write(None, async |tx| {
                let more = Query::update()
                    .table(thing::Entity)
                    .value(thing::Column::Number, number)
                    .and_where(thing::Column::Name.eq("a"))
                    .to_owned();
                let insert = Query::insert()
                    .into_table(thing::Entity)
                    .columns([thing::Column::Name, thing::Column::Number])
                    .values_panic([format!("b{number}").into(), number.into()])
                    .to_owned();
                tx.with_commit(more);
                tx.with_commit(insert);
                tx.record(JournalEntry::new(chain, "a", "act", number));
                tx.publish(OutboxEvent::new("topic", number));
                Ok(())
            })
            .await
            .unwrap();
        }
        let expected = [("a", 4), ("b2", 2), ("b3", 3), ("b4", 4)].map(|(name, number)| (name.to_owned(), number));
        assert_eq!(things(&db).await, expected);
        let rows = journal::read(db.reader(), chain, 0).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.subject.as_str()).collect::<Vec<_>>(), ["2", "3", "4"]);
        assert_eq!(queue::waiting(&db).await, Ok(3));
        db.write(None, async |tx| {
            tx.with_commit(Query::delete().from_table(thing::Entity).to_owned());
            Ok(())
        })
        .await
        .unwrap();
        assert!(things(&db).await.is_empty());
    })
    .await;
}

/// Eight acts at once read the same row without locking it and leave `number + 1` to the commit.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_guarded_update_that_lost_its_row_is_decided_again() {
    each(async |url| {
        let db = Database::open(&url).await.unwrap().with_patience(Patience { again_max: 50, pause_ms: 1 });
        let chain = Uuid::new_v4();
        db.write(None, async |tx| put(&tx, "a", 0).await).await.unwrap();
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    for _ in 0..5 {
                        db.write(None, async |tx| {
                            let read = thing::Entity::find_by_id("a").one(tx.conn()).await?.ok_or(Fault::NotFound)?;
                            let update = Query::update()
                                .table(thing::Entity)
                                .value(thing::Column::Number, read.number + 1)
                                .and_where(thing::Column::Name.eq("a"))
                                .and_where(thing::Column::Number.eq(read.number))
                                .to_owned();
                            tx.with_commit_unless_changed(update);
                            tx.record(JournalEntry::new(chain, "a", "act", read.number + 1));
                            Ok(())
                        })
                        .await
                        .unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(things(&db).await, [("a".to_owned(), 40)]);
        let told: Vec<String> =
            journal::read(db.reader(), chain, 0).await.unwrap().into_iter().map(|row| row.subject).collect();
        assert_eq!(told, (1..=40).map(|number| number.to_string()).collect::<Vec<_>>());
        assert!(journal::verify(&db).await.unwrap().is_whole());
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_guard_that_never_fits_leaves_nothing_and_says_busy() {
    each_db(async |db, _| {
        let db = db.with_patience(Patience { again_max: 1, pause_ms: 1 });
        let chain = Uuid::new_v4();
        for begun in [false, true] {
            let outcome = db
                .write(None, async |tx| {
                    if begun {
                        put(&tx, "a", 1).await?;
                    }
                    let nobody =
                        Query::delete().from_table(thing::Entity).and_where(thing::Column::Name.eq("z")).to_owned();
                    tx.with_commit_unless_changed(nobody);
                    let insert = Query::insert()
                        .into_table(thing::Entity)
                        .columns([thing::Column::Name, thing::Column::Number])
                        .values_panic(["b".into(), 1.into()])
                        .to_owned();
                    tx.with_commit(insert);
                    tx.record(JournalEntry::new(chain, "a", "act", "s"));
                    tx.publish(OutboxEvent::new("topic", "s"));
                    Ok(())
                })
                .await;
            assert!(matches!(&outcome, Err(fault) if fault.is_busy()), "{outcome:?}");
        }
        assert!(things(&db).await.is_empty());
        assert!(journal::read(db.reader(), chain, 0).await.unwrap().is_empty());
        assert_eq!(queue::waiting(&db).await, Ok(0));
    })
    .await;
}

#[tokio::test]
async fn an_act_sees_what_it_has_written() {
    each_db(async |db, _| {
        db.write(None, async |tx| {
            assert!(thing::Entity::find_by_id("a").one(tx.conn()).await?.is_none());
            put(&tx, "a", 1).await?;
            assert!(thing::Entity::find_by_id("a").one(tx.conn()).await?.is_some());
            assert_eq!(thing::Entity::find().all(tx.conn()).await?.len(), 1);
            assert!(thing::Entity::find().all(db.reader()).await?.is_empty(), "nobody else sees it");
            Ok(())
        })
        .await
        .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_thousand_rows_in_one_act_stay_in_order() {
    each_db(async |db, _| {
        let (one, two) = (Uuid::new_v4(), Uuid::new_v4());
        for _ in 0..2 {
            db.write(None, async |tx| {
                for number in 0..1_000 {
                    tx.record(JournalEntry::new(if number % 3 == 0 { one } else { two }, "a", "act", number));
                    tx.publish(OutboxEvent::new("topic", number));
                }
                Ok(())
            })
            .await
            .unwrap();
        }
        let verified = journal::verify(&db).await.unwrap();
        assert_eq!((verified.chains, verified.rows, verified.is_whole()), (2, 2_000, true), "{:?}", verified.findings);
        let rows = journal::read(db.reader(), one, 0).await.unwrap();
        assert_eq!(rows[333].subject, "999");
        assert_eq!(rows[334].subject, "0");
        assert_eq!(queue::waiting(&db).await, Ok(2_000));
    })
    .await;
}

#[tokio::test]
async fn an_act_is_done_again_when_the_database_asks_for_it() {
    each_db(async |db, _| {
        let tries = AtomicU32::new(0);
        let outcome = db
            .write(None, async |tx| {
                put(&tx, "a", 1).await?;
                match tries.fetch_add(1, Ordering::SeqCst) {
                    0 | 1 => Err(Fault::unavailable(platform::fault::DATABASE_BUSY)),
                    _ => Ok(7),
                }
            })
            .await;
        assert_eq!((outcome, tries.load(Ordering::SeqCst)), (Ok(7), 3));
        assert_eq!(things(&db).await.len(), 1);

        let impatient = db.clone().with_patience(Patience { again_max: 2, pause_ms: 1 });
        let tries = AtomicU32::new(0);
        let busy = Fault::unavailable(platform::fault::DATABASE_BUSY);
        let outcome: Result<(), Fault> = impatient
            .write(None, async |_| {
                tries.fetch_add(1, Ordering::SeqCst);
                Err(busy.clone())
            })
            .await;
        assert_eq!((outcome, tries.load(Ordering::SeqCst)), (Err(busy), 3));
    })
    .await;
}

/// Two acts take two rows in opposite order: PostgreSQL ends one with 40P01, SQLite lets them in one by one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_deadlock_is_resolved_by_doing_one_act_again() {
    each(async |url| {
        let db = Database::open(&url).await.unwrap();
        db.write(None, async |tx| {
            put(&tx, "a", 0).await?;
            put(&tx, "b", 0).await
        })
        .await
        .unwrap();
        let tries = std::sync::Arc::new(AtomicU32::new(0));
        let add = |first: &'static str, second: &'static str| {
            let (db, tries) = (db.clone(), tries.clone());
            tokio::spawn(async move {
                db.write(None, async |tx| {
                    tries.fetch_add(1, Ordering::SeqCst);
                    for name in [first, second] {
                        let mut row = thing::Entity::find().filter(thing::Column::Name.eq(name));
                        if tx.engine() == Engine::Postgres {
                            row = row.lock_exclusive();
                        }
                        let number = row.one(tx.conn()).await?.ok_or(Fault::NotFound)?.number;
                        tokio::time::sleep(Duration::from_millis(100)).await;
                        thing::Entity::update_many()
                            .col_expr(thing::Column::Number, Expr::value(number + 1))
                            .filter(thing::Column::Name.eq(name))
                            .exec(tx.conn())
                            .await?;
                    }
                    Ok(())
                })
                .await
            })
        };
        let (one, two) = (add("a", "b"), add("b", "a"));
        assert_eq!(one.await.unwrap(), Ok(()));
        assert_eq!(two.await.unwrap(), Ok(()));
        assert_eq!(things(&db).await, [("a".to_owned(), 2), ("b".to_owned(), 2)]);
        let expected = if db.engine() == Engine::Postgres { 3 } else { 2 };
        assert_eq!(tries.load(Ordering::SeqCst), expected);
        db.close().await;
    })
    .await;
}

/// Read, then write, by many at once: no one's addition is lost and nobody sees `database is locked`.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_write_to_one_chain_and_one_row() {
    each(async |url| {
        // Two openings share nothing in memory, as two processes would.
        let databases = [Database::open(&url).await.unwrap(), Database::open(&url).await.unwrap()];
        let chain = Uuid::new_v4();
        databases[0].write(None, async |tx| put(&tx, "a", 0).await).await.unwrap();
        let tasks: Vec<_> = (0..8)
            .map(|task| {
                let db = databases[task % 2].clone();
                tokio::spawn(async move {
                    for _ in 0..10 {
                        db.write(None, async |tx| {
                            let more = Expr::col(thing::Column::Number).add(1);
                            thing::Entity::update_many().col_expr(thing::Column::Number, more).exec(tx.conn()).await?;
                            tx.record(JournalEntry::new(chain, "a", "act", task));
                            Ok(())
                        })
                        .await
                        .unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(things(&databases[0]).await, [("a".to_owned(), 80)]);
        let verified = journal::verify(&databases[1]).await.unwrap();
        assert_eq!((verified.rows, verified.is_whole()), (80, true), "{:?}", verified.findings);
        for db in databases {
            db.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn two_processes_begin_one_chain_at_once() {
    each(async |url| {
        let databases = [Database::open(&url).await.unwrap(), Database::open(&url).await.unwrap()];
        for _ in 0..20 {
            let chain = Uuid::new_v4();
            let begin = async |db: &Database| {
                db.write(None, async |tx| {
                    tx.record(JournalEntry::new(chain, "a", "act", "s"));
                    Ok(())
                })
                .await
            };
            let both = futures::join!(begin(&databases[0]), begin(&databases[1]));
            assert_eq!(both, (Ok(()), Ok(())));
        }
        let verified = journal::verify(&databases[0]).await.unwrap();
        assert_eq!((verified.chains, verified.rows, verified.is_whole()), (20, 40, true), "{:?}", verified.findings);
        for db in databases {
            db.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_handle_kept_beyond_the_act_commits_nothing() {
    each_db(async |db, _| {
        let kept = std::sync::Mutex::new(None);
        let outcome = db
            .write(None, async |tx| {
                put(&tx, "a", 1).await?;
                *kept.lock().unwrap() = Some(tx.clone());
                Ok(())
            })
            .await;
        assert!(matches!(outcome, Err(Fault::Internal(_))));
        drop(kept);
        assert!(things(&db).await.is_empty());
    })
    .await;
}

/// A request whose browser has gone is dropped wherever it stands.
#[tokio::test]
async fn an_act_dropped_in_the_middle_leaves_nothing_and_blocks_nobody() {
    each_db(async |db, _| {
        for round in 0..3 {
            let reached = tokio::sync::Notify::new();
            let stuck = db.write(None, async |tx| {
                put(&tx, "half", round).await?;
                tx.publish(OutboxEvent::new("topic", "s"));
                reached.notify_one();
                std::future::pending::<Result<(), Fault>>().await
            });
            tokio::select! {
                _ = stuck => panic!("the act does not end"),
                () = reached.notified() => {}
            }
            let name = format!("whole{round}");
            assert_eq!(db.write(None, async |tx| put(&tx, &name, round).await).await, Ok(()));
        }
        assert!(things(&db).await.iter().all(|(name, _)| name.starts_with("whole")));
        assert_eq!(queue::waiting(&db).await, Ok(0));
    })
    .await;
}

#[tokio::test]
async fn readers_of_sqlite_cannot_write() {
    each_db(async |db, _| {
        if db.engine() == Engine::Sqlite {
            let refused = thing::Entity::delete_many().exec(db.reader()).await;
            assert!(refused.unwrap_err().to_string().contains("readonly"));
        }
    })
    .await;
}
