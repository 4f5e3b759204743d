//! `/desk/proposals`: 四免优化建议. The standards office makes, sends and reviews them; an authority answers its own.

use access::Role;
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalog_service::Shelf;
use platform::Fault;
use serde::Deserialize;
use standards::proposal::{Kind, State};
use standards_service::acts::{make_proposals, send_proposals, watch_proposals};
use standards_service::reads::proposals::{self as reads, Asked, ProposalView};
use ui::{Lamp, Opt, Pager, Select, Shell, Signal};
use uuid::Uuid;

use crate::done::{self, Done};
use crate::frame;
use crate::reason::Reasoned;

mod one;

pub use one::{give, show};

const HOME: &str = "/desk/proposals";

/// One proposal in the list.
struct Line {
    href: String,
    text: String,
    item: String,
    authority: String,
    lamp: Signal,
    due: String,
    saves: String,
}

/// How an authority stands: address, name, waiting for it, put into force, all; what can be sent to it.
struct Standing {
    href: String,
    name: String,
    to_send: u64,
    waiting: String,
    approved: String,
    all: String,
    authority: String,
}

#[derive(Template)]
#[template(path = "desk_proposals.html")]
struct ListPage {
    shell: Shell,
    done: Option<Done>,
    trouble: Option<(String, String)>,
    is_office: bool,
    savings: Vec<(String, String, String)>,
    standings: Vec<Standing>,
    selects: Vec<Select>,
    filtered: bool,
    lines: Vec<Line>,
    pager: Pager,
    key: String,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    authority: String,
    state: String,
    kind: String,
    after: String,
}

impl Address {
    fn asked(&self) -> Asked {
        Asked { authority: self.authority.clone(), state: State::parse(&self.state), kind: Kind::parse(&self.kind) }
    }

    fn to(&self, after: &str) -> String {
        let pairs =
            [("authority", self.authority.as_str()), ("state", &self.state), ("kind", &self.kind), ("after", after)];
        format!("{HOME}{}", door::query(pairs))
    }
}

/// `GET /desk/proposals`
pub async fn list(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    Ok(done::shown(&visit, &headers, ui::page(list_page(&visit, &address, done, None).await?)))
}

async fn list_page(
    visit: &Visit,
    address: &Address,
    done: Option<Done>,
    trouble: Option<(String, String)>,
) -> Result<ListPage, Fault> {
    let after = address.after.parse().ok();
    let page = reads::page(visit, &address.asked(), after).await?;
    let (words, shelf) = (visit.world.part::<Words>(), visit.world.part::<Shelf>());
    let is_office = visit.actor.has_role(Role::Standards);
    let savings = reads::savings(visit).await?;
    let saved = savings.iter().filter(|(_, (approved, open))| approved + open > 0).map(|(saved, (approved, open))| {
        (words.get(saved.text_key()).to_owned(), ui::say::count(*approved), ui::say::count(*open))
    });
    let back = after.map(|_: Uuid| address.to(""));
    let on = page.next.map(|next| address.to(&next.to_string()));
    Ok(ListPage {
        shell: frame::desk(visit, "四免优化"),
        done,
        trouble,
        is_office,
        savings: saved.collect(),
        standings: standings(visit, &shelf).await?,
        selects: selects(address, is_office, &shelf, &words),
        filtered: !address.authority.is_empty() || !address.state.is_empty() || !address.kind.is_empty(),
        lines: page.rows.iter().map(|one| line(one, visit, &shelf, &words)).collect(),
        pager: Pager { back, on, shown: String::new() },
        key: frame::key(),
    })
}

async fn standings(visit: &Visit, shelf: &Shelf) -> Result<Vec<Standing>, Fault> {
    let progress = reads::progress(visit).await?;
    let approved = [State::Implementing, State::Updated, State::Verified, State::Violated, State::Closed];
    let standing = |(authority, one): (&String, &reads::Progress)| Standing {
        href: format!("{HOME}?{}", door::pair("authority", authority)),
        name: shelf.authority_short(authority).to_owned(),
        to_send: one.of(&[State::Generated]),
        waiting: ui::say::count(one.of(&[State::Sent, State::TimedOut])),
        approved: ui::say::count(one.of(&approved)),
        all: ui::say::count(one.total()),
        authority: authority.clone(),
    };
    Ok(progress.iter().map(standing).collect())
}

fn selects(address: &Address, is_office: bool, shelf: &Shelf, words: &Words) -> Vec<Select> {
    let mut selects = Vec::new();
    if is_office {
        let authorities = shelf.catalog().authorities.values().map(|one| Opt::new(one.id.as_str(), one.short.as_str()));
        selects.push(Select::new(("proposals", "authority"), "部门", "全部部门", authorities, &address.authority));
    }
    let states = State::ALL.iter().map(|state| Opt::new(state.code(), words.get(state.text_key())));
    selects.push(Select::new(("proposals", "state"), "状态", "全部状态", states, &address.state));
    let kinds = Kind::ALL.iter().map(|kind| Opt::new(kind.code(), words.get(kind.text_key())));
    selects.push(Select::new(("proposals", "kind"), "类型", "全部类型", kinds, &address.kind));
    selects
}

fn line(one: &ProposalView, visit: &Visit, shelf: &Shelf, words: &Words) -> Line {
    Line {
        href: format!("{HOME}/{}", one.id),
        text: sentence(one, words),
        item: one.item_name.clone(),
        authority: shelf.authority_short(&one.authority).to_owned(),
        lamp: lamp(one, visit, words),
        due: due(one, visit).unwrap_or_default(),
        saves: saves(one, words),
    }
}

/// The proposal in a sentence.
fn sentence(one: &ProposalView, words: &Words) -> String {
    let mut facts = one.facts.clone();
    for (name, table) in [("ground", "proposal-ground"), ("register", "proposal-register")] {
        if let Some(code) = facts.get_mut(name) {
            *code = words.get(&format!("{table}.{code}")).to_owned();
        }
    }
    // What real cases say has a sentence of its own.
    let ground = if facts.contains_key("cases") { "-practice" } else { "" };
    words.fill(&format!("proposal.{}{ground}", one.kind.code()), &facts)
}

fn lamp(one: &ProposalView, visit: &Visit, words: &Words) -> Signal {
    let lamp = match one.state {
        State::TimedOut | State::Violated => Lamp::Red,
        State::Sent if reads::presses(one, visit.today()) => Lamp::Yellow,
        State::Verified | State::Updated => Lamp::Green,
        State::Closed | State::SetAside => Lamp::Done,
        _ => Lamp::Idle,
    };
    lamp.saying(words.get(one.state.text_key()))
}

fn due(one: &ProposalView, visit: &Visit) -> Option<String> {
    let (what, day) = match one.state {
        State::Sent => ("答复", one.proposal.confirm_by?),
        State::Implementing => ("落实", one.proposal.implement_by?),
        _ => return None,
    };
    Some(format!("{}前{what}", ui::say::day_short(day, visit.today())))
}

/// What a year of cases would be spared: 少交材料 120 份次.
fn saves(one: &ProposalView, words: &Words) -> String {
    let said = one.effect.times(one.cases).into_iter().filter(|(_, amount)| *amount > 0);
    let said: Vec<String> =
        said.map(|(saved, amount)| format!("{} {}", words.get(saved.text_key()), ui::say::count(amount))).collect();
    said.join("，")
}

/// `POST /desk/proposals/all/{what}`, where `what` is `make`, `watch`, or `send` to the authority of the form.
pub async fn all(Path(what): Path<String>, posted: Posted<Reasoned>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let key = Some(&key);
    let outcome = match what.as_str() {
        "make" => {
            make_proposals(&visit, key).await.map(|made| if made > 0 { "proposals-made" } else { "proposals-none" })
        }
        "watch" => watch_proposals(&visit, key).await.map(|_| "proposals-watched"),
        "send" => send_proposals(&visit, key, form.field("authority")).await.map(|_| "proposals-sent"),
        _ => Err(Fault::NotFound),
    };
    match outcome {
        Ok(code) => Ok(done::redirect(HOME, code)),
        Err(Fault::Repeated(_)) => Ok(done::redirect(HOME, "repeated")),
        Err(Fault::Refusal(refusal)) => {
            let words = visit.world.part::<Words>();
            let trouble = Some((words.refusal(&refusal), words.next(&refusal)));
            let page = list_page(&visit, &Address::default(), None, trouble).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}
