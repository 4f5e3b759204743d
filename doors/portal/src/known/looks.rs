//! `GET /records/looks`: who looked at the person's record, when, why and for which matter (个人信息保护法第四十四条、第四十五条);
//! `GET/POST /records/looks/{id}/object`: an objection to one of them.
//!
//! Officers are told by authority and post. Their names are with supervision, which an objection reaches.

use access_service::{DoorFault, Posted, ResidentVisit, Visit, Words, door};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use catalog_service::Shelf;
use kernel::id::Uuid;
use platform::{Fault, FieldFault};
use records::Why;
use records_service::Lookup;
use records_service::acts::{ObjectToLook, object_to_look};
use records_service::looks::{Objection, looks, own_look};
use serde::Deserialize;
use themes_service::{ThemeShelf, frame};
use ui::{Field, FieldKind, Pager};

use crate::mine::subject;

/// Looks on a page.
const ROWS: u32 = 30;
const HOME: &str = "/records/looks";
/// Longest objection, in characters.
const WORDS: u32 = 500;

/// The query of the list's address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    why: String,
    after: String,
    said: String,
}

/// One look as it is printed.
pub struct LookLine {
    pub at: String,
    pub iso: String,
    pub who: String,
    pub why: String,
    /// The matter it was for, when there was one.
    pub matter: Option<String>,
    /// Where to object; not to one's own looks.
    pub object: Option<String>,
    /// What was objected, and what was answered.
    pub said: Option<(String, Option<String>)>,
}

/// A reason to filter by.
struct Choice {
    code: &'static str,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "portal_looks.html")]
struct Page {
    shell: ui::Shell,
    choices: Vec<Choice>,
    lines: Vec<LookLine>,
    pager: Pager,
    filtered: bool,
    objected: bool,
}

#[derive(Template)]
#[template(path = "portal_object.html")]
struct ObjectPage {
    shell: ui::Shell,
    line: LookLine,
    action: String,
    key: String,
    words: Field,
    refused: Option<(String, String)>,
}

/// The list.
pub async fn show(ResidentVisit(visit): ResidentVisit, Query(address): Query<Address>) -> Result<Response, DoorFault> {
    let subject = subject(&visit).ok_or(Fault::NotAllowed)?;
    let why = Why::parse(&address.why);
    let after = Some(address.after.as_str()).filter(|after| !after.is_empty());
    let page = looks(&visit, subject, why, after, ROWS).await?;
    let words = visit.world.part::<Words>();
    let reason = why.map_or_else(String::new, |why| format!("why={}&", why.code()));
    let pager = Pager {
        back: after.map(|_| format!("{HOME}?{reason}").trim_end_matches(['?', '&']).to_owned()),
        on: page.next.map(|next| format!("{HOME}?{reason}after={next}")),
        shown: String::new(),
    };
    let choice =
        |one: &Why| Choice { code: one.code(), label: words.get(one.text_key()).to_owned(), chosen: why == Some(*one) };
    Ok(ui::page(Page {
        shell: shell(&visit, "谁看过我的信息").crumb_here("谁看过我的信息"),
        choices: Why::ALL.iter().map(choice).collect(),
        lines: page.rows.iter().map(|(look, said)| line(&visit, look, said.as_ref(), &words)).collect(),
        pager,
        filtered: why.is_some(),
        objected: address.said == "objected",
    }))
}

/// The page that asks what is objected.
pub async fn ask(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let (look, said) = find(&visit, &id).await?;
    if said.is_some() || is_own(&visit, &look) {
        return Ok(Redirect::to(HOME).into_response());
    }
    Ok(object_page(&visit, &look, "", None))
}

/// An objection as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    words: String,
}

/// Puts it on record.
pub async fn object(Path(id): Path<String>, posted: Posted<Said>) -> Result<Response, DoorFault> {
    let (visit, said) = (posted.visit, posted.form);
    if visit.actor.subject().is_none() {
        return Err(Fault::NotAllowed.into());
    }
    let (look, _) = find(&visit, &id).await?;
    let order = ObjectToLook { look: look.id, words: said.words.clone() };
    match object_to_look(&visit, Some(&posted.key), order).await {
        Ok(()) => Ok(Redirect::to(&format!("{HOME}?said=objected")).into_response()),
        Err(fault @ (Fault::Refusal(_) | Fault::Invalid(_))) => {
            Ok(object_page(&visit, &look, &said.words, Some(&fault)))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn find(visit: &Visit, id: &str) -> Result<(Lookup, Option<Objection>), Fault> {
    own_look(visit, id.parse::<Uuid>().map_err(|_| Fault::NotFound)?).await
}

fn object_page(visit: &Visit, look: &Lookup, typed: &str, fault: Option<&Fault>) -> Response {
    let words = visit.world.part::<Words>();
    let field = Field::new("words", "您认为哪里不对", FieldKind::Long { max: Some(WORDS) })
        .value(typed.to_owned())
        .help("例如：我那几天没有办过这件事。");
    let (field, refused) = match fault {
        Some(Fault::Invalid(faults)) => (told(field, faults, &words), None),
        Some(fault) => {
            let problem = door::problem(fault, &words);
            (field, Some((problem.title, problem.said.join(""))))
        }
        None => (field, None),
    };
    let page = ObjectPage {
        shell: shell(visit, "提出异议").crumb(HOME, "谁看过我的信息").crumb_here("提出异议"),
        line: line(visit, look, None, &words),
        action: format!("{HOME}/{}/object", look.id),
        key: Uuid::new_v4().to_string(),
        words: field,
        refused,
    };
    ui::page_with(fault.map_or(StatusCode::OK, door::status_of), page)
}

/// The field with what is wrong with it.
fn told(field: Field, faults: &[FieldFault], words: &Words) -> Field {
    match faults.first() {
        Some(fault) => field.error(door::field_fault(&fault.clone().fact("label", "异议"), words)),
        None => field,
    }
}

fn shell(visit: &Visit, title: &str) -> ui::Shell {
    frame::portal(visit, title).crumb("/mine", "我的").crumb("/records", "我的信息")
}

/// A look in words.
pub fn line(visit: &Visit, look: &Lookup, said: Option<&Objection>, words: &Words) -> LookLine {
    let theirs = !is_own(visit, look);
    LookLine {
        at: ui::say::moment(look.at, visit.today()),
        iso: look.at.to_rfc3339(),
        who: who(visit, look, words),
        why: why(visit, look, words),
        matter: matter(visit, look),
        object: (theirs && said.is_none()).then(|| format!("{HOME}/{}/object", look.id)),
        said: said.map(|said| (said.words.clone(), said.answer.as_ref().map(|(words, _)| words.clone()))),
    }
}

fn is_own(visit: &Visit, look: &Lookup) -> bool {
    look.actor == visit.actor.id
}

/// Authority and post: 禅城区市场监督管理局（审核）.
fn who(visit: &Visit, look: &Lookup, words: &Words) -> String {
    if is_own(visit, look) {
        return "您本人".to_owned();
    }
    if look.actor == "system" {
        return "平台自动核对".to_owned();
    }
    let shelf = visit.world.part::<Shelf>();
    let authority = look.authority.as_ref().and_then(|id| shelf.catalog().authorities.get(id.as_str()));
    let posts = look.posts.iter().map(|role| words.get(&format!("role.{}", role.name())).to_owned());
    let posts: Vec<String> = posts.collect();
    match (authority, posts.is_empty()) {
        (Some(authority), true) => authority.name.clone(),
        (Some(authority), false) => format!("{}（{}）", authority.name, posts.join("、")),
        (None, false) => format!("政务服务工作人员（{}）", posts.join("、")),
        (None, true) if matches!(look.why, Why::OwnRecord | Why::OwnMatter) => "您的家人".to_owned(),
        (None, true) => "政务服务工作人员".to_owned(),
    }
}

/// The reason. Somebody else's look at their own record may have shown a part of this one: the spouse on their family's
/// page.
fn why(visit: &Visit, look: &Lookup, words: &Words) -> String {
    match look.why {
        Why::OwnRecord | Why::OwnMatter if !is_own(visit, look) => "家人办理或者查看与您有关的事".to_owned(),
        other => words.get(other.text_key()).to_owned(),
    }
}

/// The theme or the item, by the name people know.
fn matter(visit: &Visit, look: &Lookup) -> Option<String> {
    let id = look.matter.as_ref()?;
    let theme =
        ThemeShelf::current(&visit.world).ok().and_then(|shelf| shelf.theme(id).ok().map(|one| one.name.clone()));
    let item = || visit.world.part::<Shelf>().catalog().items.get(id.as_str()).map(|item| item.name.clone());
    theme.or_else(item)
}
