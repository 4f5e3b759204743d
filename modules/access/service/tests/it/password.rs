//! Passwords changed by their officers and given by the administrator, accounts locked and unlocked, on both engines.

use access_service::accounts::{self, FIRST_PASSWORD};
use access_service::acts::{
    ChangePassword, change_password, lock_account, must_change_password, reset_password, sign_in_resident,
    sign_in_staff, unlock_account,
};
use access_service::session::{self, Opened};
use access_service::{DemoMode, Visit};
use chrono::TimeDelta;
use platform::{Fault, World, journal};

use crate::ground::{PASSWORD, advance, clerk, world};

const NEW: &str = "Zumiao-Bridge-7";

async fn visiting(world: &World, opened: &Opened) -> Visit {
    let mut visit = Visit::of(world, opened.actor.clone());
    visit.session = session::find(world, &opened.token).await.expect("a database");
    visit
}

fn order(old: &str, new: &str, repeat: &str) -> ChangePassword {
    ChangePassword { old: old.into(), new: new.into(), repeat: repeat.into() }
}

/// Field and code of each fault.
fn told<T>(outcome: Result<T, Fault>) -> Vec<String> {
    match outcome {
        Ok(_) => vec!["done".into()],
        Err(Fault::Invalid(faults)) => faults.iter().map(|fault| format!("{}:{}", fault.field, fault.code)).collect(),
        Err(Fault::Refusal(refusal)) => vec![refusal.code.into_owned()],
        Err(other) => vec![format!("{other:?}")],
    }
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_is_on_record() {
    testkit::each_engine(async |url| {
        let (world, _folder) = world(url).await;
        let elsewhere = sign_in_staff(&world, "clerk1", PASSWORD).await.expect("signs in");
        advance(&world, TimeDelta::seconds(1));
        let here = sign_in_staff(&world, "clerk1", PASSWORD).await.expect("signs in");
        assert!(must_change_password(&world, &here.actor).await.expect("a database"), "others know it");

        let officer = visiting(&world, &here).await;
        assert_eq!(change_password(&officer, None, &order(PASSWORD, NEW, NEW)).await, Ok(1), "one other session ends");
        assert!(session::find(&world, &elsewhere.token).await.expect("a database").is_none());
        assert!(session::find(&world, &here.token).await.expect("a database").is_some(), "the own one goes on");
        assert!(!must_change_password(&world, &here.actor).await.expect("a database"));
        assert_eq!(told(sign_in_staff(&world, "clerk1", PASSWORD).await), ["access.wrong-password"]);
        assert!(sign_in_staff(&world, "clerk1", NEW).await.is_ok());

        let record = journal::read(world.db.reader(), journal::named_chain("access"), 0).await.expect("a journal");
        assert_eq!((record.len(), record[0].act.as_str()), (1, "access.change-password"));
        assert_eq!(record[0].actor, here.actor.id);
        assert!(!record[0].payload.contains(NEW) && record[0].payload.contains("clerk1"), "{}", record[0].payload);
        accounts::put_accounts(&world, &[clerk()], FIRST_PASSWORD).await.expect("loads again");
        assert!(sign_in_staff(&world, "clerk1", NEW).await.is_ok(), "loading again keeps it");
        assert!(!must_change_password(&world, &here.actor).await.expect("a database"));
    })
    .await;
}

#[tokio::test]
async fn every_fault_of_a_new_password_is_told_at_once() {
    testkit::each_engine(async |url| {
        let (world, _folder) = world(url).await;
        let opened = sign_in_staff(&world, "clerk1", PASSWORD).await.expect("signs in");
        let officer = visiting(&world, &opened).await;
        for (order, said) in [
            (
                order("", "", ""),
                &["old:password-empty-old", "new:password-empty-new", "repeat:password-empty-repeat"][..],
            ),
            (order(PASSWORD, "short", "shorter"), &["new:password-too-short", "repeat:password-differs"]),
            (order(PASSWORD, "Clerk1-Clerk1", "Clerk1-Clerk1"), &["new:password-holds-login"]),
            (order(PASSWORD, FIRST_PASSWORD, FIRST_PASSWORD), &["new:password-well-known"]),
            (order(PASSWORD, PASSWORD, PASSWORD), &["new:password-too-plain", "new:password-same"]),
            (order("wrong", NEW, NEW), &["old:password-wrong"]),
        ] {
            assert_eq!(told(change_password(&officer, None, &order).await), said, "{order:?}");
        }
        for _ in 0..3 {
            assert_eq!(told(change_password(&officer, None, &order("wrong", NEW, NEW)).await), ["old:password-wrong"]);
        }
        let fifth = change_password(&officer, None, &order("wrong", NEW, NEW)).await;
        assert_eq!(told(fifth), ["access.locked"], "guessing from inside locks like guessing from outside");
        assert_eq!(told(change_password(&officer, None, &order(PASSWORD, NEW, NEW)).await), ["access.locked"]);
        let resident = sign_in_resident(&world, "p1", "陈小明").await.expect("signs in");
        let resident = visiting(&world, &resident).await;
        assert_eq!(told(change_password(&resident, None, &order(PASSWORD, NEW, NEW)).await), ["NotAllowed"]);
    })
    .await;
}

#[tokio::test]
async fn the_administrator_gives_passwords_locks_and_unlocks_on_record() {
    testkit::each_engine(async |url| {
        let (world, _folder) = world(url).await;
        let house = Visit::system(&world);
        let opened = sign_in_staff(&world, "clerk1", PASSWORD).await.expect("signs in");
        assert_eq!(lock_account(&house, "clerk1").await, Ok(1));
        assert!(session::find(&world, &opened.token).await.expect("a database").is_none());
        assert_eq!(told(sign_in_staff(&world, "clerk1", PASSWORD).await), ["access.wrong-password"]);
        accounts::put_accounts(&world, &[clerk()], PASSWORD).await.expect("loads again");
        assert!(sign_in_staff(&world, "clerk1", PASSWORD).await.is_err(), "loading again opens no locked account");
        assert_eq!(unlock_account(&house, "clerk1").await, Ok(()));
        assert!(sign_in_staff(&world, "clerk1", PASSWORD).await.is_ok());

        for _ in 0..5 {
            let _ = sign_in_staff(&world, "clerk1", "wrong").await;
        }
        assert_eq!(told(reset_password(&house, "clerk1", "weak").await), ["new:password-too-short"]);
        assert_eq!(reset_password(&house, "clerk1", NEW).await, Ok(1), "its sessions end");
        let again = sign_in_staff(&world, "clerk1", NEW).await.expect("the lock is off");
        assert!(
            must_change_password(&world, &again.actor).await.expect("a database"),
            "the administrator knows it too"
        );
        world.parts.install(DemoMode(true));
        assert!(!must_change_password(&world, &again.actor).await.expect("a database"), "in a demonstration all do");

        let record = journal::read(world.db.reader(), journal::named_chain("access"), 0).await.expect("a journal");
        let acts: Vec<&str> = record.iter().map(|row| row.act.as_str()).collect();
        assert_eq!(acts, ["access.lock-account", "access.unlock-account", "access.reset-password"]);
        assert_eq!(told(lock_account(&house, "nobody").await), ["NotFound"]);
        let officer = visiting(&world, &again).await;
        assert_eq!(told(reset_password(&officer, "clerk1", NEW).await), ["NotAllowed"], "that is the administrator's");
    })
    .await;
}
