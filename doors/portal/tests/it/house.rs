//! The portal in the sample district, and its frame as the binary puts it together.

use std::collections::{BTreeMap, BTreeSet};

use access_service::{Visit, door};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use casework::DeliveryMethod;
use casework_service::acts::{OpenApplication, Opened, open_application};
use casework_service::{Applicant, Channel, Delivery, FormEntry, NewPaper, Origin, PaperFile, PaperStatus};
use catalog::model::HolderRole;
use district::Sample;
use kernel::value::Value;
use platform::roots::{self, Step};
use platform::vault::{self, PublicKeyRecord, Purpose, Vault};
use platform::{Clock, Config, World};
use records_service::sample::DemoPerson;
use tower::ServiceExt;

pub use district::demo;

pub struct House {
    pub world: World,
    pub sample: Sample,
    router: Router,
}

/// An answer, read.
pub struct Answer {
    pub status: StatusCode,
    pub to: String,
    pub cookie: Option<String>,
    pub text: String,
    pub kind: String,
}

impl House {
    /// Monday 2026-11-23, nine o'clock, a demonstration.
    pub async fn build() -> House {
        Self::build_with(|_| {}).await
    }

    /// The same under a configuration of the test's own.
    pub async fn build_with(change: impl FnOnce(&mut Config)) -> House {
        let sample = Sample::open_with(&[portal::TEXT_ZH], change).await;
        let routes = portal::routes().merge(themes_service::routes()).fallback(portal::not_found);
        House { world: sample.world.clone(), router: district::door(&sample.world, routes), sample }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let header = |name: header::HeaderName| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let (status, to, kind) = (answer.status(), header(header::LOCATION), header(header::CONTENT_TYPE));
        let cookie = Some(header(header::SET_COOKIE)).filter(|cookie| !cookie.is_empty());
        let bytes = to_bytes(answer.into_body(), 64 << 20).await.unwrap();
        Answer { status, to, cookie, text: String::from_utf8_lossy(&bytes).into_owned(), kind }
    }

    /// Status and bytes of an answer that is no text.
    pub async fn raw(&self, request: Request<Body>) -> (StatusCode, Vec<u8>) {
        let answer: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        (status, to_bytes(answer.into_body(), 64 << 20).await.unwrap().to_vec())
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    pub async fn json(&self, path: &str) -> Answer {
        self.send(Request::get(path).header(header::ACCEPT, "application/json").body(Body::empty()).unwrap()).await
    }

    /// Closes the day before, lets so many days go by and closes them.
    pub async fn close_days(&self, days: u64) {
        let Clock::Fixed(hand) = &self.world.clock else { unreachable!() };
        self.close().await;
        hand.advance_days(days);
        self.close().await;
    }

    async fn close(&self) {
        let vault = Vault::open(&self.world.config).unwrap();
        let signer = vault.signer(&Purpose::JournalRoot, self.world.clock.now_utc()).unwrap();
        while roots::step(&self.world.db, &signer, 1_000).await.unwrap() != Step::Nothing {}
    }

    /// The public keys.
    pub fn keys(&self) -> Vec<PublicKeyRecord> {
        vault::list(&self.world.config.key_folder()).unwrap()
    }

    pub async fn post(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Answer {
        let body = form.iter().map(|(name, value)| door::pair(name, value)).collect::<Vec<_>>().join("&");
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Signs a demo person in and gives the cookie.
    pub async fn resident(&self, key: &str) -> String {
        let answer = self.post("/sign-in", "", &[("person", key)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        cookie_of(&answer)
    }

    /// Signs the clerk in and gives the cookie.
    pub async fn clerk(&self) -> String {
        self.sample.officer("clerk1").await
    }

    /// A visit by the clerk, without a browser.
    pub async fn clerk_visit(&self) -> Visit {
        self.sample.officer_visit("clerk1").await
    }

    /// Opens an application of this person for a salon: a licence and the permit that waits for it.
    pub async fn salon(&self, person: &str) -> Opened {
        let visit = self.sample.resident_visit(person);
        let order = salon_order(&demo(person), self.sample.pdf("lease.pdf").await);
        let (visit, order) = (&visit, &order);
        visit.write(None, async |tx| open_application(&tx, visit, order.clone()).await).await.unwrap()
    }
}

pub fn cookie_of(answer: &Answer) -> String {
    let cookie = answer.cookie.as_deref().expect("a cookie");
    cookie.split(';').next().unwrap_or_default().to_owned()
}

/// The value of a hidden field in a page.
pub fn hidden(text: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let from = text.find(&start).unwrap_or_else(|| panic!("no field {name} in {text}")) + start.len();
    text[from..].split('"').next().unwrap_or_default().to_owned()
}

fn salon_order(person: &DemoPerson, lease: PaperFile) -> OpenApplication {
    let typed = |value: &str| FormEntry { value: Value::from(value), origin: Origin::Typed };
    let paper = |material: &str, name: &str, row: (&str, &str), file: Option<PaperFile>| NewPaper {
        material: material.into(),
        name: name.into(),
        holder: HolderRole::Premises,
        scope: None,
        status: if file.is_some() { PaperStatus::HandIn } else { PaperStatus::Exempt },
        reason: None,
        file,
        asked_by: vec![(row.0.into(), row.1.into())],
    };
    OpenApplication {
        theme: "open-hair-salon".into(),
        theme_name: "开一家理发店".into(),
        applicant: Applicant {
            subject: person.subject,
            name: person.name.into(),
            citizen_id: Some(person.citizen_id.to_string()),
            phone: Some("13900000000".into()),
        },
        organisation: None,
        agent: None,
        channel: Channel::Online,
        region: "440604012".into(),
        hall: None,
        items: vec!["register-individual".into(), "hygiene-permit-salon".into()],
        held: BTreeSet::new(),
        answers: BTreeMap::new(),
        form: BTreeMap::from([
            ("op_name".into(), typed(person.name)),
            ("ent_name".into(), typed("佛山市禅城区嘉怡理发店")),
            ("site_addr".into(), typed("祖庙街道锦华路85号首层")),
        ]),
        papers: vec![
            paper("site-proof", "房屋租赁合同", ("register-individual", "A3"), Some(lease)),
            paper("health-cert", "健康证明", ("hygiene-permit-salon", "B7"), None),
        ],
        delivery: Delivery { method: DeliveryMethod::Electronic, recipient: None, phone: None, address: None },
    }
}
