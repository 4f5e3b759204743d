//! What the tests stand on: the sample's catalogue and people, a world on each engine, the officers, a filled-in matter.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use access::{Actor, ActorKind, Policies, Role};
use access_service::{Visit, Words};
use casework_service::acts::{self, OpenApplication, Opened};
use casework_service::{Applicant, Channel, Delivery, FormEntry, NewPaper, Origin, PaperFile, PaperStatus};
use catalog::SourceFile;
use catalog::model::HolderRole;
use catalog_service::Shelf;
use kernel::id::{BlobId, CaseId, SubjectId, Uuid};
use kernel::value::Value;
use platform::clock::FixedClock;
use platform::sealed::Sealer;
use platform::world::Ground;
use platform::{Blobs, Clock, Config, Database, Dispatcher, Fault, Migrations, RequestKey, World};
use records_service::sample::{self, DemoPerson, People, demo_people};
use testkit::moment;

pub static FILES: LazyLock<Vec<SourceFile>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    catalog_service::folder::read(&root).expect("the sample district")
});

/// Compiled once; every world gets a copy.
static SHELF: LazyLock<Shelf> = LazyLock::new(|| Shelf::of(Uuid::nil(), FILES.clone()).expect("the sample compiles"));

static PEOPLE: LazyLock<People> =
    LazyLock::new(|| sample::people(7, 60, SHELF.catalog(), moment("2026-03-02 09:30").date_naive()));

fn shelf() -> Shelf {
    let Shelf { release, compiled, calendar, files } = &*SHELF;
    Shelf { release: *release, compiled: compiled.clone(), calendar: calendar.clone(), files: files.clone() }
}

/// The world of one test, and the hand on its clock.
pub struct Place {
    pub world: World,
    pub clock: FixedClock,
    _folder: tempfile::TempDir,
}

/// Runs a test on both engines, at half past nine on Monday, 2 March 2026.
pub async fn each_place(body: impl AsyncFn(&Place)) {
    each_place_at(None, body).await;
}

/// The same under an address of its own, for those who call back.
pub async fn each_place_at(address: Option<String>, body: impl AsyncFn(&Place)) {
    let prepare = async |url: String| {
        let db = open(&url).await;
        let records = Migrations::new("records", records_service::migrations());
        let casework = Migrations::new("casework", casework_service::migrations());
        let access = Migrations::new("access", access_service::migrations());
        let fees = Migrations::new("fees", fees_service::migrations());
        let courier = Migrations::new("courier", courier_service::migrations());
        db.migrate(&[access, records, fees, courier, casework]).await.unwrap();
        records_service::acts::load_people(&db, &PEOPLE).await.unwrap();
        db.close().await;
    };
    testkit::each_engine_from("casework", prepare, async |url: String| {
        let place = place(url, address.clone()).await;
        body(&place).await;
        assert!(platform::journal::verify(&place.world.db).await.unwrap().is_whole(), "the journal is whole");
        place.world.db.close().await;
    })
    .await;
}

async fn place(url: String, public_url: Option<String>) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::fixed(moment("2026-03-02 09:30"));
    let Clock::Fixed(hand) = clock.clone() else { unreachable!() };
    let db = open(&url).await.with_clock(clock.clone());
    let blobs = Blobs::open(folder.path().join("blobs"), Sealer::in_folder(testkit::engines::key_folder())).unwrap();
    let config = Config { database_url: url, public_url, ..Config::default() };
    let world = World::of(Ground { db, clock, blobs, config, parts: Default::default() });
    world
        .parts
        .install(Policies::compile(&[casework::CASEWORK, records::RECORDS, fees::FEES, courier::COURIER]).unwrap());
    world.parts.install(words());
    world.parts.install(shelf());
    Place { world, clock: hand, _folder: folder }
}

/// The database with the keys of this process.
async fn open(url: &str) -> Database {
    Database::open(url).await.unwrap().with_sealer(Sealer::in_folder(testkit::engines::key_folder()))
}

pub fn words() -> Words {
    Words::collect(&[
        access_service::TEXT_ZH,
        fees_service::TEXT_ZH,
        courier_service::TEXT_ZH,
        casework_service::TEXT_ZH,
    ])
    .unwrap()
}

impl Place {
    /// Does what is due, where something may fail.
    pub async fn try_settle(&self) {
        let (listeners, mut jobs) = (casework_service::listeners(), casework_service::jobs());
        jobs.extend(fees_service::jobs());
        jobs.extend(courier_service::jobs());
        Dispatcher::new(self.world.clone(), listeners, jobs).run_until_empty().await.unwrap();
    }

    /// Does what is due: events and timers.
    pub async fn settle(&self) {
        let (listeners, mut jobs) = (casework_service::listeners(), casework_service::jobs());
        jobs.extend(fees_service::jobs());
        jobs.extend(courier_service::jobs());
        Dispatcher::new(self.world.clone(), listeners, jobs).run_until_empty().await.unwrap();
        assert_eq!(platform::queue::dead_letters(&self.world.db, 10).await.unwrap(), []);
    }

    /// A member of staff of this authority with this post.
    pub fn officer(&self, role: Role, authority: &str) -> Visit {
        self.person(&format!("{}@{authority}", role.name()), &[role], authority, None)
    }

    /// A member of staff with these posts.
    pub fn person(&self, id: &str, roles: &[Role], authority: &str, hall: Option<&str>) -> Visit {
        let kind = ActorKind::Staff {
            roles: BTreeSet::from_iter(roles.iter().copied()),
            region: "440604".into(),
            authority: Some(authority.into()),
            hall: hall.map(Into::into),
        };
        Visit::of(&self.world, Actor { id: id.into(), name: format!("{id}甲"), kind })
    }

    /// A clerk of the district hall.
    pub fn clerk(&self) -> Visit {
        self.person("clerk1", &[Role::Clerk], "data-chancheng", Some("district-hall"))
    }

    /// The issuer of the district hall.
    pub fn exit(&self) -> Visit {
        self.person("issuer1", &[Role::Issuer], "data-chancheng", Some("district-hall"))
    }

    /// The founder, signed in.
    pub fn founder(&self) -> Visit {
        let founder = founder();
        Visit::of(&self.world, Actor::resident(founder.subject.to_string(), founder.name))
    }

    /// Opens an application of the founder for these items, as the portal does.
    pub async fn open(&self, items: &[&str]) -> Opened {
        self.try_open(&self.founder(), order(items)).await.unwrap()
    }

    /// Opens an application.
    pub async fn try_open(&self, visit: &Visit, order: OpenApplication) -> Result<Opened, Fault> {
        let order = &order;
        visit.write(None, async |tx| acts::open_application(&tx, visit, order.clone()).await).await
    }
}

pub fn founder() -> DemoPerson {
    demo_people().into_iter().find(|person| person.key == "restaurant-founder").unwrap()
}

/// The shop: registered at once, a food permit, a fire inspection and a sign that wait for the licence.
pub const SHOP: [&str; 4] = ["register-individual", "food-permit-new", "fire-inspection-general", "sign-filing"];

/// An application for these items with a form, a file that two items share, and an exempt paper.
pub fn order(items: &[&str]) -> OpenApplication {
    let founder = founder();
    let site = [("food-permit-new", "F2"), ("fire-inspection-general", "X2")];
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
        items: items.iter().map(ToString::to_string).collect(),
        held: BTreeSet::new(),
        answers: BTreeMap::from([("has_licence".to_owned(), Value::Bool(false))]),
        form: form(),
        papers: vec![
            paper("site-proof", "经营场所使用证明", Some("租赁合同.pdf"), &[("register-individual", "A3")]),
            paper("floor-plan", "平面布置图", Some("平面图.pdf"), &site),
            NewPaper {
                status: PaperStatus::Exempt,
                reason: Some(casework_service::PaperReason {
                    code: "licence".into(), text: "证照库中已有".into()
                }),
                ..paper("id-card", "身份证", None, &[("register-individual", "A2")])
            },
        ],
        delivery: Delivery { method: casework::DeliveryMethod::Window, recipient: None, phone: None, address: None },
    }
}

fn form() -> BTreeMap<String, FormEntry> {
    let record = || Origin::Record { source: "公安人口库".into(), authority: None, as_of: None };
    let fields: [(&str, Value, Origin); 7] = [
        ("op_name", founder().name.into(), record()),
        ("mobile", "19912345678".into(), Origin::Typed),
        ("ent_name", "佛山市禅城区志远小馆".into(), Origin::Typed),
        ("org_form", "individual".into(), Origin::Answered),
        ("site_addr", "佛山市禅城区祖庙街道同安社区福宁路1号2座首层3号铺".into(), Origin::Typed),
        ("scope", vec!["catering", "food-sale"].into(), Origin::Typed),
        ("capital", 10.into(), Origin::Typed),
    ];
    fields.into_iter().map(|(element, value, origin)| (element.to_owned(), FormEntry { value, origin })).collect()
}

pub fn paper(material: &str, name: &str, file: Option<&str>, asked_by: &[(&str, &str)]) -> NewPaper {
    NewPaper {
        material: material.into(),
        name: name.into(),
        holder: HolderRole::Premises,
        scope: None,
        status: PaperStatus::HandIn,
        reason: None,
        file: file.map(|name| pdf(name, 'a')),
        asked_by: asked_by.iter().map(|(item, row)| ((*item).to_owned(), (*row).to_owned())).collect(),
    }
}

/// A file whose address consists of this letter.
pub fn pdf(name: &str, letter: char) -> PaperFile {
    let blob = BlobId::parse(&letter.to_string().repeat(64)).unwrap();
    PaperFile { blob, name: name.into(), kind: "application/pdf".into(), size: 120_000 }
}

/// The case of this item.
pub fn case(opened: &Opened, item: &str) -> CaseId {
    opened.cases.iter().find(|case| case.item == item).map(|case| case.case).unwrap()
}

/// A request key of this visitor.
pub fn key(visit: &Visit, key: &str) -> RequestKey {
    RequestKey::new(&visit.actor.id, key).unwrap()
}

/// The code of a refusal.
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> String {
    match outcome {
        Err(Fault::Refusal(refusal)) => refusal.code.into_owned(),
        other => panic!("should be refused: {other:?}"),
    }
}

/// The authority that decides this item.
pub fn authority(place: &Place, item: &str) -> String {
    let shelf: Arc<Shelf> = place.world.part();
    shelf.catalog().items[item].authority.to_string()
}

/// Somebody with a subject and nothing else.
pub fn stranger(place: &Place) -> Visit {
    Visit::of(&place.world, Actor::resident(SubjectId::from_uuid(Uuid::from_u128(9)).to_string(), "李四"))
}
