//! The house as far as connectors need it: casework with what it stands on, the sample district with its connector (or with
//! another text of it), and the twin of the authority's system at the other end of a real line.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::LazyLock;

use access::{Actor, ActorKind, Policies, Role};
use access_service::{Visit, Words};
use casework::Status;
use casework_service::acts::{AcceptApplication, OpenApplication, Opened, accept_application, open_application};
use casework_service::reads::{CaseView, case_view};
use casework_service::{Applicant, Channel, Delivery, FormEntry, NewPaper, Origin, PaperFile, PaperStatus};
use catalog::SourceFile;
use catalog::model::HolderRole;
use catalog_service::Shelf;
use connect_service::reads::connectors::{ConnectorView, one};
use kernel::id::{BlobId, CaseId, Uuid};
use outside::Lines;
use platform::clock::FixedClock;
use platform::sealed::Sealer;
use platform::world::Ground;
use platform::{Blobs, Clock, Config, Database, Dispatcher, Migrations, World};
use records_service::sample::{self, DemoPerson, People, demo_people};
use serde_json::{Value, json};
use testkit::moment;

/// The connector's file.
pub const FILE: &str = "connectors/signboard.yaml";
/// Its id.
pub const SIGNBOARD: &str = "signboard";
/// Whose system it is.
pub const URBAN: &str = "urban-chancheng";

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    let files = catalog_service::folder::read(&root).expect("the sample district");
    Shelf::of(Uuid::nil(), files).expect("the sample compiles")
});

static PEOPLE: LazyLock<People> =
    LazyLock::new(|| sample::people(7, 60, SHELF.catalog(), moment("2026-03-02 09:30").date_naive()));

/// Changes a configuration, told the address of the database and a folder of the test's own.
pub type Change<'a> = &'a dyn Fn(&mut Config, &str, &Path);

/// What a test wants to be different.
#[derive(Default)]
pub struct Wish<'a> {
    /// Changes of the connector's text.
    pub text: &'a [(&'a str, &'a str)],
    pub config: Option<Change<'a>>,
}

/// The world of one test.
pub struct House {
    pub world: World,
    pub clock: FixedClock,
    /// Where the twin answers.
    pub twin: SocketAddr,
    pub folder: tempfile::TempDir,
    client: reqwest::Client,
}

/// Runs a test on both engines, at half past nine on Monday, 2 March 2026.
pub async fn each_house(wish: Wish<'_>, body: impl AsyncFn(&House)) {
    let prepare = async |url: String| {
        let db = open(&url).await;
        db.migrate(&[
            Migrations::new("access", access_service::migrations()),
            Migrations::new("records", records_service::migrations()),
            Migrations::new("fees", fees_service::migrations()),
            Migrations::new("courier", courier_service::migrations()),
            Migrations::new("casework", casework_service::migrations()),
            Migrations::new("connect", connect_service::migrations()),
        ])
        .await
        .unwrap();
        records_service::acts::load_people(&db, &PEOPLE).await.unwrap();
        db.close().await;
    };
    testkit::each_engine_from("connectors", prepare, async |url: String| {
        let house = House::build(url, &wish).await;
        body(&house).await;
        assert!(platform::journal::verify(&house.world.db).await.unwrap().is_whole(), "the journal is whole");
        house.world.db.close().await;
    })
    .await;
}

async fn open(url: &str) -> Database {
    Database::open(url).await.unwrap().with_sealer(Sealer::in_folder(testkit::engines::key_folder()))
}

impl House {
    async fn build(url: String, wish: &Wish<'_>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(moment("2026-03-02 09:30"));
        let Clock::Fixed(hand) = clock.clone() else { unreachable!() };
        let db = open(&url).await.with_clock(clock.clone());
        let blobs =
            Blobs::open(folder.path().join("blobs"), Sealer::in_folder(testkit::engines::key_folder())).unwrap();
        let running = twins::start(SocketAddr::from(([127, 0, 0, 1], 0)), "a-secret-of-both-ends").await.unwrap();
        let twin = running.address;
        let mut config = Config { database_url: url.clone(), lines: running.lines, ..Config::default() };
        config.lines.values_mut().for_each(|line| line.timeout_s = 1);
        if let Some(change) = wish.config {
            change(&mut config, &url, folder.path());
        }
        let lines = Lines::of(&config.lines).unwrap();
        let world = World::of(Ground { db, clock, blobs, config, parts: Default::default() });
        let modules = [casework::CASEWORK, records::RECORDS, fees::FEES, courier::COURIER, connect::acts::CONNECT];
        world.parts.install(Policies::compile(&modules).unwrap());
        world.parts.install(words());
        world.parts.install(lines);
        world.parts.install(shelf(wish.text));
        let client = outside::client().unwrap();
        Self { world, clock: hand, twin, folder, client }
    }

    /// Does what is due.
    pub async fn settle(&self) {
        self.dispatcher().run_until_empty().await.unwrap();
        assert_eq!(platform::queue::dead_letters(&self.world.db, 10).await.unwrap(), []);
    }

    pub fn dispatcher(&self) -> Dispatcher {
        let (mut listeners, mut jobs) = (casework_service::listeners(), casework_service::jobs());
        listeners.extend(connect_service::listeners());
        jobs.extend(connect_service::jobs());
        jobs.extend(fees_service::jobs());
        jobs.extend(courier_service::jobs());
        Dispatcher::new(self.world.clone(), listeners, jobs)
    }

    /// Reads what they report, and does it.
    pub async fn read(&self) {
        connect_service::arrange(&self.world).await.unwrap();
        self.settle().await;
    }

    /// A member of staff of this authority with this post.
    pub fn officer(&self, role: Role, authority: &str) -> Visit {
        let kind = ActorKind::Staff {
            roles: BTreeSet::from([role]),
            region: "440604".into(),
            authority: Some(authority.into()),
            hall: (role == Role::Clerk).then(|| "district-hall".into()),
        };
        let id = format!("{}@{authority}", role.name());
        Visit::of(&self.world, Actor { name: format!("{id}甲"), id, kind })
    }

    pub fn admin(&self) -> Visit {
        self.officer(Role::Admin, "data-chancheng")
    }

    pub fn founder(&self) -> Visit {
        let founder = founder();
        Visit::of(&self.world, Actor::resident(founder.subject.to_string(), founder.name))
    }

    /// Opens an application for the sign, the licence being there, as `change` wants it.
    pub async fn open(&self, change: impl FnOnce(&mut OpenApplication)) -> Opened {
        let (founder, mut order) = (self.founder(), order());
        change(&mut order);
        let order = &order;
        founder.write(None, async |tx| open_application(&tx, &founder, order.clone()).await).await.unwrap()
    }

    /// The same, accepted at the window; gives the case and its number.
    pub async fn accepted(&self) -> (CaseId, String) {
        let opened = self.open(|_| ()).await;
        self.accept(&opened).await;
        let case = opened.cases[0].case;
        (case, self.case(case).await.project_no)
    }

    pub async fn accept(&self, opened: &Opened) {
        let clerk = self.officer(Role::Clerk, "data-chancheng");
        accept_application(&clerk, None, AcceptApplication { application: opened.application }).await.unwrap();
    }

    /// The case as an officer of the authority sees it.
    pub async fn case(&self, case: CaseId) -> CaseView {
        case_view(&self.officer(Role::Approver, URBAN), case).await.unwrap()
    }

    pub async fn status(&self, case: CaseId) -> Status {
        self.case(case).await.status
    }

    /// The connector as its keeper sees it.
    pub async fn connector(&self) -> ConnectorView {
        one(&self.admin(), SIGNBOARD).await.unwrap()
    }

    /// The codes of the conflicts nobody has settled, the oldest first; of a refusal its own.
    pub async fn conflicts(&self) -> Vec<String> {
        let all = self.connector().await.conflicts.into_iter().rev();
        all.map(|one| one.refusal.map_or(one.code, |refusal| refusal.code.into_owned())).collect()
    }

    /// How the twin feels.
    pub async fn feel(&self, mood: Value) {
        let url = format!("http://{}/authority/mood", self.twin);
        self.client.put(url).json(&mood).send().await.unwrap().error_for_status().unwrap();
    }

    /// What its officers decide; days are those of the test's clock.
    pub async fn they_say(&self, number: &str, state: &str, more: Value) -> u16 {
        let mut wish = json!({ "state": state, "done_on": self.clock.now_utc().format("%Y%m%d").to_string() });
        for (name, value) in more.as_object().into_iter().flatten() {
            wish[name] = value.clone();
        }
        let url = format!("http://{}/authority/cases/{number}/decide", self.twin);
        self.client.post(url).json(&wish).send().await.unwrap().status().as_u16()
    }

    /// The cases in the twin's books.
    pub async fn their_cases(&self) -> Vec<Value> {
        let url = format!("http://{}/authority/cases", self.twin);
        self.client.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// How often this is on record.
    pub async fn recorded(&self, case: CaseId, act: &str) -> usize {
        let application = self.case(case).await.application;
        let rows = platform::journal::read(self.world.db.reader(), application.uuid(), 0).await.unwrap();
        rows.iter().filter(|row| row.act == act).count()
    }
}

fn shelf(changes: &[(&str, &str)]) -> Shelf {
    let Shelf { release, compiled, calendar, files } = &*SHELF;
    let mut files = files.clone();
    let file = files.iter_mut().find(|file: &&mut SourceFile| file.path == FILE).expect("the connector's file");
    for (from, to) in changes {
        assert!(file.text.contains(from), "the connector has no {from}");
        file.text = file.text.replacen(from, to, 1);
    }
    Shelf { release: *release, compiled: compiled.clone(), calendar: calendar.clone(), files }
}

fn words() -> Words {
    Words::collect(&[
        access_service::TEXT_ZH,
        fees_service::TEXT_ZH,
        courier_service::TEXT_ZH,
        casework_service::TEXT_ZH,
        connect_service::TEXT_ZH,
    ])
    .unwrap()
}

pub fn founder() -> DemoPerson {
    demo_people().into_iter().find(|person| person.key == "restaurant-founder").unwrap()
}

fn order() -> OpenApplication {
    let founder = founder();
    let file = PaperFile {
        blob: BlobId::parse(&"a".repeat(64)).unwrap(),
        name: "效果图.pdf".into(),
        kind: "application/pdf".into(),
        size: 120_000,
    };
    OpenApplication {
        theme: "open-restaurant".into(),
        theme_name: "开办餐饮店".into(),
        applicant: Applicant {
            subject: founder.subject,
            name: founder.name.to_string(),
            citizen_id: Some(founder.citizen_id.to_string()),
            phone: Some("19912345678".into()),
        },
        organisation: None,
        agent: None,
        channel: Channel::Online,
        region: "440604012017".into(),
        hall: None,
        items: vec!["sign-filing".into()],
        held: ["business-licence".to_owned()].into(),
        answers: BTreeMap::from([("has_licence".to_owned(), false.into())]),
        form: form(),
        papers: vec![NewPaper {
            material: "board-drawing".into(),
            name: "招牌效果图".into(),
            holder: HolderRole::Premises,
            scope: None,
            status: PaperStatus::HandIn,
            reason: None,
            file: Some(file),
            asked_by: vec![("sign-filing".into(), "S3".into())],
        }],
        delivery: Delivery { method: casework::DeliveryMethod::Window, recipient: None, phone: None, address: None },
    }
}

fn form() -> BTreeMap<String, FormEntry> {
    let fields: [(&str, kernel::value::Value); 6] = [
        ("op_name", founder().name.into()),
        ("mobile", "19912345678".into()),
        ("ent_name", "佛山市禅城区志远小馆".into()),
        ("board_text", "志远小馆".into()),
        ("board_n", 2.into()),
        ("board_light", "led".into()),
    ];
    let typed = |(element, value): (&str, _)| (element.to_owned(), FormEntry { value, origin: Origin::Typed });
    fields.into_iter().map(typed).collect()
}
