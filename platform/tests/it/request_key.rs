//! A request that arrives twice is done once.

use kernel::id::ApplicationId;
use platform::{Database, Fault, JournalEntry, RequestKey, journal};

use crate::ground::{each, each_db, put, things};

async fn submit(db: &Database, key: &RequestKey, name: &str) -> Result<ApplicationId, Fault> {
    db.write(Some(key), async |tx| {
        let application: ApplicationId = tx.new_id();
        put(&tx, name, 1).await?;
        tx.record(JournalEntry::new(application, "resident", "casework.submit", application));
        tx.record(JournalEntry::new(application, "system", "casework.receipt", "r"));
        Ok(application)
    })
    .await
}

#[tokio::test]
async fn the_second_gets_the_first_answer() {
    each_db(async |db, clock| {
        let key = RequestKey::new("account", "key-1").unwrap();
        let first = submit(&db, &key, "a").await.unwrap();
        let at = clock.now_utc();
        clock.advance(chrono::TimeDelta::minutes(1));
        let Err(Fault::Repeated(answer)) = submit(&db, &key, "b").await else { panic!("not seen as repeated") };
        assert_eq!((answer.subject, answer.act.as_str(), answer.at), (first.to_string(), "casework.submit", at));
        assert_eq!(things(&db).await, [("a".to_owned(), 1)], "nothing of the second was kept");

        let other = RequestKey::new("another account", "key-1");
        assert!(other.is_err(), "a space is no part of a key");
        let other = RequestKey::new("account2", "key-1").unwrap();
        assert!(submit(&db, &other, "c").await.is_ok(), "another account's key is another wish");
    })
    .await;
}

#[tokio::test]
async fn a_repetition_that_meets_its_own_effect_is_repeated_not_refused() {
    each_db(async |db, _| {
        let key = RequestKey::new("account", "key-1").unwrap();
        submit(&db, &key, "a").await.unwrap();
        // The same name again breaks the table's key before the journal's is reached.
        assert!(matches!(submit(&db, &key, "a").await, Err(Fault::Repeated(_))));
        let refused = db.write(Some(&key), async |_| Err::<(), _>(Fault::NotAllowed)).await;
        assert!(matches!(refused, Err(Fault::Repeated(_))));
        let fresh = RequestKey::new("account", "key-2").unwrap();
        assert_eq!(submit(&db, &fresh, "a").await, Err(Fault::Conflict));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_sixteen_at_once_one_is_done_and_fifteen_get_its_answer() {
    each(async |url| {
        let db = Database::open(&url).await.unwrap();
        for round in 0..5 {
            let key = RequestKey::new("account", &format!("key-{round}")).unwrap();
            let tasks: Vec<_> = (0..16)
                .map(|task| {
                    let (db, key) = (db.clone(), key.clone());
                    tokio::spawn(async move { submit(&db, &key, &format!("{round}-{task}")).await })
                })
                .collect();
            let mut made = Vec::new();
            let mut told = Vec::new();
            for task in tasks {
                match task.await.unwrap() {
                    Ok(application) => made.push(application.to_string()),
                    Err(Fault::Repeated(answer)) => told.push(answer.subject),
                    Err(fault) => panic!("{fault}"),
                }
            }
            assert_eq!(made.len(), 1);
            assert_eq!(told, vec![made[0].clone(); 15]);
        }
        assert_eq!(things(&db).await.len(), 5);
        assert!(journal::verify(&db).await.unwrap().is_whole());
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_act_with_a_key_must_record_something() {
    each_db(async |db, _| {
        let key = RequestKey::new("account", "key-1").unwrap();
        let outcome = db.write(Some(&key), async |tx| put(&tx, "a", 1).await).await;
        assert!(matches!(outcome, Err(Fault::Internal(_))));
        assert!(things(&db).await.is_empty());
    })
    .await;
}
