//! What the tests stand on: the sample district with its accounts and demo people, made once and copied for every test.

use std::path::Path;
use std::sync::Arc;

use access::{ModuleAccess, Policies};
use access_service::accounts::{StaffAccount, put_accounts};
use access_service::{Visit, Words, door};
use axum::Router;
use axum::middleware::from_fn_with_state;
use catalog_service::Shelf;
use documents::{Press, PressFault, Printer, Sheet};
use platform::world::Ground;
use platform::{Blobs, Clock, Config, Database, Migrations, World};
use records_service::sample::{self, DemoPerson, demo_people};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::client::Client;

/// A press that knows one page: setting type is the business of the crate `press` and tested there.
struct OnePage;

impl Press for OnePage {
    fn pdf(&self, sheet: &Sheet) -> Result<Vec<u8>, PressFault> {
        Ok(format!("%PDF-1.4\n% {}\n%%EOF\n", sheet.number).into_bytes())
    }
}

pub const PASSWORD: &str = "yimen-2026";

const ACCESS: [ModuleAccess; 5] =
    [access::acts::ACCESS, catalog::acts::CATALOG, records::RECORDS, casework::CASEWORK, themes::THEMES];

/// A district of one's own.
pub struct District {
    pub world: World,
    router: Router,
    _folder: TempDir,
}

impl District {
    /// A fresh one, on a Monday morning.
    pub async fn open() -> Self {
        static PREPARED: OnceCell<Vec<u8>> = OnceCell::const_new();
        let prepared = PREPARED.get_or_init(prepare).await;
        let folder = TempDir::with_prefix("yimen-api-").unwrap();
        std::fs::write(folder.path().join("test.db"), prepared).unwrap();
        let world = world(folder.path()).await;
        Shelf::install(&world).await.unwrap().expect("a published catalogue");
        let router = api::routes().layer(from_fn_with_state(world.clone(), door::dress)).with_state(world.clone());
        Self { world, router, _folder: folder }
    }

    /// Somebody who has not signed in.
    pub fn visitor(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A member of staff.
    pub async fn staff(&self, login: &str) -> Client {
        let mut client = self.visitor();
        client.sign_in(serde_json::json!({"kind": "staff", "login": login, "password": PASSWORD})).await;
        client
    }

    /// One of the demo people.
    pub async fn resident(&self, key: &str) -> Client {
        let (mut client, person) = (self.visitor(), demo(key));
        let order =
            serde_json::json!({"kind": "resident", "citizen_id": person.citizen_id.as_str(), "name": person.name});
        client.sign_in(order).await;
        client
    }

    /// A day later, or several.
    pub fn days_pass(&self, days: u64) {
        let Clock::Fixed(clock) = &self.world.clock else { panic!("tests stand on a clock of their own") };
        clock.advance_days(days);
    }
}

pub fn demo(key: &str) -> DemoPerson {
    demo_people().into_iter().find(|one| one.key == key).unwrap()
}

async fn world(folder: &Path) -> World {
    let clock = Clock::fixed(testkit::moment("2026-11-23 09:00"));
    let url = format!("sqlite:{}?mode=rwc", folder.join("test.db").display());
    let db = Database::open(&url).await.unwrap().with_clock(clock.clone());
    let blobs = Blobs::open(folder.join("blobs")).unwrap();
    let config = Config { database_url: url, data: folder.to_owned(), ..Config::default() };
    let world = World::of(Ground { db, clock, blobs, config, parts: Default::default() });
    world.parts.install(Policies::compile(&ACCESS).unwrap());
    world.parts.install(words());
    world.parts.install(Printer(Arc::new(OnePage)));
    world
}

/// The words of every module below this door, and its own.
pub fn words() -> Words {
    let files = [
        access_service::TEXT_ZH,
        catalog_service::TEXT_ZH,
        records_service::TEXT_ZH,
        casework_service::TEXT_ZH,
        themes_service::TEXT_ZH,
        api::TEXT_ZH,
    ];
    Words::collect(&files).unwrap()
}

/// The sample published, with its accounts and the demo people: the file of a database, in memory.
async fn prepare() -> Vec<u8> {
    let folder = TempDir::with_prefix("yimen-api-").unwrap();
    let world = world(folder.path()).await;
    let migrations = [
        Migrations::new("access", access_service::migrations()),
        Migrations::new("catalog", catalog_service::migrations()),
        Migrations::new("records", records_service::migrations()),
        Migrations::new("casework", casework_service::migrations()),
        Migrations::new("themes", themes_service::migrations()),
    ];
    world.db.migrate(&migrations).await.unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/chancheng");
    let files = catalog_service::folder::read(&sample).unwrap();
    let published = catalog_service::acts::publish(&Visit::system(&world), &files).await.unwrap();
    assert!(matches!(published, catalog_service::acts::Published::Released { .. }), "{published:?}");
    let shelf = Shelf::install(&world).await.unwrap().unwrap();
    let account = |member: &catalog::model::StaffMember| StaffAccount {
        login: member.login.to_string(),
        name: member.name.clone(),
        roles: member.roles.clone(),
        region: member.region.to_string(),
        authority: member.authority.as_ref().map(ToString::to_string),
        hall: member.hall.as_ref().map(ToString::to_string),
    };
    let accounts: Vec<StaffAccount> = shelf.catalog().staff.values().map(account).collect();
    put_accounts(&world, &accounts, PASSWORD).await.unwrap();
    let people = sample::people(20_261_123, demo_people().len(), shelf.catalog(), world.clock.today());
    records_service::acts::load_people(&world.db, &people).await.unwrap();
    // Closing folds the log into the file.
    world.db.close().await;
    std::fs::read(folder.path().join("test.db")).unwrap()
}
