//! Signing in and out, lock-out, sessions that end, on both engines.

use std::collections::BTreeSet;

use access::{Policies, Role, acts};
use access_service::accounts::{self, StaffAccount};
use access_service::acts::{sign_in_resident, sign_in_staff, sign_out};
use access_service::{Words, session};
use chrono::TimeDelta;
use platform::world::Ground;
use platform::{Blobs, Clock, Config, Database, Fault, Migrations, World};

const PASSWORD: &str = "a-long-password";

/// A world with one clerk in it, its clock standing at nine on a Monday.
async fn world(url: String) -> (World, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let clock = Clock::fixed(testkit::moment("2026-10-12 09:00"));
    let db = Database::open(&url).await.expect("a database").with_clock(clock.clone());
    db.migrate(&[Migrations::new("access", access_service::migrations())]).await.expect("migrations");
    let blobs = Blobs::open(folder.path().join("blobs")).expect("a folder for files");
    let world = World::of(Ground { db, clock, blobs, config: Config::default(), parts: Default::default() });
    world.parts.install(Policies::compile(&[acts::ACCESS]).expect("policies"));
    world.parts.install(Words::collect(&[access_service::TEXT_ZH]).expect("words"));
    let clerk = StaffAccount {
        login: "clerk1".into(),
        name: "李敏".into(),
        roles: BTreeSet::from([Role::Clerk]),
        region: "440604".into(),
        authority: None,
        hall: None,
    };
    accounts::put_accounts(&world, &[clerk], PASSWORD).await.expect("accounts");
    (world, folder)
}

fn advance(world: &World, by: TimeDelta) {
    let Clock::Fixed(hand) = &world.clock else { panic!("the clock of this test stands still") };
    hand.advance(by);
}

fn code(outcome: Result<session::Opened, Fault>) -> String {
    match outcome {
        Ok(_) => "signed in".into(),
        Err(Fault::Refusal(refusal)) => refusal.code.into_owned(),
        Err(other) => panic!("unexpected: {other}"),
    }
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour() {
    testkit::each_engine(async |url| {
        let (world, _folder) = world(url).await;
        assert_eq!(code(sign_in_staff(&world, "clerk1", PASSWORD).await), "signed in");
        for _ in 0..4 {
            assert_eq!(code(sign_in_staff(&world, "clerk1", "wrong").await), "access.wrong-password");
        }
        assert_eq!(code(sign_in_staff(&world, "clerk1", "wrong").await), "access.locked");
        assert_eq!(code(sign_in_staff(&world, "clerk1", PASSWORD).await), "access.locked", "even the right one waits");
        advance(&world, TimeDelta::minutes(16));
        assert_eq!(code(sign_in_staff(&world, "clerk1", PASSWORD).await), "signed in");
        assert_eq!(code(sign_in_staff(&world, "nobody", PASSWORD).await), "access.wrong-password");
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_signing_out_by_time_and_by_newer_sessions() {
    testkit::each_engine(async |url| {
        let (world, _folder) = world(url).await;
        let first = sign_in_resident(&world, "p1", "陈小明").await.expect("signs in");
        let found = session::find(&world, &first.token).await.expect("a database").expect("a session");
        assert_eq!(found.actor.subject(), Some("p1"));
        assert!(session::find(&world, &found.id).await.expect("a database").is_none(), "the stored id opens no door");

        sign_out(&world, &found).await.expect("signs out");
        assert!(session::find(&world, &first.token).await.expect("a database").is_none());

        let second = sign_in_resident(&world, "p1", "陈小明").await.expect("signs in");
        advance(&world, TimeDelta::minutes(100));
        assert!(session::find(&world, &second.token).await.expect("a database").is_some(), "used, and so prolonged");
        advance(&world, TimeDelta::minutes(100));
        assert!(session::find(&world, &second.token).await.expect("a database").is_some());
        advance(&world, TimeDelta::hours(3));
        assert!(session::find(&world, &second.token).await.expect("a database").is_none(), "left alone too long");

        let oldest = sign_in_resident(&world, "p1", "陈小明").await.expect("signs in");
        for _ in 0..5 {
            advance(&world, TimeDelta::seconds(1));
            sign_in_resident(&world, "p1", "陈小明").await.expect("signs in");
        }
        assert!(session::find(&world, &oldest.token).await.expect("a database").is_none(), "five at most");
    })
    .await;
}

#[tokio::test]
async fn loading_accounts_again_keeps_passwords_and_brings_posts_up_to_date() {
    testkit::each_engine(async |url| {
        let (world, _folder) = world(url).await;
        let approver = StaffAccount {
            login: "clerk1".into(),
            name: "李敏".into(),
            roles: BTreeSet::from([Role::Approver]),
            region: "440604".into(),
            authority: Some("market-chancheng".into()),
            hall: None,
        };
        accounts::put_accounts(&world, &[approver], "another-password").await.expect("accounts");
        let opened = sign_in_staff(&world, "clerk1", PASSWORD).await.expect("the old password still holds");
        assert!(opened.actor.has_role(Role::Approver) && !opened.actor.has_role(Role::Clerk));
        let every = accounts::one_for_every_role(&world, "market-chancheng").await.expect("accounts");
        assert_eq!(every.len(), 1);
    })
    .await;
}
