//! `/desk/connectors`: how authorities' own systems stand, and what of theirs was not followed. The administrator has it tried
//! again or sets it aside; what a report decides stays casework's and the authority's.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chrono::{DateTime, Utc};
use connect_service::acts::{REASON_CHARS_MAX, apply_again, send_again, set_aside};
use connect_service::reads::connectors::{self as reads, ConflictView, ConnectorLine, DeadView, SettledView, Theirs};
use platform::Fault;
use ui::{ErrorSummary, Field, FieldKind, Lamp, Shell, Signal};
use uuid::Uuid;

use crate::done::{self, Done};
use crate::frame;
use crate::reason::{REASON, Reasoned};

const HOME: &str = "/desk/connectors";

/// One connector in the list.
struct Line {
    href: String,
    name: String,
    authority: String,
    way: String,
    lamp: Signal,
    pushed: String,
    read: String,
    waiting: u64,
    given_up: u64,
    conflicts: u64,
}

#[derive(Template)]
#[template(path = "desk_connectors.html")]
struct ListPage {
    shell: Shell,
    title: String,
    about: String,
    heads: [String; 8],
    empty: (String, String),
    lines: Vec<Line>,
}

/// Something that needs somebody: what it is about, both sides, and what can be done.
struct Matter {
    /// Names its place on the page.
    anchor: String,
    title: String,
    why: String,
    /// The step that is open, where the rules named one.
    next: String,
    /// What they said and what we have: heading, lines.
    sides: Vec<(String, Vec<(String, String)>)>,
    again: Option<Form>,
    aside: Option<(Form, Field)>,
}

/// A part of the page: its heading, what stands there when it is empty, and the matters.
struct Part {
    id: &'static str,
    heading: String,
    empty: (String, String),
    matters: Vec<Matter>,
}

/// A form with its button.
struct Form {
    action: String,
    key: String,
    button: String,
    said: String,
}

#[derive(Template)]
#[template(path = "desk_connector.html")]
struct OnePage {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    /// What was refused just now: title and next step.
    trouble: Option<(String, String)>,
    name: String,
    lamp: Signal,
    facts: Vec<(String, String)>,
    parts: Vec<Part>,
    settled_title: String,
    settled_none: (String, String),
    settled_heads: [String; 6],
    settled: Vec<[String; 6]>,
}

/// The words of the pages.
struct Said<'w>(&'w Words);

impl Said<'_> {
    fn word(&self, key: &str) -> String {
        self.0.get(&format!("desk.connectors.{key}")).to_owned()
    }

    /// A word of the module's, with the column it is about.
    fn of(&self, key: &str, column: Option<&str>) -> String {
        self.0.fill(&format!("connector.{key}"), &[("column".to_owned(), column.unwrap_or_default().to_owned())].into())
    }
}

/// `GET /desk/connectors`
pub async fn list(StaffVisit(visit): StaffVisit) -> Result<Response, DoorFault> {
    let all = reads::list(&visit).await?;
    let words = visit.world.part::<Words>();
    let said = Said(&words);
    let page = ListPage {
        shell: frame::desk(&visit, said.word("title")),
        title: said.word("title"),
        about: said.word("about"),
        heads: ["name", "way", "state", "pushed", "read", "waiting", "given-up", "conflicts"].map(|key| said.word(key)),
        empty: (said.word("none"), said.word("none-next")),
        lines: all.iter().map(|one| line(one, &visit, &said)).collect(),
    };
    Ok(ui::page(page))
}

/// `GET /desk/connectors/{id}`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    let page = page(&visit, &id, done, None).await?;
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// What was sent in vain: of which matter, with which reason, and why.
type Kept = (Uuid, String, Fault);

/// `POST /desk/connectors/{id}/{what}/{matter}`, where `what` is `again`, `aside` or `send`.
pub async fn give(
    Path((id, what, matter)): Path<(String, String, String)>,
    posted: Posted<Reasoned>,
) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let reason = form.reason().to_owned();
    let matter: Uuid = frame::id(&matter)?;
    let key = Some(&key);
    let outcome = match what.as_str() {
        "again" => apply_again(&visit, key, matter).await,
        "aside" => set_aside(&visit, key, matter, &reason).await,
        "send" => send_again(&visit, key, matter).await,
        _ => Err(Fault::NotFound),
    };
    let home = format!("{HOME}/{id}");
    match outcome {
        Ok(()) => Ok(done::redirect(&home, &format!("connector-{what}"))),
        Err(Fault::Repeated(_)) => Ok(done::redirect(&home, "repeated")),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = page(&visit, &id, None, Some((matter, reason, fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn page(visit: &Visit, id: &str, done: Option<Done>, kept: Option<Kept>) -> Result<OnePage, Fault> {
    let view = reads::one(visit, id).await?;
    let words = visit.world.part::<Words>();
    let said = Said(&words);
    let one = &view.line;
    let conflicts: Vec<Matter> =
        view.conflicts.iter().map(|conflict| conflict_of(id, conflict, visit, &said, kept.as_ref())).collect();
    let dead = view.dead.iter().map(|dead| dead_of(id, dead, visit, &said)).collect();
    let errors = ErrorSummary::of(conflicts.iter().filter_map(|matter| Some(&matter.aside.as_ref()?.1)));
    let trouble = kept.as_ref().and_then(|(_, _, fault)| match fault {
        Fault::Refusal(refusal) => Some((words.refusal(refusal), words.next(refusal))),
        _ => None,
    });
    let empty = |key: &str| (said.word(&format!("{key}-none")), said.word(&format!("{key}-none-next")));
    let part = |id, key: &str, matters| Part { id, heading: said.word(key), empty: empty(key), matters };
    Ok(OnePage {
        shell: frame::desk(visit, one.name.as_str())
            .crumb(HOME, said.word("title"))
            .crumb_here(one.name.as_str())
            .faulty(!errors.is_empty()),
        done,
        errors,
        trouble,
        lamp: lamp(one, &said),
        facts: vec![
            (said.word("authority"), one.authority.clone()),
            (said.word("way"), said.of(&format!("way.{}", one.way.word()), None)),
            (said.word("items"), one.items.join("、")),
            (said.word("pushed"), when(one.pushed_at, visit, &said)),
            (said.word("read"), when(one.read_at, visit, &said)),
            (said.word("waiting"), ui::say::count(one.waiting)),
        ],
        name: one.name.clone(),
        parts: vec![part("conflicts", "conflicts", conflicts), part("dead", "given-up", dead)],
        settled_title: said.word("settled"),
        settled_none: empty("settled"),
        settled_heads: ["number", "at", "case", "their-state", "officer", "came"].map(|key| said.word(key)),
        settled: view.settled.iter().map(|one| settled_of(one, visit, &said)).collect(),
    })
}

fn line(one: &ConnectorLine, visit: &Visit, said: &Said<'_>) -> Line {
    Line {
        href: format!("{HOME}/{}", one.id),
        name: one.name.clone(),
        authority: one.authority.clone(),
        way: said.of(&format!("way.{}", one.way.word()), None),
        lamp: lamp(one, said),
        pushed: when(one.pushed_at, visit, said),
        read: when(one.read_at, visit, said),
        waiting: one.waiting,
        given_up: one.given_up,
        conflicts: one.conflicts,
    }
}

/// How it stands, in one word.
fn lamp(one: &ConnectorLine, said: &Said<'_>) -> Signal {
    if !one.connected {
        return Lamp::Idle.saying(said.word("off"));
    }
    if let Some(failed) = &one.failed {
        return Lamp::Red.saying(said.0.get(&format!("webhook.outcome.{failed}")));
    }
    if one.conflicts + one.given_up > 0 {
        return Lamp::Yellow.saying(said.word("look"));
    }
    Lamp::Green.saying(said.word("on"))
}

fn when(at: Option<DateTime<Utc>>, visit: &Visit, said: &Said<'_>) -> String {
    at.map_or_else(|| said.word("never"), |at| ui::say::moment(at, visit.today()))
}

fn conflict_of(id: &str, one: &ConflictView, visit: &Visit, said: &Said<'_>, kept: Option<&Kept>) -> Matter {
    let form = |what: &str| Form {
        action: format!("{HOME}/{id}/{what}/{}", one.id),
        key: frame::key(),
        button: said.word(what),
        said: said.word(&format!("{what}-then")),
    };
    let code = said.of(&format!("conflict.{}", one.code), one.column.as_deref());
    let (why, next) = match &one.refusal {
        Some(refusal) => (format!("{code}：{}", said.0.refusal(refusal)), said.0.next(refusal)),
        None => (code, String::new()),
    };
    let ours = match &one.ours {
        Some(status) => vec![(said.word("our-state"), said.0.get(&format!("status.{status}")).to_owned())],
        None => vec![(said.word("our-state"), said.word("no-case"))],
    };
    let at = ui::say::moment(one.read_at, visit.today());
    Matter {
        anchor: format!("conflict-{}", one.number),
        title: said.0.fill("desk.connectors.conflict-title", &[("n".to_owned(), one.number.to_string())].into()),
        why,
        next,
        sides: vec![
            (
                said.0.fill("desk.connectors.they-said", &[("at".to_owned(), at)].into()),
                theirs(&one.theirs, visit, said),
            ),
            (said.word("we-have"), ours),
        ],
        again: one.can_apply.then(|| form("again")),
        aside: Some((form("aside"), reason(one, said, kept))),
    }
}

/// The field for the reason, with what was written and what is wrong with it.
fn reason(one: &ConflictView, said: &Said<'_>, kept: Option<&Kept>) -> Field {
    let label = said.word("reason");
    let name = format!("{REASON}{}", one.number);
    let field = Field::new(name, label.as_str(), FieldKind::Long { max: Some(REASON_CHARS_MAX) });
    let Some((_, typed, Fault::Invalid(faults))) = kept.filter(|(of, ..)| *of == one.id) else { return field };
    let told = faults.iter().map(|fault| door::field_fault(&fault.clone().fact("label", &label), said.0));
    told.fold(field.value(typed.as_str()), |field, told| field.error(told))
}

fn theirs(one: &Theirs, visit: &Visit, said: &Said<'_>) -> Vec<(String, String)> {
    if let Some(raw) = &one.raw {
        return vec![(said.word("raw"), raw.clone())];
    }
    let state = match one.means {
        Some(means) => format!("{}（{}）", means.label(), one.state),
        None => one.state.clone(),
    };
    let day = one.on.map(|day| ui::say::day_short(day, visit.today())).unwrap_or_default();
    let all = [
        ("case", one.case.clone()),
        ("their-state", state),
        ("officer", one.officer.clone()),
        ("day", day),
        ("words", one.words.clone()),
        ("reference", one.reference.clone().unwrap_or_default()),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (said.word(key), value)).collect()
}

fn dead_of(id: &str, one: &DeadView, visit: &Visit, said: &Said<'_>) -> Matter {
    let why = match (&one.lacks, &one.outcome) {
        (Some((code, column)), _) => said.of(&format!("lacks.{code}"), Some(column)),
        (None, Some(outcome)) => {
            let status = one.status.map(|status| format!("（{status}）")).unwrap_or_default();
            format!("{}{status}", said.0.get(&format!("webhook.outcome.{outcome}")))
        }
        (None, None) => String::new(),
    };
    let facts = vec![
        (said.word("case"), one.project_no.clone()),
        (said.word("occasion"), said.of(&format!("occasion.{}", one.occasion), None)),
        (said.word("at"), ui::say::moment(one.at, visit.today())),
        (said.word("tries"), ui::say::count(u64::try_from(one.tries).unwrap_or_default())),
    ];
    Matter {
        anchor: format!("dead-{}", one.id),
        title: said.of(&format!("occasion.{}", one.occasion), None),
        why,
        next: String::new(),
        sides: vec![(said.word("parcel"), facts)],
        again: Some(Form {
            action: format!("{HOME}/{id}/send/{}", one.id),
            key: frame::key(),
            button: said.word("send"),
            said: said.word("send-then"),
        }),
        aside: None,
    }
}

fn settled_of(one: &SettledView, visit: &Visit, said: &Said<'_>) -> [String; 6] {
    let came = match (&one.aside, &one.note) {
        (Some((who, why)), _) => format!("{} {who}：{why}", said.word("was-aside")),
        (None, Some(note)) => said.of(&format!("note.{note}"), None),
        (None, None) => String::new(),
    };
    let state = one.theirs.means.map_or_else(|| one.theirs.state.clone(), |means| means.label().to_owned());
    [
        one.number.to_string(),
        ui::say::moment(one.read_at, visit.today()),
        one.theirs.case.clone(),
        state,
        one.theirs.officer.clone(),
        came,
    ]
}
