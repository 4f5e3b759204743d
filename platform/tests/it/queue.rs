//! Events and jobs: claimed by one, delivered at least once, given up in the open.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use platform::queue::{self, Delivery, LEASE, Place, TRIES_MAX};
use platform::{Database, Dispatcher, Fault, Job, JobKind, JournalEntry, Listener, OutboxEvent, World, journal};
use uuid::Uuid;

use crate::ground::{each, each_db, put, things, world};

async fn publish(db: &Database, count: u32) {
    db.write(None, async |tx| {
        (0..count).for_each(|number| tx.publish(OutboxEvent::new("test.happened", number)));
        Ok(())
    })
    .await
    .unwrap();
}

/// Counts what it hears by subject.
#[derive(Clone, Default)]
struct Ear(Arc<Mutex<HashMap<String, u32>>>);

impl Ear {
    fn hear(&self, delivery: &Delivery) {
        *self.0.lock().unwrap().entry(delivery.subject.clone()).or_default() += 1;
    }

    fn listener(&self) -> Listener {
        let ear = self.clone();
        Listener::new("test.happened", "test.ear", move |_, event| {
            let ear = ear.clone();
            async move {
                ear.hear(&event);
                Ok(())
            }
        })
    }

    fn heard(&self) -> Vec<u32> {
        self.0.lock().unwrap().values().copied().collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_workers_hear_each_event_once() {
    each(async |url| {
        let db = Database::open(&url).await.unwrap();
        publish(&db, 500).await;
        let ear = Ear::default();
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let (url, ear) = (url.clone(), ear.clone());
                tokio::spawn(async move {
                    let db = Database::open(&url).await.unwrap();
                    let (world, _folder) = world(&db);
                    let dispatcher = Dispatcher::new(world, vec![ear.listener()], vec![]);
                    let delivered = dispatcher.run_until_empty().await.unwrap();
                    db.close().await;
                    delivered
                })
            })
            .collect();
        let mut delivered = 0;
        for task in tasks {
            delivered += task.await.unwrap();
        }
        // A worker that met another one claiming may have gone home early.
        let (rest, _folder) = world(&db);
        delivered += Dispatcher::new(rest, vec![ear.listener()], vec![]).run_until_empty().await.unwrap();
        assert_eq!(delivered, 500);
        assert_eq!(ear.heard(), vec![1; 500]);
        assert_eq!(queue::waiting(&db).await, Ok(0));
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_dead_worker_had_claimed_is_delivered_when_its_lease_ends() {
    each_db(async |db, clock| {
        publish(&db, 3).await;
        let (world, _folder) = world(&db);
        // This worker dies in the middle: its round is dropped while the listener is at work.
        let reached = Arc::new(tokio::sync::Notify::new());
        let reaching = reached.clone();
        let stuck = Listener::new("test.happened", "test.ear", move |_, _| {
            let reached = reaching.clone();
            async move {
                reached.notify_one();
                std::future::pending().await
            }
        });
        let dying = Dispatcher::new(world.clone(), vec![stuck], vec![]);
        tokio::select! {
            _ = dying.round() => panic!("the listener does not end"),
            () = reached.notified() => {}
        }
        let ear = Ear::default();
        let next = Dispatcher::new(world, vec![ear.listener()], vec![]);
        assert_eq!(next.run_until_empty().await, Ok(0), "the lease holds");
        clock.advance(LEASE);
        assert_eq!(next.run_until_empty().await, Ok(3));
        assert_eq!(ear.heard(), [1, 1, 1]);
        assert_eq!(queue::waiting(&db).await, Ok(0));
    })
    .await;
}

#[tokio::test]
async fn a_failed_delivery_is_tried_again_later_and_in_the_end_given_up_in_the_open() {
    each_db(async |db, clock| {
        publish(&db, 1).await;
        let (world, _folder) = world(&db);
        let tries = Arc::new(AtomicU32::new(0));
        let counted = tries.clone();
        let failing = Listener::new("test.happened", "test.failing", move |_, event| {
            let tries = counted.fetch_add(1, Ordering::SeqCst) + 1;
            async move {
                assert_eq!(event.tries, tries as i32);
                match tries {
                    2 => panic!("a listener that panics is one that fails"),
                    _ => Err(Fault::unavailable("outside")),
                }
            }
        });
        let dispatcher = Dispatcher::new(world.clone(), vec![failing], vec![]);
        assert_eq!(dispatcher.run_until_empty().await, Ok(1));
        assert_eq!(dispatcher.run_until_empty().await, Ok(0), "it waits");
        for _ in 1..TRIES_MAX {
            clock.advance(TimeDelta::hours(3));
            assert_eq!(dispatcher.run_until_empty().await, Ok(1));
        }
        clock.advance(TimeDelta::hours(3));
        assert_eq!(dispatcher.run_until_empty().await, Ok(0));
        assert_eq!(tries.load(Ordering::SeqCst), TRIES_MAX as u32);

        let dead = queue::dead_letters(&db, 10).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert_eq!(dead[0].reason, "test.failing: unavailable: outside");
        queue::revive(&db, dead[0].id).await.unwrap();
        assert_eq!(queue::revive(&db, dead[0].id).await, Err(Fault::NotFound));
        let ear = Ear::default();
        assert_eq!(Dispatcher::new(world, vec![ear.listener()], vec![]).run_until_empty().await, Ok(1));
        assert_eq!(ear.heard(), [1]);
    })
    .await;
}

/// Writes one thing about an event, under the mark of the listener.
async fn keep(world: World, event: Delivery) -> Result<(), Fault> {
    world
        .db
        .write(None, async |tx| {
            tx.once("test.keep", event.id).await?;
            put(&tx, &event.subject, event.tries.into()).await
        })
        .await
}

/// The same, with a request key instead of a mark.
async fn record(world: World, event: Delivery) -> Result<(), Fault> {
    world
        .db
        .write(Some(&event.request_key("test.record")?), async |tx| {
            tx.record(JournalEntry::new(Uuid::nil(), "test.record", "test.recorded", &event.subject));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn hearing_twice_changes_nothing() {
    each_db(async |db, clock| {
        publish(&db, 2).await;
        let (world, _folder) = world(&db);
        let listeners = |last_fails: bool| {
            vec![
                Listener::new("test.happened", "test.keep", keep),
                Listener::new("test.happened", "test.record", record),
                Listener::new("test.happened", "test.last", move |_, _| async move {
                    if last_fails { Err(Fault::unavailable("outside")) } else { Ok(()) }
                }),
            ]
        };
        let failing = Dispatcher::new(world.clone(), listeners(true), vec![]);
        assert_eq!(failing.run_until_empty().await, Ok(2));
        clock.advance(TimeDelta::minutes(1));
        assert_eq!(failing.run_until_empty().await, Ok(2));
        clock.advance(TimeDelta::minutes(1));
        assert_eq!(Dispatcher::new(world, listeners(false), vec![]).run_until_empty().await, Ok(2));
        assert_eq!(things(&db).await, [("0".to_owned(), 1), ("1".to_owned(), 1)]);
        assert_eq!(journal::read(db.reader(), Uuid::nil(), 0).await.unwrap().len(), 2);
        assert_eq!(queue::waiting(&db).await, Ok(0));
    })
    .await;
}

async fn work(world: World, job: Delivery) -> Result<(), Fault> {
    world.db.write(None, async |tx| put(&tx, &job.subject, job.facts::<i64>()?).await).await
}

async fn schedule(db: &Database, jobs: impl IntoIterator<Item = Job> + Clone) {
    db.write(None, async |tx| {
        jobs.clone().into_iter().for_each(|job| tx.schedule(job));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_job_is_done_when_it_falls_due_and_the_last_word_under_a_key_counts() {
    each_db(async |db, clock| {
        let (world, _folder) = world(&db);
        let dispatcher = Dispatcher::new(world, vec![], vec![JobKind::new("test.work", work)]);
        let now = clock.now_utc();
        let job = |subject: &str, number: i64| Job::new("test.work", subject).holding(&number.into());
        let in_hours = |hours| now + TimeDelta::hours(hours);
        schedule(
            &db,
            [
                job("at once", 1),
                job("later", 2).due(in_hours(2)),
                job("first word", 3).due(in_hours(1)).keyed("k"),
                job("second word", 4).due(in_hours(3)).keyed("k"),
                job("taken back", 5).due(in_hours(1)).keyed("t"),
            ],
        )
        .await;
        schedule(&db, [job("last word", 6).due(in_hours(2)).keyed("k")]).await;
        db.write(None, async |tx| tx.unschedule("t").await).await.unwrap();

        assert_eq!(dispatcher.run_until_empty().await, Ok(1));
        clock.advance(TimeDelta::hours(1));
        assert_eq!(dispatcher.run_until_empty().await, Ok(0));
        clock.advance(TimeDelta::hours(1));
        assert_eq!(dispatcher.run_until_empty().await, Ok(2));
        let done = [("at once", 1), ("last word", 6), ("later", 2)];
        assert_eq!(things(&db).await, done.map(|(name, number)| (name.to_owned(), number)));
        assert_eq!(queue::waiting(&db).await, Ok(0));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_schedules_its_successor_under_its_own_key_does_not_lose_it() {
    each_db(async |db, clock| {
        let (world, _folder) = world(&db);
        let nightly = JobKind::new("test.nightly", async |world: World, _| {
            world
                .db
                .write(None, async |tx| {
                    let next = tx.now() + TimeDelta::days(1);
                    tx.schedule(Job::new("test.nightly", "all").due(next).keyed("nightly"));
                    Ok(())
                })
                .await
        });
        schedule(&db, [Job::new("test.nightly", "all").keyed("nightly")]).await;
        let dispatcher = Dispatcher::new(world, vec![], vec![nightly]);
        for _ in 0..3 {
            assert_eq!(dispatcher.run_until_empty().await, Ok(1));
            assert_eq!(queue::waiting(&db).await, Ok(1));
            clock.advance_days(1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_job_nobody_does_waits_and_an_event_nobody_hears_is_gone() {
    each_db(async |db, _| {
        publish(&db, 1).await;
        schedule(&db, [Job::new("test.unknown", "s")]).await;
        let (world, _folder) = world(&db);
        assert_eq!(Dispatcher::new(world, vec![], vec![]).run_until_empty().await, Ok(2));
        assert_eq!(queue::waiting(&db).await, Ok(1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_loop_is_woken_by_a_commit_and_ends_when_told() {
    each(async |url| {
        let db = Database::open(&url).await.unwrap();
        let (world, _folder) = world(&db);
        let (told, mut telling) = tokio::sync::mpsc::unbounded_channel();
        let ear = Listener::new("test.happened", "test.ear", move |_, event| {
            let told = told.clone();
            async move { told.send(event.subject).map_err(Fault::internal) }
        });
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let dispatcher = Dispatcher::new(world, vec![ear], vec![]);
        let running = tokio::spawn(async move {
            dispatcher
                .run(async {
                    let _ = stopped.await;
                })
                .await;
        });
        publish(&db, 3).await;
        let mut heard = Vec::new();
        for _ in 0..3 {
            heard.extend(telling.recv().await);
        }
        heard.sort_unstable();
        assert_eq!(heard, ["0", "1", "2"]);
        drop(stop);
        running.await.unwrap();
        assert_eq!(queue::waiting(&db).await, Ok(0));
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_dispatcher_that_stops_gives_back_what_it_has_not_done() {
    each_db(async |db, _| {
        let (world, _folder) = world(&db);
        db.write(None, async |tx| {
            for number in 0..6 {
                tx.schedule(Job::new("test.slow", number));
            }
            Ok(())
        })
        .await
        .unwrap();
        let begun = Arc::new(tokio::sync::Notify::new());
        let ring = begun.clone();
        let never = JobKind::new("test.slow", move |_, _| {
            ring.notify_one();
            std::future::pending()
        });
        let dispatcher = Dispatcher::new(world.clone(), vec![], vec![never]).with_patience(Duration::from_millis(20));
        dispatcher.run(async { begun.notified().await }).await;
        // Another process does all of it at once, without waiting for a lease, and no try was used up.
        let tries = Arc::new(Mutex::new(Vec::new()));
        let noted = tries.clone();
        let willing = JobKind::new("test.slow", move |_, job| {
            noted.lock().unwrap().push(job.tries);
            async { Ok(()) }
        });
        assert_eq!(Dispatcher::new(world, vec![], vec![willing]).run_until_empty().await.unwrap(), 6);
        assert_eq!(*tries.lock().unwrap(), [1; 6]);
    })
    .await;
}

#[tokio::test]
async fn the_keeper_sees_what_failed_tries_again_and_gives_up() {
    each_db(async |db, hand| {
        let (world, _folder) = world(&db);
        db.write(None, async |tx| {
            tx.schedule(Job::new("test.failing", "subject"));
            Ok(())
        })
        .await
        .unwrap();
        let failing = JobKind::new("test.failing", |_, _| async { Err(Fault::unavailable("gateway of 13800138000")) });
        let dispatcher = Dispatcher::new(world, vec![], vec![failing]);
        dispatcher.round().await.unwrap();
        let waiting = queue::items(&db, Place::Waiting, None, 10).await.unwrap();
        let id = waiting[0].id;
        let (item, troubles) = queue::item(&db, id).await.unwrap();
        assert_eq!((item.tries, troubles.len()), (1, 1));
        assert_eq!(troubles[0].reason, "unavailable: gateway of ***", "no number of a person is kept");
        assert_eq!(dispatcher.round().await.unwrap(), 0, "it waits for its pause");
        db.write(None, async |tx| queue::hurry(&tx, id).await).await.unwrap();
        assert_eq!(dispatcher.round().await.unwrap(), 1, "and is tried at once when its keeper says so");
        for _ in 2..queue::TRIES_MAX {
            hand.advance(TimeDelta::hours(3));
            dispatcher.round().await.unwrap();
        }
        let loads = queue::loads(&db).await.unwrap();
        assert_eq!((loads[1].waiting, loads[1].dead), (0, 1));
        let dead = queue::items(&db, Place::Dead, None, 10).await.unwrap();
        assert_eq!((dead.len(), dead[0].id), (1, id));
        assert_eq!(queue::item(&db, id).await.unwrap().1.len(), queue::TRIES_MAX as usize);
        let after = Some((dead[0].when, id));
        assert!(queue::items(&db, Place::Dead, after, 10).await.unwrap().is_empty());

        db.write(None, async |tx| queue::revive_in(&tx, id).await).await.unwrap();
        let loads = queue::loads(&db).await.unwrap();
        assert_eq!((loads[1].waiting, loads[1].due, loads[1].dead), (1, 1, 0));
        assert!(loads[1].oldest_due.is_some());
        let raced = db.write(None, async |tx| queue::hurry(&tx, id).await).await;
        assert_eq!(raced, Err(Fault::Conflict), "it is due already");
        for _ in 0..queue::TRIES_MAX {
            hand.advance(TimeDelta::hours(3));
            dispatcher.round().await.unwrap();
        }
        assert_eq!(queue::item(&db, id).await.unwrap().1.len(), 2 * queue::TRIES_MAX as usize, "the history stays");
        db.write(None, async |tx| queue::give_up(&tx, id).await).await.unwrap();
        assert_eq!(queue::item(&db, id).await.err(), Some(Fault::NotFound));
        let again = db.write(None, async |tx| queue::give_up(&tx, id).await).await;
        assert_eq!(again, Err(Fault::NotFound));
    })
    .await;
}
