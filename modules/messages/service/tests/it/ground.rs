//! A world with casework, messages, and the twins of the SMS centre, the official account and the mail server; its own
//! server hears what they report.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::LazyLock;

use access::{Actor, ActorKind, Policies, Role};
use access_service::{Visit, Words};
use axum::middleware::from_fn_with_state;
use casework_service::acts::{self, OpenApplication, Opened};
use casework_service::{Applicant, Channel, Delivery, FormEntry, NewPaper, Origin, PaperStatus};
use catalog::model::HolderRole;
use catalog_service::Shelf;
use kernel::id::Uuid;
use kernel::value::Value as FieldValue;
use outside::Lines;
use platform::clock::FixedClock;
use platform::sealed::Sealer;
use platform::vault::Vault;
use platform::world::Ground;
use platform::{Blobs, Clock, Config, Database, Dispatcher, Listener, Migrations, World};
use records_service::sample::{self, DemoPerson, People, demo_people};
use serde_json::Value;
use testkit::moment;

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    let files = catalog_service::folder::read(&root).expect("the sample district");
    Shelf::of(Uuid::nil(), files).expect("the sample compiles")
});

static PEOPLE: LazyLock<People> =
    LazyLock::new(|| sample::people(7, 60, SHELF.catalog(), moment("2026-03-02 09:30").date_naive()));

/// The item all tests apply for.
pub const ITEM: &str = "register-individual";

/// The world of one test.
pub struct Place {
    pub world: World,
    pub clock: FixedClock,
    pub server: String,
    twins: SocketAddr,
    client: reqwest::Client,
    _folder: tempfile::TempDir,
}

/// Runs a test on both engines, at half past nine on Monday, 2 March 2026.
pub async fn each_place(body: impl AsyncFn(&Place)) {
    each_place_with(|_| {}, body).await;
}

/// The same under a configuration of the test's own.
pub async fn each_place_with(change: fn(&mut Config), body: impl AsyncFn(&Place)) {
    let prepare = async |url: String| {
        let db = open(&url).await;
        let all = [
            Migrations::new("records", records_service::migrations()),
            Migrations::new("fees", fees_service::migrations()),
            Migrations::new("courier", courier_service::migrations()),
            Migrations::new("casework", casework_service::migrations()),
            Migrations::new("messages", messages_service::migrations()),
        ];
        db.migrate(&all).await.unwrap();
        records_service::acts::load_people(&db, &PEOPLE).await.unwrap();
        db.close().await;
    };
    testkit::each_engine_from("messages", prepare, async |url: String| {
        let place = place(url, change).await;
        body(&place).await;
        place.world.db.close().await;
    })
    .await;
}

/// The database with the keys of this process.
async fn open(url: &str) -> Database {
    Database::open(url).await.unwrap().with_sealer(Sealer::in_folder(testkit::engines::key_folder()))
}

async fn place(url: String, change: fn(&mut Config)) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::fixed(moment("2026-03-02 09:30"));
    let Clock::Fixed(hand) = clock.clone() else { unreachable!() };
    let db = open(&url).await.with_clock(clock.clone());
    let blobs = Blobs::open(folder.path().join("blobs"), Sealer::in_folder(testkit::engines::key_folder())).unwrap();
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let twins = twins::start(anywhere, "a secret of both ends").await.unwrap();
    let listener = tokio::net::TcpListener::bind(anywhere).await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    let mut config = Config {
        database_url: url,
        data: folder.path().to_owned(),
        public_url: Some(server.clone()),
        lines: twins.lines.clone(),
        ..Config::default()
    };
    change(&mut config);
    let lines = Lines::of(&config.lines).unwrap();
    let vault = Vault::open_at(&folder.path().join("keys"), None, None).unwrap();
    let world = World::of(Ground { db, clock, blobs, config, parts: Default::default() });
    let policies = [casework::CASEWORK, records::RECORDS, fees::FEES, courier::COURIER, messages::acts::MESSAGES];
    world.parts.install(Policies::compile(&policies).unwrap());
    let words = [access_service::TEXT_ZH, fees_service::TEXT_ZH, casework_service::TEXT_ZH, messages_service::TEXT_ZH];
    world.parts.install(Words::collect(&words).unwrap());
    let Shelf { release, compiled, calendar, files } = &*SHELF;
    let shelf =
        Shelf { release: *release, compiled: compiled.clone(), calendar: calendar.clone(), files: files.clone() };
    world.parts.install(shelf);
    world.parts.install(lines);
    world.parts.install(vault);
    let routes = messages_service::routes()
        .merge(fees_service::routes())
        .merge(courier_service::routes())
        .layer(from_fn_with_state(world.clone(), access_service::door::dress))
        .with_state(world.clone());
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    let client = outside::client().unwrap();
    Place { world, clock: hand, server, twins: twins.address, client, _folder: folder }
}

impl Place {
    /// Does what is due.
    pub async fn settle(&self) {
        self.settle_beside(Vec::new()).await;
    }

    /// The same with others who listen too.
    pub async fn settle_beside(&self, others: Vec<Listener>) {
        let mut listeners = casework_service::listeners();
        listeners.extend(messages_service::listeners());
        listeners.extend(others);
        let mut jobs = casework_service::jobs();
        jobs.extend(fees_service::jobs());
        jobs.extend(courier_service::jobs());
        jobs.extend(messages_service::jobs());
        Dispatcher::new(self.world.clone(), listeners, jobs).run_until_empty().await.unwrap();
    }

    /// Sets the clock and does what is due then.
    pub async fn at(&self, when: &str) {
        self.clock.set(moment(when));
        self.settle().await;
    }

    /// What a twin has taken, the newest first.
    pub async fn taken(&self, twin: &str) -> Vec<Value> {
        let answer = self.client.get(format!("http://{}/{twin}/messages", self.twins)).send().await.unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    /// The founder pays an order on the platform's page.
    pub async fn pay(&self, number: &str) {
        let request = self.client.post(format!("http://{}/payment/pay/{number}", self.twins));
        let request = request.header("content-type", "application/x-www-form-urlencoded").body("do=pay");
        assert_eq!(request.send().await.unwrap().status().as_u16(), 303);
    }

    /// How a twin feels.
    pub async fn mood(&self, twin: &str, feeling: Value) {
        let sent = self.client.put(format!("http://{}/{twin}/mood", self.twins)).json(&feeling).send().await.unwrap();
        assert!(sent.status().is_success());
    }

    /// A person tells the official account something; gives what the page says.
    pub async fn say(&self, open_id: &str, code: &str) -> String {
        let form =
            format!("open_id={open_id}&code={code}&home={}", self.server.replace(':', "%3A").replace('/', "%2F"));
        let request = self.client.post(format!("http://{}/wechat/say", self.twins));
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
        request.send().await.unwrap().text().await.unwrap()
    }

    /// An unsigned or otherwise wrong call of the callbacks; gives the status.
    pub async fn call_back(&self, path: &str, body: &Value) -> u16 {
        let sent = self.client.post(format!("{}{path}", self.server)).json(body).send().await.unwrap();
        sent.status().as_u16()
    }

    /// A clerk of the district hall.
    pub fn clerk(&self) -> Visit {
        self.staff(Role::Clerk)
    }

    /// The system administrator.
    pub fn admin(&self) -> Visit {
        self.staff(Role::Admin)
    }

    fn staff(&self, role: Role) -> Visit {
        let kind = ActorKind::Staff {
            roles: BTreeSet::from([role]),
            region: "440604".into(),
            authority: Some("data-chancheng".into()),
            hall: None,
        };
        Visit::of(&self.world, Actor { id: format!("{}1", role.name()), name: "甲".into(), kind })
    }

    /// The founder, signed in.
    pub fn founder(&self) -> Visit {
        let founder = founder();
        Visit::of(&self.world, Actor::resident(founder.subject.to_string(), founder.name))
    }

    /// The founder applies for one item.
    pub async fn apply(&self) -> Opened {
        self.apply_with(order()).await
    }

    /// A house changes hands: 80 元 and two further certificates, due before the decision.
    pub async fn apply_for_house(&self) -> Opened {
        let fields: [(&str, FieldValue); 2] =
            [("house_use", "dwelling".into()), ("cert_copies", FieldValue::Number(3.0))];
        let mut order = OpenApplication { items: vec!["house-transfer".to_owned()], ..order() };
        for (code, value) in fields {
            order.form.insert(code.to_owned(), FormEntry { value, origin: Origin::Typed });
        }
        self.apply_with(order).await
    }

    /// The founder applies with a paper nobody can read, and is asked for it.
    pub async fn apply_with_blurred_paper(&self) -> Opened {
        let paper = NewPaper {
            material: "site-proof".into(),
            name: "经营场所使用证明".into(),
            holder: HolderRole::Premises,
            scope: None,
            status: PaperStatus::HandIn,
            reason: None,
            file: None,
            asked_by: vec![(ITEM.to_owned(), "A3".to_owned())],
        };
        let opened = self.apply_with(OpenApplication { papers: vec![paper], ..order() }).await;
        let mine = casework_service::reads::my_application(&self.founder(), opened.application).await.unwrap();
        let line = acts::CorrectionLine {
            target: acts::CorrectionTarget::Paper(mine.papers[0].id),
            reason: "看不清".into(),
            mend: "交原件".into(),
            basis: None,
        };
        let order = acts::NotifyCorrection { application: opened.application, lines: vec![line] };
        acts::notify_correction(&self.clerk(), None, order).await.unwrap();
        opened
    }

    async fn apply_with(&self, order: OpenApplication) -> Opened {
        let (visit, order) = (&self.founder(), &order);
        visit.write(None, async |tx| acts::open_application(&tx, visit, order.clone()).await).await.unwrap()
    }

    /// The clerk accepts it.
    pub async fn accept(&self, opened: &Opened) {
        let order = acts::AcceptCase { case: opened.cases[0].case };
        acts::accept_case(&self.clerk(), None, order).await.unwrap();
    }

    /// The clerk asks for a better telephone number.
    pub async fn ask_to_correct(&self, opened: &Opened) {
        let line = acts::CorrectionLine {
            target: acts::CorrectionTarget::Field("mobile".into()),
            reason: "号码少一位".into(),
            mend: "填写十一位手机号码".into(),
            basis: None,
        };
        let order = acts::NotifyCorrection { application: opened.application, lines: vec![line] };
        acts::notify_correction(&self.clerk(), None, order).await.unwrap();
    }

    /// The founder gives it.
    pub async fn correct(&self, opened: &Opened) {
        let fields = BTreeMap::from([("mobile".to_owned(), FieldValue::from("19912345679"))]);
        let order = acts::AnswerCorrection { application: opened.application, papers: vec![], fields };
        acts::answer_correction(&self.founder(), None, order).await.unwrap();
    }

    /// The working calendar.
    pub fn calendar(&self) -> kernel::calendar::WorkCalendar {
        self.world.part::<Shelf>().calendar.clone()
    }

    /// The titles of the founder's messages, the newest first.
    pub async fn titles(&self) -> Vec<String> {
        let inbox = messages_service::reads::inbox(&self.founder(), None, 50).await.unwrap();
        inbox.messages.into_iter().map(|one| one.title).collect()
    }
}

/// The person of the tests.
pub fn founder() -> DemoPerson {
    demo_people().into_iter().find(|person| person.key == "restaurant-founder").unwrap()
}

fn order() -> OpenApplication {
    let founder = founder();
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
        items: vec![ITEM.to_owned()],
        held: BTreeSet::new(),
        answers: BTreeMap::new(),
        form: BTreeMap::from([("mobile".to_owned(), FormEntry { value: "19912345678".into(), origin: Origin::Typed })]),
        papers: Vec::new(),
        delivery: Delivery { method: casework::DeliveryMethod::Window, recipient: None, phone: None, address: None },
    }
}
