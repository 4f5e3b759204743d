//! Signing in and out, lock-out, sessions that end, on both engines.

use std::collections::BTreeSet;

use access::Role;
use access_service::accounts::{self, StaffAccount};
use access_service::acts::{sign_in_resident, sign_in_staff, sign_out};
use access_service::session;
use chrono::TimeDelta;
use platform::Fault;

use crate::ground::{PASSWORD, advance, clerk, world, world_with};

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
async fn a_session_ends_by_signing_out_and_by_time() {
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
    })
    .await;
}

#[tokio::test]
async fn loading_accounts_again_keeps_passwords_and_brings_posts_up_to_date() {
    testkit::each_engine(async |url| {
        let (world, _folder) = world(url).await;
        let approver = StaffAccount {
            roles: BTreeSet::from([Role::Approver]),
            authority: Some("market-chancheng".into()),
            ..clerk()
        };
        accounts::put_accounts(&world, &[approver], "another-password").await.expect("accounts");
        let opened = sign_in_staff(&world, "clerk1", PASSWORD).await.expect("the old password still holds");
        assert!(opened.actor.has_role(Role::Approver) && !opened.actor.has_role(Role::Clerk));
        let every = accounts::one_for_every_role(&world, "market-chancheng").await.expect("accounts");
        assert_eq!(every.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_oldest_session_ends_when_one_too_many_opens() {
    testkit::each_engine(async |url| {
        let (world, _folder) = world_with(url, |config| config.limits.sessions = 2).await;
        let mut tokens = Vec::new();
        for _ in 0..3 {
            tokens.push(sign_in_staff(&world, "clerk1", PASSWORD).await.expect("signs in").token);
            advance(&world, TimeDelta::seconds(1));
        }
        let other = sign_in_resident(&world, "p1", "陈小明").await.expect("signs in");
        let mut open = Vec::new();
        for token in tokens.iter().chain([&other.token]) {
            open.push(session::find(&world, token).await.expect("a database").is_some());
        }
        assert_eq!(open, [false, true, true, true], "two for each person, and the oldest goes first");
    })
    .await;
}
