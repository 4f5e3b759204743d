//! What the tests stand on: a world with this module's tables, policies and words, and one clerk in it.

use std::collections::BTreeSet;

use access::{Policies, Role, acts};
use access_service::Words;
use access_service::accounts::{self, StaffAccount};
use chrono::TimeDelta;
use platform::{Clock, Config, Migrations, World};
use tempfile::TempDir;

pub const PASSWORD: &str = "a-long-password";

/// A world with the clerk `clerk1` in it, its clock standing at nine on a Monday. Dropping the folder ends it.
pub async fn world(url: String) -> (World, TempDir) {
    world_with(url, |_| {}).await
}

/// The same under a configuration of the test's own.
pub async fn world_with(url: String, change: impl FnOnce(&mut Config)) -> (World, TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut config = Config { database_url: url, data: folder.path().to_owned(), ..Config::default() };
    change(&mut config);
    let world = World::open(config, Clock::fixed(testkit::moment("2026-10-12 09:00"))).await.expect("a world");
    world.db.migrate(&[Migrations::new("access", access_service::migrations())]).await.expect("migrations");
    world.parts.install(Policies::compile(&[acts::ACCESS]).expect("policies"));
    world.parts.install(Words::collect(&[access_service::TEXT_ZH]).expect("words"));
    accounts::put_accounts(&world, &[clerk()], PASSWORD).await.expect("accounts");
    (world, folder)
}

/// The same on a SQLite file of its own, for what is no matter of the engine.
pub async fn one_world(change: impl FnOnce(&mut Config)) -> (World, [TempDir; 2]) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("access.db").display());
    let (world, data) = world_with(url, change).await;
    (world, [folder, data])
}

pub fn clerk() -> StaffAccount {
    StaffAccount {
        login: "clerk1".into(),
        name: "李敏".into(),
        roles: BTreeSet::from([Role::Clerk]),
        region: "440604".into(),
        authority: None,
        hall: None,
    }
}

pub fn advance(world: &World, by: TimeDelta) {
    let Clock::Fixed(hand) = &world.clock else { panic!("the clock of this test stands still") };
    hand.advance(by);
}
