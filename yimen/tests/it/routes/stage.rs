//! Who asks, and about what: one application under way and one draft, both of one resident.

use access::{Act, Actor, Policies, Resource};
use access_service::acts::{sign_in_resident, sign_in_staff};
use access_service::{Visit, session};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use casework::NoticeKind;
use casework_service::{NewPaper, NoticeId, PaperFile, PaperStatus};
use catalog::model::HolderRole;
use futures::stream;
use kernel::id::{ApplicationId, CaseId, DraftId, LicenceId};
use platform::blobs::{Expected, Stored};
use platform::{Clock, World};
use records::{Purpose, Why};
use tempfile::TempDir;
use themes_service::acts::{AddPaper, StartDraft, add_paper, start_draft};
use tower::ServiceExt;
use uuid::Uuid;
use yimen::commands::serve;

use super::Got;
use super::list::{Door, Route};
use crate::district::{database_of, demo, loaded_folder};
use crate::life::District;

/// A resident, or an officer of the stage's authority, or one of elsewhere (`~`).
pub struct Guest {
    pub name: &'static str,
    pub actor: Actor,
    who: Who,
    token: String,
    csrf: String,
}

#[derive(Clone, Copy)]
enum Who {
    Visitor,
    Resident(&'static str),
    Staff(&'static str),
}

/// What an act is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Person,
    Draft,
    Application,
    Case,
}

const GUESTS: [(&str, Who); 18] = [
    ("visitor", Who::Visitor),
    ("owner", Who::Resident("salon-founder")),
    ("other", Who::Resident("shop-owner")),
    ("clerk", Who::Staff("clerk1")),
    ("~clerk", Who::Staff("shiwan-clerk")),
    ("handler", Who::Staff("market-handler")),
    ("~handler", Who::Staff("health-handler")),
    ("reviewer", Who::Staff("market-reviewer")),
    ("approver", Who::Staff("market-approver")),
    ("~approver", Who::Staff("health-approver")),
    ("issuer", Who::Staff("market-issuer")),
    ("item-admin", Who::Staff("market-item-admin")),
    ("standards", Who::Staff("standards1")),
    ("hall-mgr", Who::Staff("hall-manager1")),
    ("~hall-mgr", Who::Staff("shiwan-manager")),
    ("supervisor", Who::Staff("supervisor1")),
    ("steward", Who::Staff("steward1")),
    ("admin", Who::Staff("admin1")),
];

/// The place of the application: 祖庙街道.
const REGION: &str = "440604012";
const PDF: &[u8] = b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// The house with somebody at every door.
pub struct Stage {
    pub guests: Vec<Guest>,
    router: Router,
    district: District,
    application: ApplicationId,
    case: CaseId,
    paper: Uuid,
    notice: NoticeId,
    draft: DraftId,
    draft_paper: Uuid,
    licence: LicenceId,
    list_row: Uuid,
    _data: TempDir,
}

impl Stage {
    /// Sets it: the application accepted, the draft begun, everybody signed in.
    pub async fn set() -> Self {
        let data = loaded_folder();
        let url = database_of(data.path());
        let district = District::open(&url, Clock::System).await;
        yimen::start::vault(&district.world).await.expect("a key store");
        let stored = file(&district.world).await;
        let opened = district
            .submit_with(
                "salon-founder",
                &["food-permit-new", "sign-filing"],
                &["business-licence"],
                vec![paper(&stored)],
            )
            .await;
        district.accept(opened.application).await;
        let (draft, draft_paper) = draft(&district, stored).await;
        let owner = district.resident("salon-founder");
        let subject = demo("salon-founder").subject;
        let held = records_service::reads::licences_of(&owner, subject, &Purpose::of(Why::OwnRecord)).await;
        let licence = held.expect("the owner's licences").first().expect("the owner holds one").id;
        let view = casework_service::reads::my_application(&owner, opened.application).await.expect("the application");
        let paper = view.papers.first().expect("its paper").id.uuid();
        let notices =
            casework_service::reads::notices_of_case(&owner, opened.cases[0].case).await.expect("its notices");
        let notice = notices.iter().find(|one| one.kind == NoticeKind::Acceptance).expect("it was accepted").id;
        standards_service::acts::follow_catalogue(&Visit::system(&district.world)).await.expect("the lists follow");
        let rows = standards_service::reads::lists::page(&owner, &Default::default(), None).await.expect("the lists");
        let list_row = rows.rows[0].id;
        let mut guests = Vec::new();
        for (name, who) in GUESTS {
            guests.push(arrive(&district.world, name, who).await);
        }
        let router = serve::routes(district.world.clone());
        let (application, case) = (opened.application, opened.cases[0].case);
        Self {
            guests,
            router,
            district,
            application,
            case,
            paper,
            notice,
            draft,
            draft_paper,
            licence,
            list_row,
            _data: data,
        }
    }

    /// Whether the policies let this guest do this.
    pub fn may(&self, guest: &Guest, act: Act, subject: Subject) -> bool {
        let owner = demo("salon-founder").subject.to_string();
        let thing = match subject {
            Subject::Person => Resource::of("person").owned_by(owner),
            Subject::Draft => Resource::of("draft").owned_by(owner),
            // The whole of it is the window's; an authority sees its own case.
            Subject::Application => Resource::of("application").in_region(REGION).owned_by(owner),
            Subject::Case => Resource::of("case").in_region(REGION).of_authority("market-chancheng").owned_by(owner),
        };
        self.district.world.part::<Policies>().allow(&guest.actor, act, &thing)
    }

    /// Whether the policies let this officer do this to something of their own region and authority.
    pub fn may_at_home(&self, guest: &Guest, act: Act) -> bool {
        let home = Resource::of("list").in_region(guest.actor.region().unwrap_or_default());
        let home = home.of_authority(guest.actor.authority().unwrap_or_default());
        let home = home.of_hall(guest.actor.hall().unwrap_or_default());
        self.district.world.part::<Policies>().allow(&guest.actor, act, &home)
    }

    /// Has a guest ask for an address, the parameters filled in with what there is.
    pub async fn ask(&self, route: &Route, guest: &Guest) -> Got {
        let fresh;
        let guest = if route.ends_session() {
            fresh = arrive(&self.district.world, guest.name, guest.who).await;
            &fresh
        } else {
            guest
        };
        let response = self.router.clone().oneshot(self.request(route, guest)).await.expect("an answer");
        let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        let to_sign_in = to.starts_with("/sign-in") || to.starts_with("/desk/sign-in");
        if response.status().is_redirection() && to_sign_in && !route.ends_session() {
            return Got::SignIn;
        }
        Got::Status(response.status())
    }

    /// A page as this guest sees it.
    pub async fn page(&self, path: &str, guest: &Guest) -> (StatusCode, String) {
        let request = self.signed(Request::get(path), guest).header(header::ACCEPT, "text/html");
        let response =
            self.router.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer");
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    fn request(&self, route: &Route, guest: &Guest) -> Request<Body> {
        let request = Request::builder().method(route.method.as_str()).uri(self.filled(&route.path));
        let request = self.signed(request, guest);
        let reads = route.method == "GET";
        let made = if route.door == Door::Rest {
            let (kind, body) = if reads { ("application/json", String::new()) } else { wish(&route.path) };
            let request = request.header("x-csrf-token", &guest.csrf).header(header::ACCEPT, "application/json");
            request.header(header::CONTENT_TYPE, kind).body(Body::from(body))
        } else {
            let request = request.header(header::ACCEPT, "text/html");
            let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let form = format!("_csrf={}&_key={}", guest.csrf, Uuid::new_v4());
            request.body(if reads { Body::empty() } else { Body::from(form) })
        };
        made.expect("a request")
    }

    fn signed(&self, request: axum::http::request::Builder, guest: &Guest) -> axum::http::request::Builder {
        match guest.who {
            Who::Visitor => request,
            _ => request.header(header::COOKIE, format!("{}={}", session::COOKIE, guest.token)),
        }
    }

    /// The address with the ids of the stage in the place of its parameters.
    fn filled(&self, path: &str) -> String {
        let draft = path.contains("/drafts/");
        let id = match path {
            _ if draft => self.draft.to_string(),
            _ if path.contains("/lists/rows/") => self.list_row.to_string(),
            _ if path.contains("/revisions/") => self.paper.to_string(),
            _ if path.contains("/items/") => "sign-filing".to_owned(),
            _ if path.contains("/themes/") => "open-hair-salon".to_owned(),
            _ if path.contains("/connectors/") => "signboard".to_owned(),
            _ if path.contains("/notices/") => self.notice.to_string(),
            _ if path.contains("/licences/") => self.licence.to_string(),
            _ if path.contains("/cases/") => self.case.to_string(),
            _ if path.contains("/applications/") => self.application.to_string(),
            _ => self.paper.to_string(),
        };
        let paper = if draft { self.draft_paper } else { self.paper };
        let order = if path.contains("/cases/") { "complete-step" } else { "accept" };
        let query = match path {
            "/api/v1/drafts/{id}/papers" => "?paper=premises-proof",
            "/desk/comparison/matter" => "?key=441017033001",
            "/api/v1/licences/verification" => "?code=0000-0000-0000-0000",
            _ => "",
        };
        let path = path
            .replace("{id}", &id)
            .replace("{draft}", &self.draft.to_string())
            .replace("{paper}", &paper.to_string())
            .replace("{order}", order)
            .replace("{what}", "again")
            .replace("{list}", "powers")
            .replace("{kind}", if path.contains("/comparison/") { "json" } else { "csv" })
            .replace("{batch}", &paper.to_string())
            .replace("{matter}", &paper.to_string())
            .replace("{theme}", "open-hair-salon")
            .replace("{file}", "nothing.css")
            .replace("{code}", if path.contains("/comparison/") { "440605" } else { "W0402" })
            .replace("{item}", "sign-filing")
            .replace("{section}", "materials")
            .replace("{row}", "0");
        path + query
    }
}

/// A body that comes as far as the act behind the address, so that it is the act that lets in or not; one that the rules
/// then refuse where they can, so that little changes.
fn wish(path: &str) -> (&'static str, String) {
    let body = match path.rsplit('/').next().unwrap_or_default() {
        "session" => r#"{"kind":"staff","login":"nobody","password":"wrong"}"#,
        "drafts" => r#"{"theme":"open-hair-salon"}"#,
        "answers" => r#"{"version":0,"answers":{}}"#,
        "form" => r#"{"version":0,"fields":{}}"#,
        "submit" => r#"{"declared":true}"#,
        "orders" => r#"{"order":"complete-step","step":"no-such-step","view":"agree","words":"同意"}"#,
        "correction" | "advice" => r#"{"lines":[]}"#,
        "hand-over" => r#"{"how":"window","to":"陈嘉怡"}"#,
        "papers" | "answer" => {
            let head = "content-disposition: form-data; name=\"file\"; filename=\"a.pdf\"";
            return ("multipart/form-data; boundary=b", format!("--b\r\n{head}\r\n\r\n%PDF-1.4 %%EOF\r\n--b--\r\n"));
        }
        _ => "{}",
    };
    ("application/json", body.to_owned())
}

async fn arrive(world: &World, name: &'static str, who: Who) -> Guest {
    let opened = match who {
        Who::Visitor => None,
        Who::Resident(key) => Some(sign_in_resident(world, &demo(key).subject.to_string(), demo(key).name).await),
        Who::Staff(login) => Some(sign_in_staff(world, login, access_service::accounts::FIRST_PASSWORD).await),
    };
    let Some(opened) = opened.map(|opened| opened.unwrap_or_else(|fault| panic!("{name} cannot sign in: {fault}")))
    else {
        return Guest { name, actor: Actor::visitor(), who, token: String::new(), csrf: String::new() };
    };
    let found = session::find(world, &opened.token).await.expect("a database").expect("a session");
    Guest { name, actor: opened.actor, who, token: opened.token, csrf: found.csrf }
}

async fn file(world: &World) -> Stored {
    let content = stream::iter([Ok::<_, std::io::Error>(PDF)]);
    let expected = Expected { field: "file", name: Some("lease.pdf"), limit: 1 << 20 };
    world.blobs.put(content, expected).await.expect("the file is kept")
}

fn paper(stored: &Stored) -> NewPaper {
    NewPaper {
        material: "premises-proof".into(),
        name: "场所使用证明".into(),
        holder: HolderRole::Premises,
        scope: None,
        status: PaperStatus::HandIn,
        reason: None,
        file: Some(PaperFile {
            blob: stored.id.clone(),
            name: "lease.pdf".into(),
            kind: stored.kind.media_type().into(),
            size: stored.len,
        }),
        asked_by: vec![("food-permit-new".into(), "M1".into())],
    }
}

async fn draft(district: &District, stored: Stored) -> (DraftId, Uuid) {
    let owner: Visit = district.resident("salon-founder");
    let order = StartDraft {
        theme: "open-hair-salon".into(),
        subject: demo("salon-founder").subject,
        organisation: None,
        answers: themes::Answers::new(),
    };
    let draft = start_draft(&owner, None, order).await.expect("a draft");
    let order = AddPaper { draft, slot: "premises-proof".into(), name: "lease.pdf".into(), stored };
    add_paper(&owner, &order).await.expect("a paper");
    let kept = themes_service::reads::draft(&owner, draft).await.expect("the draft");
    (draft, kept.papers[0].id)
}
