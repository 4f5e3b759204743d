//! `/desk/revisions/{id}`: a revision, what it edits, how it came to stand where it does, and the orders that are open.

use access::Role;
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use authoring::candidate::weighed;
use authoring::{Order, Revision, State, Subject};
use authoring_service::acts::{
    REASON_CHARS_MAX, REMARK_CHARS_MAX, drop_edit, keep_mine, order_revision, publish_revision, rebase_revision, remark,
};
use authoring_service::reads::revisions::{self as reads, EditedFile, RevisionView};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalog_service::Shelf;
use platform::Fault;
use ui::{ErrorSummary, Field, FieldKind, Shell, Signal};
use uuid::Uuid;

use super::{REVISIONS, REVISIONS_NAME, authority, lamp, told, trouble};
use crate::done::{self, Done};
use crate::frame;
use crate::reason::{REASON, Reasoned};

/// A form that gives an order.
struct OrderForm {
    action: String,
    name: &'static str,
    button: String,
    is_main: bool,
    said: &'static str,
    field: Option<Field>,
}

/// An edited file.
struct FileLine {
    name: String,
    href: String,
    path: String,
    what: &'static str,
    by: String,
    in_conflict: bool,
}

#[derive(Template)]
#[template(path = "desk_revision.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    home: String,
    title: String,
    lamp: Signal,
    facts: Vec<(String, String)>,
    next: String,
    files: Vec<FileLine>,
    /// Addresses and names of what has a form and may be edited here.
    subjects: Vec<(String, String)>,
    is_current: bool,
    may_edit: bool,
    errors_found: usize,
    warnings_found: usize,
    course: Vec<(String, String)>,
    requests: Vec<(String, String)>,
    comments: Option<String>,
    remarks: Vec<(String, String, String)>,
    remark: Field,
    orders: Vec<OrderForm>,
    key: String,
}

/// `GET /desk/revisions/{id}`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, REVISIONS).await?;
    let page = page(&visit, frame::id(&id)?, done, None).await?;
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// `POST /desk/revisions/{id}/orders/{order}`
pub async fn give(Path((id, order)): Path<(String, String)>, posted: Posted<Reasoned>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, REVISIONS)?;
    let id: Uuid = frame::id(&id)?;
    let key = Some(&key);
    let said = form.reason().trim().to_owned();
    let outcome = match order.as_str() {
        "publish" => publish_revision(&visit, key, id, form.field("shown")).await.map(drop),
        "rebase" => rebase_revision(&visit, key, id).await,
        "remark" => remark(&visit, key, id, &said).await,
        "keep-mine" => keep_mine(&visit, key, id, form.field("path")).await,
        "drop-edit" => drop_edit(&visit, key, id, form.field("path")).await,
        _ => match ordered(&order, said.clone()) {
            Some(Ok(given)) => order_revision(&visit, key, id, given).await.map(drop),
            Some(Err(fault)) => Err(fault),
            None => Err(Fault::NotFound),
        },
    };
    match done::settled(outcome, |_| format!("{REVISIONS}/{id}"), &format!("revision-{order}")) {
        Ok(answer) => Ok(answer),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = page(&visit, id, None, Some((order, said, fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn ordered(order: &str, said: String) -> Option<Result<Order, Fault>> {
    Some(Ok(match order {
        "submit" => Order::Submit { remark: said },
        "sign" => Order::Sign,
        "return" => Order::Return { reason: said },
        "withdraw" => Order::Withdraw { reason: said },
        "consult" => match said.parse() {
            Ok(last_day) => Order::Consult { last_day },
            Err(_) => return Some(Err(Fault::field("reason", "form-day"))),
        },
        _ => return None,
    }))
}

/// What was sent in vain: the order, what was typed, and why.
type Kept = (String, String, Fault);

async fn page(visit: &Visit, id: Uuid, done: Option<Done>, kept: Option<Kept>) -> Result<Page, Fault> {
    let view = reads::one(visit, id).await?;
    let (words, shelf) = (visit.world.part::<Words>(), visit.world.part::<Shelf>());
    let is_over = matches!(view.line.state, State::Published | State::Withdrawn);
    let found = if is_over { Vec::new() } else { reads::findings(visit, id).await? };
    let (errors_found, warnings_found) = weighed(&found);
    let orders = orders(&view, visit, kept.as_ref(), &words);
    let home = format!("{REVISIONS}/{id}");
    let remark = remark_field(kept.as_ref(), &words);
    let own = kept.as_ref().map(|(_, _, fault)| fault);
    let is_drafting = view.line.state == State::Drafting;
    let may_edit = visit.actor.has_role(Role::Standards)
        || (visit.actor.has_role(Role::ItemAdmin) && visit.actor.authority() == Some(view.line.authority.as_str()));
    let facts = vec![
        ("范围".to_owned(), authority(&shelf, &view.line.authority)),
        ("起草".to_owned(), format!("{} · {}", view.line.opened_by, ui::say::day(view.line.facts.opened_on))),
        ("文本校验码".to_owned(), view.digest.chars().take(16).collect()),
    ];
    Ok(Page {
        shell: frame::desk(visit, view.line.title.clone()).crumb(REVISIONS, REVISIONS_NAME).crumb_here("修订稿详情"),
        done,
        errors: ErrorSummary::of(orders.iter().filter_map(|one| one.field.as_ref()).chain([&remark])),
        trouble: own.and_then(|fault| trouble(fault, &words)),
        title: view.line.title.clone(),
        lamp: lamp(view.line.state, &words),
        facts,
        next: next(&view, errors_found),
        files: view.edits.iter().map(|edit| file(edit, &home, &words)).collect(),
        subjects: subjects(&home, &view, visit, &words),
        is_current: view.is_current || is_over,
        may_edit: may_edit && is_drafting,
        errors_found,
        warnings_found,
        course: course(&view.line.facts),
        requests: view
            .requests
            .iter()
            .map(|(id, name, what)| (format!("/desk/requests/{id}"), format!("{name}：{what}")))
            .collect(),
        comments: view.line.facts.consultation.is_some().then(|| format!("{home}/comments")),
        remarks: view
            .remarks
            .iter()
            .map(|(by, at, said)| (by.clone(), ui::say::moment(*at, visit.today()), said.clone()))
            .collect(),
        remark,
        orders,
        home,
        key: frame::key(),
    })
}

/// What has a form and may be edited here: one authority's revision is about its items alone.
fn subjects(home: &str, view: &RevisionView, visit: &Visit, words: &Words) -> Vec<(String, String)> {
    let is_office = visit.actor.has_role(Role::Standards) && view.line.authority.is_empty();
    let subjects = Subject::ALL.iter().filter(|subject| is_office || **subject == Subject::Item);
    let link = |subject: &Subject| (format!("{home}/{}", subject.code()), words.get(subject.text_key()).to_owned());
    subjects.map(link).collect()
}

fn remark_field(kept: Option<&Kept>, words: &Words) -> Field {
    let field = Field::new(format!("{REASON}remark"), "说一句", FieldKind::Long { max: Some(REMARK_CHARS_MAX) });
    match kept.filter(|(order, _, _)| order == "remark") {
        Some((_, said, Fault::Invalid(faults))) => {
            let error = faults.first().map(|fault| super::said(fault, "说一句", words));
            let field = field.value(said.clone());
            error.into_iter().fold(field, Field::error)
        }
        _ => field,
    }
}

fn file(edit: &EditedFile, home: &str, words: &Words) -> FileLine {
    let what = match (edit.is_new, edit.is_gone) {
        (_, true) => "删去",
        (true, false) => "新增",
        (false, false) => "修改",
    };
    let subject = edit.subject.filter(|_| !edit.is_gone);
    let form = |subject: Subject| match &edit.record {
        Some((id, _)) => format!("{home}/{}/{id}", subject.code()),
        None => format!("{home}/{}", subject.code()),
    };
    FileLine {
        name: match (&edit.record, edit.subject) {
            (Some((_, name)), _) => name.clone(),
            (None, Some(subject)) => words.get(subject.text_key()).to_owned(),
            (None, None) => edit.path.clone(),
        },
        href: subject.map_or_else(|| format!("{home}/files?{}", door::pair("path", &edit.path)), form),
        path: edit.path.clone(),
        what,
        by: edit.edited_by.clone(),
        in_conflict: edit.in_conflict,
    }
}

/// The next thing anybody must do, in one sentence.
fn next(view: &RevisionView, errors: usize) -> String {
    match view.line.state {
        State::Drafting if view.edits.is_empty() => "先选要改的事项、主题、数据元或者材料。".to_owned(),
        State::Drafting if !view.is_current => "现行目录已经更新，先与它对齐，再提交。".to_owned(),
        State::Drafting if errors > 0 => format!("检查还有 {errors} 处错误，改好才能提交。"),
        State::Drafting => "看一遍试算，没有问题就提交，请两位负责人签字。".to_owned(),
        State::Submitted => "等两位没有参与起草的负责人签字；需要的，先公开征求意见。".to_owned(),
        State::Consulting => view.line.facts.consultation.as_ref().map_or_else(String::new, |asked| {
            format!("公众可以提意见，到{}为止，过后自动结束。", ui::say::day(asked.last_day))
        }),
        State::SignedOnce => "还差一位负责人签字。".to_owned(),
        State::SignedTwice => "由标准化管理岗位看过试算后发布。".to_owned(),
        State::Published => "已经发布，改动生效。".to_owned(),
        State::Withdrawn => "已经撤销，不再办理。".to_owned(),
    }
}

/// What happened so far, with its day.
fn course(facts: &Revision) -> Vec<(String, String)> {
    let say = ui::say::day;
    let mut course = vec![(facts.opened_on, "新建".to_owned())];
    for one in &facts.returns {
        course.push((one.on, format!("{}退回：{}", one.name, one.reason)));
    }
    if let Some(one) = &facts.submission {
        let why = if one.remark.is_empty() { String::new() } else { format!("：{}", one.remark) };
        course.push((one.on, format!("提交{why}")));
    }
    if let Some(asked) = &facts.consultation {
        course.push((asked.opened_on, format!("公开征求意见，到{}为止", say(asked.last_day))));
        course.extend(asked.closed_on.map(|on| (on, "征求意见结束".to_owned())));
    }
    course.extend(facts.signatures.iter().map(|one| (one.on, format!("{}签字确认", one.name))));
    course.extend(facts.published.as_ref().map(|(_, on)| (*on, "发布".to_owned())));
    course.extend(facts.withdrawn.as_ref().map(|(reason, on)| (*on, format!("撤销：{reason}"))));
    course.sort_by_key(|(on, _)| *on);
    course.into_iter().map(|(on, what)| (say(on), what)).collect()
}

/// What can be done now, by whoever looks.
fn orders(view: &RevisionView, visit: &Visit, kept: Option<&Kept>, words: &Words) -> Vec<OrderForm> {
    let is_office = visit.actor.has_role(Role::Standards);
    let is_own = visit.actor.authority() == Some(view.line.authority.as_str());
    let edits = is_office || (is_own && visit.actor.has_role(Role::ItemAdmin));
    let signs = edits || (is_own && visit.actor.has_role(Role::Approver));
    let wrote = view.line.facts.authors.contains(&visit.actor.id);
    let signed = view.line.facts.signatures.iter().any(|one| one.by == visit.actor.id);
    let mut open: Vec<(&'static str, &'static str)> = Vec::new();
    match view.line.state {
        State::Drafting if edits => {
            open.push(("submit", "提交以后不能再改，退回才能改。"));
            open.push(("withdraw", ""));
        }
        State::Submitted | State::SignedOnce => {
            if signs && !wrote && !signed {
                open.push(("sign", "签的是现在的文本，之后有改动要重新签。"));
            }
            if is_office && view.line.state == State::Submitted && view.line.facts.consultation.is_none() {
                open.push(("consult", "在门户公开改动内容，任何人都可以提意见。"));
            }
        }
        State::Drafting | State::Consulting | State::SignedTwice | State::Published | State::Withdrawn => {}
    }
    if signs && matches!(view.line.state, State::Submitted | State::SignedOnce | State::SignedTwice) {
        open.push(("return", "退回起草，已有的签字作废。"));
    }
    let form = |(at, (name, said)): (usize, (&'static str, &'static str))| OrderForm {
        action: format!("{REVISIONS}/{}/orders/{name}", view.line.id),
        name,
        button: words.get(&format!("revision-order.{name}")).to_owned(),
        is_main: at == 0,
        said,
        field: field(name, kept, words),
    };
    open.into_iter().enumerate().map(form).collect()
}

fn field(order: &'static str, kept: Option<&Kept>, words: &Words) -> Option<Field> {
    let name = format!("{REASON}{order}");
    let long = FieldKind::Long { max: Some(REASON_CHARS_MAX) };
    let label = || words.get(&format!("revision-reason.{order}")).to_owned();
    let field = match order {
        "submit" => Field::new(name, label(), long).optional().help("有新的提醒要留着的，在这里写明原因"),
        "return" | "withdraw" => Field::new(name, label(), long),
        "consult" => Field::new(name, "截止日", FieldKind::Date).help("至少留 5 个工作日"),
        _ => return None,
    };
    let Some((_, said, fault)) = kept.filter(|(sent, _, _)| sent == order) else { return Some(field) };
    let field = field.value(said.clone());
    Some(match fault {
        Fault::Refusal(refusal) if refusal.code == "authoring.reason-needed" => {
            let error = words.refusal(refusal);
            field.error(error)
        }
        Fault::Invalid(faults) => {
            let here = faults.iter().cloned().map(|fault| platform::FieldFault { field: field.name.clone(), ..fault });
            let here = Fault::Invalid(here.collect());
            told(field, Some(&here), words)
        }
        _ => field,
    })
}
