//! Numbers without gaps.

use platform::{Database, Fault};

use crate::ground::each;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thirty_two_tasks_take_numbers_without_a_gap_though_some_give_up() {
    each(async |url| {
        let db = Database::open(&url).await.unwrap();
        let tasks: Vec<_> = (0..32)
            .map(|task| {
                let db = db.clone();
                tokio::spawn(async move {
                    let mut taken = Vec::new();
                    for round in 0..5 {
                        let number = db
                            .write(None, async |tx| {
                                let number = tx.number("receipt/440604/2026").await?;
                                // Every seventh gives its number back.
                                if (task + round) % 7 == 0 { Err(Fault::NotAllowed) } else { Ok(number) }
                            })
                            .await;
                        match number {
                            Ok(number) => taken.push(number),
                            Err(fault) => assert_eq!(fault, Fault::NotAllowed),
                        }
                    }
                    taken
                })
            })
            .collect();
        let mut taken = Vec::new();
        for task in tasks {
            taken.extend(task.await.unwrap());
        }
        taken.sort_unstable();
        let all: Vec<u64> = (1..=taken.len() as u64).collect();
        assert!(taken.len() > 100);
        assert_eq!(taken, all);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn counters_do_not_know_each_other() {
    each(async |url| {
        let db = Database::open(&url).await.unwrap();
        let numbers =
            db.write(None, async |tx| Ok([tx.number("a").await?, tx.number("a").await?, tx.number("b").await?])).await;
        assert_eq!(numbers, Ok([1, 2, 1]));
        db.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_counters_at_once_in_any_order_and_the_same_one_twice() {
    each(async |url| {
        let db = Database::open(&url).await.unwrap();
        let numbers = db.write(None, async |tx| tx.numbers(&["b", "a", "b"]).await).await;
        assert_eq!(numbers, Ok(vec![1, 1, 2]));
        let tasks: Vec<_> = (0..16)
            .map(|task| {
                let db = db.clone();
                let names = if task % 2 == 0 { ["a", "c", "b"] } else { ["b", "c", "a"] };
                tokio::spawn(async move { db.write(None, async |tx| tx.numbers(&names).await).await })
            })
            .collect();
        let mut taken = Vec::new();
        for task in tasks {
            taken.push(task.await.unwrap().unwrap()[1]);
        }
        taken.sort_unstable();
        assert_eq!(taken, (1..=16).collect::<Vec<u64>>());
        assert_eq!(db.write(None, async |tx| tx.numbers(&["a", "b", "c"]).await).await, Ok(vec![18, 19, 17]));
        db.close().await;
    })
    .await;
}
