//! `/desk/proposals`: 四免优化建议. The standards office makes, sends and reviews them; an authority answers its own.

use std::collections::BTreeMap;

use access::Role;
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalog_service::Shelf;
use platform::Fault;
use serde::Deserialize;
use standards::proposal::life::Verdict;
use standards::proposal::{Kind, Order, State};
use standards_service::acts::{PROPOSAL_REASON_MAX, make_proposals, send_proposals, settle_proposal, watch_proposals};
use standards_service::reads::proposals::{self as reads, Asked, ProposalView};
use ui::{ErrorSummary, Field, FieldKind, Lamp, Opt, Pager, Shell, Signal};
use uuid::Uuid;

use crate::done::{self, Done};
use crate::frame;

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
    filters: Vec<Filter>,
    filtered: bool,
    lines: Vec<Line>,
    pager: Pager,
    key: String,
}

struct Filter {
    name: &'static str,
    label: &'static str,
    options: Vec<Opt>,
    chosen: String,
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
        let pairs: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("{HOME}?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    }
}

/// `GET /desk/proposals`
pub async fn list(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    let told = done.is_some();
    Ok(done::shown(ui::page(list_page(&visit, &address, done, None).await?), told))
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
        filters: filters(address, is_office, &shelf, &words),
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

fn filters(address: &Address, is_office: bool, shelf: &Shelf, words: &Words) -> Vec<Filter> {
    let filter = |name, label, all: &str, options: Vec<Opt>, chosen: &str| Filter {
        name,
        label,
        options: std::iter::once(Opt::new("", all)).chain(options).collect(),
        chosen: chosen.to_owned(),
    };
    let states = State::ALL.iter().map(|state| Opt::new(state.code(), words.get(state.text_key())));
    let kinds = Kind::ALL.iter().map(|kind| Opt::new(kind.code(), words.get(kind.text_key())));
    let mut filters = vec![
        filter("state", "状态", "全部状态", states.collect(), &address.state),
        filter("kind", "类型", "全部类型", kinds.collect(), &address.kind),
    ];
    if is_office {
        let authorities = shelf.catalog().authorities.values().map(|one| Opt::new(one.id.as_str(), one.short.as_str()));
        filters.insert(0, filter("authority", "部门", "全部部门", authorities.collect(), &address.authority));
    }
    filters
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
    words.fill(&format!("proposal.{}", one.kind.code()), &facts)
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

/// A form that gives an order: its name, its button, the reason it takes, if any.
struct OrderForm {
    action: String,
    button: String,
    is_main: bool,
    said: &'static str,
    reason: Option<Field>,
}

#[derive(Template)]
#[template(path = "desk_proposal.html")]
struct OnePage {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    text: String,
    kind: String,
    lamp: Signal,
    facts: Vec<(String, String)>,
    item: String,
    course: Vec<(String, String)>,
    violations: Vec<String>,
    orders: Vec<OrderForm>,
    key: String,
}

/// `GET /desk/proposals/{id}`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    let told = done.is_some();
    let page = one_page(&visit, frame::id(&id)?, done, None).await?;
    Ok(done::shown(ui::page(page), told))
}

/// A reason.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

impl Sent {
    /// Each form has a field of its own for it.
    fn reason(&self) -> String {
        let reason = self.fields.iter().find(|(name, _)| name.starts_with("reason-"));
        reason.map(|(_, reason)| reason.trim().to_owned()).unwrap_or_default()
    }
}

/// `POST /desk/proposals/{id}/orders/{order}`
pub async fn give(Path((id, order)): Path<(String, String)>, posted: Posted<Sent>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let id: Uuid = frame::id(&id)?;
    let given = ordered(&order, form.reason()).ok_or(Fault::NotFound)?;
    match settle_proposal(&visit, Some(&key), id, given).await {
        Ok(_) => Ok(done::redirect(&format!("{HOME}/{id}"), &format!("proposal-{order}"))),
        Err(Fault::Repeated(_)) => Ok(done::redirect(&format!("{HOME}/{id}"), "repeated")),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = one_page(&visit, id, None, Some((order, form.reason(), fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn ordered(order: &str, reason: String) -> Option<Order> {
    Some(match order {
        "send" => Order::Send,
        "set-aside" => Order::SetAside { reason },
        "agree" => Order::Agree,
        "disagree" => Order::Disagree { reason },
        "approve" => Order::Review { verdict: Verdict::Approve, reason },
        "overrule" => Order::Review { verdict: Verdict::Overrule, reason },
        "return" => Order::Review { verdict: Verdict::Return, reason },
        "close" => Order::Close,
        _ => return None,
    })
}

/// `POST /desk/proposals/all/{what}`, where `what` is `make`, `watch`, or `send` to the authority of the form.
pub async fn all(Path(what): Path<String>, posted: Posted<Sent>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let key = Some(&key);
    let outcome = match what.as_str() {
        "make" => {
            make_proposals(&visit, key).await.map(|made| if made > 0 { "proposals-made" } else { "proposals-none" })
        }
        "watch" => watch_proposals(&visit, key).await.map(|_| "proposals-watched"),
        "send" => {
            let authority = form.fields.get("authority").map(String::as_str).unwrap_or_default();
            send_proposals(&visit, key, authority).await.map(|_| "proposals-sent")
        }
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

/// What was sent in vain: the order, the reason, and why.
type Kept = (String, String, Fault);

async fn one_page(visit: &Visit, id: Uuid, done: Option<Done>, kept: Option<Kept>) -> Result<OnePage, Fault> {
    let view = reads::one(visit, id).await?;
    let (words, shelf) = (visit.world.part::<Words>(), visit.world.part::<Shelf>());
    let orders = orders(&view, visit, kept.as_ref(), &words);
    let trouble = kept.as_ref().and_then(|(_, _, fault)| match fault {
        Fault::Refusal(refusal) if refusal.code != NO_REASON => Some((words.refusal(refusal), words.next(refusal))),
        _ => None,
    });
    let text = sentence(&view, &words);
    let mut facts = vec![
        ("部门".to_owned(), shelf.authority_short(&view.authority).to_owned()),
        ("事项".to_owned(), format!("{}（第 {} 版）", view.item_name, view.version)),
        ("去年办件".to_owned(), format!("{} 件", ui::say::count(view.cases))),
    ];
    let saves = saves(&view, &words);
    if !saves.is_empty() {
        facts.push(("一年预计".to_owned(), saves));
    }
    facts.extend(due(&view, visit).map(|due| ("期限".to_owned(), due)));
    Ok(OnePage {
        shell: frame::desk(visit, "优化建议").crumb(HOME, "四免优化").crumb_here(words.get(view.kind.text_key())),
        done,
        errors: ErrorSummary::of(orders.iter().filter_map(|one| one.reason.as_ref())),
        trouble,
        kind: words.get(view.kind.text_key()).to_owned(),
        lamp: lamp(&view, visit, &words),
        facts,
        item: format!("/items/{}", view.item),
        course: course(&view, &words),
        violations: view.proposal.violations.clone(),
        orders,
        text,
        key: frame::key(),
    })
}

const NO_REASON: &str = "standards.reason-needed";

/// What happened so far, with its day.
fn course(view: &ProposalView, words: &Words) -> Vec<(String, String)> {
    let (one, say) = (&view.proposal, |day| ui::say::day(day));
    let mut course = vec![(say(one.generated_on), "系统生成".to_owned())];
    if let Some(answer) = &one.answer {
        let said =
            if answer.agrees { "部门同意".to_owned() } else { format!("部门不同意：{}", answer.reason) };
        course.push((say(answer.on), said));
    }
    course.extend(one.timed_out_on.map(|on| (say(on), "逾期没有答复".to_owned())));
    if let Some(review) = &one.review {
        let because = if review.reason.is_empty() { String::new() } else { format!("：{}", review.reason) };
        course.push((say(review.on), format!("审核{}{because}", words.get(review.verdict.text_key()))));
    }
    course.extend(one.updated.map(|(version, on)| (say(on), format!("事项第 {version} 版已落实"))));
    course.extend(one.verified_on.map(|on| (say(on), "核验通过".to_owned())));
    course.extend(one.set_aside.as_ref().map(|(reason, on)| (say(*on), format!("不采用：{reason}"))));
    course.extend(one.closed_on.map(|on| (say(on), "办结".to_owned())));
    course
}

/// What can be done now, by whoever looks.
fn orders(view: &ProposalView, visit: &Visit, kept: Option<&Kept>, words: &Words) -> Vec<OrderForm> {
    let is_office = visit.actor.has_role(Role::Standards);
    let answers = visit.actor.has_role(Role::ItemAdmin) && visit.actor.authority() == Some(view.authority.as_str());
    let open: &[(&str, bool, &'static str)] = match view.state {
        State::Generated if is_office => &[("send", false, ""), ("set-aside", true, "")],
        State::Sent | State::TimedOut if answers => {
            &[("agree", false, "审核后在规定期限内修改事项。"), ("disagree", true, "理由会交标准化管理岗位审核。")]
        }
        State::TimedOut if is_office => &[("overrule", true, "逾期不答复的，可以按建议落实。"), ("return", true, "")],
        State::Agreed if is_office => &[("approve", false, "部门在 20 个工作日内修改事项。"), ("return", true, "")],
        State::Disagreed if is_office => &[
            ("overrule", true, "部门按建议修改事项。"),
            ("approve", false, "事项保持原样，这条建议办结。"),
            ("return", true, ""),
        ],
        State::Verified if is_office => &[("close", false, "")],
        _ => &[],
    };
    let form = |(at, (order, needs_reason, said)): (usize, &(&str, bool, &'static str))| OrderForm {
        action: format!("{HOME}/{}/orders/{order}", view.id),
        button: words.get(&format!("proposal-order.{order}")).to_owned(),
        is_main: at == 0,
        said,
        reason: needs_reason.then(|| reason(order, kept, words)),
    };
    open.iter().enumerate().map(form).collect()
}

fn reason(order: &str, kept: Option<&Kept>, words: &Words) -> Field {
    let max = u32::try_from(PROPOSAL_REASON_MAX).unwrap_or(u32::MAX);
    let field = Field::new(
        format!("reason-{order}"),
        words.get(&format!("proposal-reason.{order}")),
        FieldKind::Long { max: Some(max) },
    );
    match kept.filter(|(sent, _, _)| sent == order) {
        Some((_, said, Fault::Refusal(refusal))) if refusal.code == NO_REASON => {
            field.value(said.clone()).error(words.refusal(refusal))
        }
        Some((_, said, Fault::Invalid(faults))) if !faults.is_empty() => {
            field.value(said.clone()).error(door::field_fault(&faults[0], words))
        }
        Some((_, said, _)) => field.value(said.clone()),
        None => field,
    }
}
