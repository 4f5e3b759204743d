//! `/desk/proposals/{id}`: one proposal, how it came to stand where it does, and the orders that are open to whoever looks.

use access::Role;
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalog_service::Shelf;
use platform::Fault;
use standards::proposal::life::Verdict;
use standards::proposal::{Order, State};
use standards_service::acts::{PROPOSAL_REASON_MAX, settle_proposal};
use standards_service::reads::proposals::{self as reads, ProposalView};
use ui::{ErrorSummary, Field, FieldKind, Shell, Signal};
use uuid::Uuid;

use super::{HOME, due, lamp, saves, sentence};
use crate::done::{self, Done};
use crate::frame;
use crate::reason::{REASON, Reasoned};

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
struct Page {
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
    /// Cases of the round before.
    grown_from: Vec<String>,
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
    let page = page(&visit, frame::id(&id)?, done, None).await?;
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// `POST /desk/proposals/{id}/orders/{order}`
pub async fn give(Path((id, order)): Path<(String, String)>, posted: Posted<Reasoned>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let id: Uuid = frame::id(&id)?;
    let given = ordered(&order, form.reason().trim().to_owned()).ok_or(Fault::NotFound)?;
    let outcome = settle_proposal(&visit, Some(&key), id, given).await;
    match done::settled(outcome, |_| format!("{HOME}/{id}"), &format!("proposal-{order}")) {
        Ok(answer) => Ok(answer),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = page(&visit, id, None, Some((order, form.reason().trim().to_owned(), fault))).await?;
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
        "renew" => Order::Renew,
        _ => return None,
    })
}

/// What was sent in vain: the order, the reason, and why.
type Kept = (String, String, Fault);

async fn page(visit: &Visit, id: Uuid, done: Option<Done>, kept: Option<Kept>) -> Result<Page, Fault> {
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
    Ok(Page {
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
        grown_from: view.proposal.grown_from.clone(),
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
    course.extend(one.closed_on.map(|on| (say(on), if one.renewed { "转入下一轮" } else { "办结" }.to_owned())));
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
        State::Violated if is_office => {
            &[("renew", false, "这条办结，同样的建议连同走样的办件重新生成一条，再次发送部门。")]
        }
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
    let field = Field::new(
        format!("{REASON}{order}"),
        words.get(&format!("proposal-reason.{order}")),
        FieldKind::Long { max: Some(PROPOSAL_REASON_MAX) },
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
