//! The desk in the sample district, and officers with browsers.

use std::collections::{BTreeMap, BTreeSet};

use access_service::{Visit, Words, door, session};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use casework::DeliveryMethod;
use casework_service::acts::{OpenApplication, open_application};
use casework_service::{Applicant, Channel, Delivery, FormEntry, NewPaper, Origin, PaperId, PaperStatus, reads};
use catalog::model::HolderRole;
use catalog_service::Shelf;
use district::Sample;
use kernel::id::{ApplicationId, CaseId};
use platform::{Config, World};
use records_service::sample::DemoPerson;
use tower::ServiceExt;

pub use district::{PDF, demo};

/// The item most tests are about, and its authority: it needs a business licence, which the applicant holds.
pub const ITEM: &str = "hygiene-permit-salon";

pub struct House {
    pub world: World,
    sample: Sample,
    router: Router,
}

/// An application with one case and one paper.
#[derive(Debug, Clone)]
pub struct Filed {
    pub application: ApplicationId,
    pub number: String,
    pub case: CaseId,
    pub paper: PaperId,
}

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub to: String,
    pub cookies: Vec<String>,
    pub headers: HeaderMap,
    pub text: String,
}

/// A browser: it keeps its cookies and the last page.
pub struct Browser<'a> {
    house: &'a House,
    pub cookies: BTreeMap<String, String>,
}

impl House {
    /// Monday 2026-11-23, nine o'clock, a demonstration.
    pub async fn build() -> House {
        Self::build_with(|_| {}).await
    }

    /// The same under a configuration of the test's own.
    pub async fn build_with(change: impl FnOnce(&mut Config)) -> House {
        let sample = Sample::open_with(&[desk::TEXT_ZH], change).await;
        let router = district::door(&sample.world, desk::routes().merge(themes_service::routes()));
        House { world: sample.world.clone(), sample, router }
    }

    /// A browser nobody has signed in with.
    pub fn visitor(&self) -> Browser<'_> {
        Browser { house: self, cookies: BTreeMap::new() }
    }

    /// A browser with a member of staff signed in.
    pub async fn officer(&self, login: &str) -> Browser<'_> {
        self.with(self.sample.officer(login).await)
    }

    /// A browser with a resident signed in.
    pub async fn resident(&self, key: &str) -> Browser<'_> {
        self.with(self.sample.resident(key).await)
    }

    fn with(&self, cookie: String) -> Browser<'_> {
        let (name, token) = cookie.split_once('=').expect("a cookie");
        Browser { house: self, cookies: BTreeMap::from([(name.to_owned(), token.to_owned())]) }
    }

    /// Opens an application of the salon's founder for the hygiene permit, with one paper.
    pub async fn file(&self) -> Filed {
        let shelf = self.world.part::<Shelf>();
        let row = &shelf.catalog().items[ITEM].materials[0];
        let paper = NewPaper {
            material: row.material.to_string(),
            name: "经营场所平面图".into(),
            holder: HolderRole::Premises,
            scope: None,
            status: PaperStatus::HandIn,
            reason: None,
            file: Some(self.sample.pdf("平面图.pdf").await),
            asked_by: vec![(ITEM.into(), row.id.to_string())],
        };
        self.file_paper(paper).await
    }

    /// The same with this paper.
    pub async fn file_paper(&self, paper: NewPaper) -> Filed {
        let person = demo("salon-founder");
        let visit = self.sample.resident_visit("salon-founder");
        let order = order(&person, paper);
        let (visit, order) = (&visit, &order);
        let opened = visit.write(None, async |tx| open_application(&tx, visit, order.clone()).await).await.unwrap();
        let view = reads::application_view(&Visit::system(&self.world), opened.application).await.unwrap();
        let (case, paper) = (opened.cases[0].case, view.papers[0].id);
        Filed { application: opened.application, number: opened.number, case, paper }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let headers = answer.headers().clone();
        let to = headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
        let cookies = headers.get_all(header::SET_COOKIE).iter().filter_map(|one| one.to_str().ok());
        let cookies = cookies.map(str::to_owned).collect();
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 64 << 20).await.unwrap();
        Answer { status, to, cookies, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

impl Browser<'_> {
    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, self.cookie()).body(Body::empty()).unwrap();
        let answer = self.house.send(request).await;
        self.keep(&answer);
        answer
    }

    /// Sends a form as it is.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post_as(path, form, &[]).await
    }

    /// Sends a form with headers of the browser's own.
    pub async fn post_as(&mut self, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let body = form.iter().map(|(name, value)| door::pair(name, value)).collect::<Vec<_>>().join("&");
        let mut request = Request::post(path)
            .header(header::COOKIE, self.cookie())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.house.send(request.body(Body::from(body)).unwrap()).await;
        self.keep(&answer);
        answer
    }

    /// Sends a form of a page: with the session's token and the fields given.
    pub async fn send(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let token = self.token().await;
        let mut whole = vec![("_csrf", token.as_str())];
        whole.extend_from_slice(form);
        self.post(path, &whole).await
    }

    /// The session's token; some word for visitors, as an old page would send.
    pub async fn token(&self) -> String {
        let Some(cookie) = self.cookies.get(session::COOKIE) else { return String::new() };
        session::find(&self.house.world, cookie).await.unwrap().map(|session| session.csrf).unwrap_or_default()
    }

    fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&mut self, answer: &Answer) {
        for cookie in &answer.cookies {
            let (name, value) = cookie.split(';').next().unwrap_or_default().split_once('=').unwrap_or_default();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// The value of a hidden field inside the form that posts to `action`.
pub fn hidden(text: &str, action: &str, name: &str) -> String {
    let form = text.find(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("no form to {action} in {text}"));
    let start = format!("name=\"{name}\" value=\"");
    let from = text[form..].find(&start).unwrap_or_else(|| panic!("no field {name}")) + form + start.len();
    text[from..].split('"').next().unwrap_or_default().to_owned()
}

pub fn words() -> Words {
    district::words(&[desk::TEXT_ZH])
}

fn order(person: &DemoPerson, paper: NewPaper) -> OpenApplication {
    let field = |value: &str, origin: Origin| FormEntry { value: value.into(), origin };
    let register = Origin::Record { source: "公安人口库".into(), authority: None, as_of: None };
    OpenApplication {
        theme: "open-hair-salon".into(),
        theme_name: "开一家理发店".into(),
        applicant: Applicant {
            subject: person.subject,
            name: person.name.into(),
            citizen_id: Some(person.citizen_id.to_string()),
            phone: Some("10012345678".into()),
        },
        organisation: None,
        agent: None,
        channel: Channel::Online,
        region: "440604012".into(),
        hall: None,
        items: vec![ITEM.into()],
        held: BTreeSet::from(["business-licence".to_owned()]),
        answers: BTreeMap::new(),
        form: BTreeMap::from([
            ("op_name".to_owned(), field(person.name, register)),
            ("ent_name".to_owned(), field("嘉怡美发店", Origin::Typed)),
            ("site_addr".to_owned(), field("祖庙街道锦华路85号首层", Origin::Typed)),
        ]),
        papers: vec![paper],
        delivery: Delivery { method: DeliveryMethod::Window, recipient: None, phone: None, address: None },
    }
}
