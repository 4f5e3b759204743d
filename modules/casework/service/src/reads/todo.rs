//! To-do lists: what this member of staff has to do, the most urgent first.

use std::collections::BTreeMap;

use access::{Actor, Resource, Role};
use access_service::Visit;
use casework::{ClockKind, LIST, Lamp};
use chrono::NaiveDate;
use kernel::id::{ApplicationId, CaseId};
use platform::Fault;
use serde::Serialize;
use uuid::Uuid;

use super::clock::{ClockView, kind_of_task};
use crate::application::Channel;
use crate::store::todo::{Counts, Occurs, Row, Scope, Today, Wanted, counts, occurring, page};
use crate::wording::Wording;
use crate::{index, pins};

catalog::words! {
    /// At which desk somebody sits.
    Desk {
        Window = "window" "综合窗口",
        Authority = "authority" "部门审批",
        Overview = "overview" "运行总览",
    }
}

impl Desk {
    /// The desk of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|desk| desk.word() == word)
    }

    /// The code in addresses.
    pub const fn code(self) -> &'static str {
        self.word()
    }
}

/// What is wanted of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TodoFilter {
    /// The first desk the visitor sits at, if none is named.
    pub desk: Option<Desk>,
    pub lamp: Option<Lamp>,
    /// Item code; theme id at the window.
    pub item: Option<String>,
    /// A code of [`TodoPage::steps`].
    pub step: Option<String>,
    /// Beginning of an application's number, or an applicant's whole name.
    pub text: Option<String>,
    /// At the window: only what I filed. In the authority: only what the separations leave to me.
    pub mine: bool,
    /// Rows a page; the installation's own number where none is given.
    pub rows: Option<u32>,
}

/// A page of a to-do list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TodoPage {
    pub desk: Desk,
    /// The desks the visitor sits at.
    pub desks: Vec<Desk>,
    pub counts: LampCounts,
    pub rows: Vec<TodoRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Items (themes at the window) that occur.
    pub items: Vec<Choice>,
    /// Steps that occur.
    pub steps: Vec<Choice>,
}

/// How many rows show which lamp.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LampCounts {
    pub red: u64,
    pub yellow: u64,
    pub green: u64,
    pub stopped: u64,
    pub unknown: u64,
}

impl LampCounts {
    /// All of them.
    pub const fn total(self) -> u64 {
        self.red + self.yellow + self.green + self.stopped + self.unknown
    }
}

/// Something to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub code: String,
    pub name: String,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TodoRow {
    pub application: ApplicationId,
    /// None at the window, where the whole application is one row.
    pub case: Option<CaseId>,
    /// The application's number.
    pub number: String,
    /// The item; at the window the theme.
    pub title: String,
    /// Masked, as in every list.
    pub applicant: String,
    /// 核对材料，决定是否受理
    pub task: String,
    /// A code of [`TodoPage::steps`].
    pub step: String,
    pub received_on: NaiveDate,
    pub channel: Channel,
    pub clock: ClockView,
    /// Cases of the application.
    pub cases: u32,
}

/// The page of the visitor's list that begins after `cursor`.
///
/// # Errors
/// [`Fault::NotAllowed`] for whoever sits at no desk, or not at the one asked for; [`Fault::Invalid`] of `cursor`.
pub async fn todo(visit: &Visit, filter: &TodoFilter, cursor: Option<&str>) -> Result<TodoPage, Fault> {
    let desks = desks(&visit.actor);
    let desk = filter.desk.or_else(|| desks.first().copied()).filter(|desk| desks.contains(desk));
    let (desk, scope) = desk.and_then(|desk| Some((desk, scope(&visit.actor, desk)?))).ok_or(Fault::NotAllowed)?;
    visit.allow(LIST, &list_resource(&scope))?;
    let after = cursor.map(key_of).transpose()?;
    let (shelf, wording) = (pins::shelf(&visit.world)?, Wording::of(visit)?);
    let wanted = Wanted {
        lamp: filter.lamp,
        item: filter.item.clone(),
        step: filter.step.clone(),
        text: filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned),
        mine: filter.mine.then(|| visit.actor.id.clone()),
    };
    let today = Today { day: visit.today(), calendar_ends: *shelf.calendar.covers().end() };
    let most = visit.world.config.limits.page_rows;
    let rows = filter.rows.unwrap_or(most).clamp(1, most.max(1));
    let reader = visit.world.db.reader();
    let mut found = page(reader, &scope, &wanted, today, after, rows.into()).await?;
    let has_next = found.len() > rows as usize;
    found.truncate(rows as usize);
    let next = found.last().filter(|_| has_next).map(key_text);
    let occurs = occurring(reader, &scope).await?;
    let names = step_names(visit, &occurs, &wording).await?;
    Ok(TodoPage {
        desk,
        desks,
        counts: lamp_counts(counts(reader, &scope, &wanted, today).await?),
        rows: found.into_iter().map(|row| todo_row(row, &names, &wording)).collect(),
        next,
        items: items(&occurs),
        steps: steps(&names),
    })
}

/// The desks somebody sits at, the one with most to do first.
fn desks(actor: &Actor) -> Vec<Desk> {
    let has = |roles: &[Role]| roles.iter().any(|role| actor.has_role(*role));
    let mut desks = Vec::new();
    if has(&[Role::Clerk]) {
        desks.push(Desk::Window);
    }
    if has(&[Role::Handler, Role::Reviewer, Role::Approver, Role::Issuer]) && actor.authority().is_some() {
        desks.push(Desk::Authority);
    }
    if is_exit(actor) && !has(&[Role::Clerk]) {
        desks.push(Desk::Window);
    }
    if has(&[Role::Supervisor, Role::HallManager]) {
        desks.push(Desk::Overview);
    }
    desks
}

/// The issuer of a hall (出件窗口) makes and hands over results for every authority of the region.
fn is_exit(actor: &Actor) -> bool {
    actor.has_role(Role::Issuer) && actor.hall().is_some()
}

fn scope(actor: &Actor, desk: Desk) -> Option<Scope> {
    Some(match desk {
        Desk::Window if actor.has_role(Role::Clerk) => Scope::Window {
            region: actor.region()?.to_owned(),
            tasks: vec![index::PRE_REVIEW, index::ACCEPT, index::HAND_OVER],
        },
        Desk::Window => Scope::Window { region: actor.region()?.to_owned(), tasks: vec![index::HAND_OVER] },
        Desk::Authority => Scope::Authority {
            authority: actor.authority()?.to_owned(),
            turns: Role::ALL.into_iter().filter(|role| actor.has_role(*role)).map(Role::name).collect(),
            exit_of: actor.region().filter(|_| is_exit(actor)).map(str::to_owned),
        },
        Desk::Overview => Scope::Overview { region: actor.region()?.to_owned() },
    })
}

fn list_resource(scope: &Scope) -> Resource {
    match scope {
        Scope::Window { region, .. } | Scope::Overview { region } => Resource::of("list").in_region(region),
        Scope::Authority { authority, .. } => Resource::of("list").of_authority(authority.as_str()),
    }
}

fn key_text(row: &Row) -> String {
    format!("{}.{}", row.sort_on, row.case_id.unwrap_or(row.application))
}

fn key_of(cursor: &str) -> Result<(NaiveDate, Uuid), Fault> {
    let parts = cursor.split_once('.');
    let key = parts.and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)));
    key.ok_or_else(|| Fault::field("cursor", "unknown"))
}

fn lamp_counts(counts: Counts) -> LampCounts {
    let many = |count: i64| u64::try_from(count).unwrap_or(0);
    LampCounts {
        red: many(counts.red),
        yellow: many(counts.yellow),
        green: many(counts.green),
        stopped: many(counts.stopped),
        unknown: many(counts.unknown),
    }
}

fn items(occurs: &[Occurs]) -> Vec<Choice> {
    let items: BTreeMap<&str, &str> = occurs.iter().map(|one| (one.code.as_str(), one.name.as_str())).collect();
    items.into_iter().map(|(code, name)| Choice { code: code.to_owned(), name: name.to_owned() }).collect()
}

/// What steps are called, by item (or theme) and step.
type StepNames = BTreeMap<(String, String), String>;

/// What the steps that occur are called: the module's own words, or the item's.
async fn step_names(visit: &Visit, occurs: &[Occurs], wording: &Wording) -> Result<StepNames, Fault> {
    let mut names = BTreeMap::new();
    for one in occurs.iter().filter(|one| !one.step.is_empty()) {
        let own = index::OWN_STEPS.contains(&one.step.as_str());
        let name = match one.version.filter(|_| !own) {
            None => wording.word("task", &one.step),
            Some(version) => {
                let item = pins::item_at(&visit.world, visit.world.db.reader(), &one.code, version).await?;
                let step = item.steps.iter().find(|step| step.id == one.step);
                step.map_or_else(|| one.step.clone(), |step| step.name.clone())
            }
        };
        names.insert((one.code.clone(), one.step.clone()), name);
    }
    Ok(names)
}

/// Items may call the same step differently; to filter by, one of the names will do.
fn steps(names: &StepNames) -> Vec<Choice> {
    let by_code: BTreeMap<&str, &str> = names.iter().map(|((_, step), name)| (step.as_str(), name.as_str())).collect();
    by_code.into_iter().map(|(code, name)| Choice { code: code.to_owned(), name: name.to_owned() }).collect()
}

fn todo_row(row: Row, names: &StepNames, wording: &Wording) -> TodoRow {
    let task = names.get(&(row.code.clone(), row.step.clone())).cloned();
    TodoRow {
        application: ApplicationId::from_uuid(row.application),
        case: row.case_id.map(CaseId::from_uuid),
        task: task.unwrap_or_default(),
        received_on: platform::clock::china_day(row.received_at),
        channel: Channel::parse(&row.channel).unwrap_or(Channel::Online),
        clock: clock(&row, wording),
        cases: u32::try_from(row.cases).unwrap_or(0),
        number: row.number,
        title: row.title,
        applicant: kernel::mask::mask_name(&row.applicant),
        step: row.step,
    }
}

fn clock(row: &Row, wording: &Wording) -> ClockView {
    let kind = ClockKind::parse(&row.clock).unwrap_or_else(|| kind_of_task(&row.step));
    ClockView::kept(kind, row.stands, [row.due_on, row.yellow_on, row.red_on], wording)
}
