//! `GET /messages/wishes`: by which ways one is told, of what, and when not.

use std::collections::BTreeSet;

use access_service::{DoorFault, Posted, ResidentVisit, Visit, Words, door};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use messages::{Channel, Group, Wishes};
use platform::Fault;
use serde::Deserialize;
use themes_service::frame;
use ui::{ErrorSummary, Field, FieldKind, FlashKind, Opt, Shell};

use super::residents_only;
use crate::acts::{ask_wechat_code, choose_wishes, confirm_mail, drop_mail, give_mail, unbind_wechat};
use crate::reads::{self, WishView};

const HOME: &str = "/messages/wishes";

#[derive(Template)]
#[template(path = "messages_wishes.html")]
struct Page {
    shell: Shell,
    errors: ErrorSummary,
    ways: Field,
    kinds: Field,
    rest: Field,
    mail: Option<String>,
    mail_confirmed: bool,
    mail_field: Field,
    wechat_since: Option<String>,
    wechat_code: Option<String>,
}

#[derive(Template)]
#[template(path = "messages_confirm.html")]
struct ConfirmPage {
    shell: Shell,
    token: String,
}

/// What just happened, by a word in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    done: String,
}

/// The page.
pub async fn show(ResidentVisit(visit): ResidentVisit, Query(address): Query<Address>) -> Result<Response, DoorFault> {
    let words = visit.world.part::<Words>();
    let key = format!("messages.done.{}", address.done);
    let mut page = page(&visit, &words, None, None).await?;
    if words.has(&key) {
        page.shell = page.shell.flash(FlashKind::Good, words.get(&key));
    }
    Ok(ui::page(page))
}

async fn page(
    visit: &Visit,
    words: &Words,
    mail: Option<(String, Fault)>,
    code: Option<String>,
) -> Result<Page, Fault> {
    let view = reads::wishes(visit).await?;
    let mail_field = mail_field(words, mail);
    let errors = ErrorSummary::of([&mail_field]);
    let title = words.get("messages.wishes.title");
    Ok(Page {
        shell: frame::portal(visit, title)
            .crumb("/messages", words.get("messages.page.title"))
            .crumb_here(title)
            .faulty(!errors.is_empty()),
        errors,
        ways: ways(&view, words),
        kinds: kinds(&view, words),
        rest: rest(&view, words),
        mail: view.mail,
        mail_confirmed: view.mail_confirmed,
        mail_field,
        wechat_since: view.wechat_since.map(|at| ui::say::moment(at, visit.today())),
        wechat_code: code,
    })
}

fn ways(view: &WishView, words: &Words) -> Field {
    let option = |way: Channel| {
        let hint = words.get(&format!("messages.wishes.way-{}", way.code())).to_owned();
        Opt::new(way.code(), words.get(way.text_key())).hint(hint)
    };
    let chosen = view.wishes.channels.iter().map(|way| way.code().to_owned()).collect();
    ticks("way", words.get("messages.wishes.ways"), Channel::CHOSEN.map(option).into(), chosen)
}

fn kinds(view: &WishView, words: &Words) -> Field {
    let option = |group: &Group| {
        let hint = words.get(&format!("messages.wishes.group-{}", group.code())).to_owned();
        Opt::new(group.code(), words.get(group.text_key())).hint(hint)
    };
    let told = Group::ALL.iter().filter(|group| !view.wishes.muted.contains(group));
    let chosen = told.map(|group| group.code().to_owned()).collect();
    ticks("group", words.get("messages.wishes.groups"), Group::ALL.iter().map(option).collect(), chosen)
}

fn rest(view: &WishView, words: &Words) -> Field {
    let option = Opt::new("night", words.get("messages.wishes.rest")).hint(words.get("messages.wishes.rest-hint"));
    let chosen = if view.wishes.rest_at_night { vec!["night".to_owned()] } else { Vec::new() };
    ticks("rest", words.get("messages.wishes.hours"), vec![option], chosen)
}

/// Boxes to tick; none need be.
fn ticks(name: &str, label: &str, options: Vec<Opt>, chosen: Vec<String>) -> Field {
    Field::multi(name, label, options).values(chosen)
}

fn mail_field(words: &Words, kept: Option<(String, Fault)>) -> Field {
    let label = words.get("messages.wishes.mail").to_owned();
    let field = Field::new("mail", label.as_str(), FieldKind::Email);
    let Some((typed, fault)) = kept else { return field };
    let field = field.value(typed);
    match fault {
        Fault::Invalid(faults) => faults
            .into_iter()
            .fold(field, |field, fault| field.error(door::field_fault(&fault.fact("label", &label), words))),
        _ => field,
    }
}

/// `POST /messages/wishes`
pub async fn choose(posted: Posted<Vec<(String, String)>>) -> Result<Response, DoorFault> {
    let Posted { visit, form, .. } = posted;
    residents_only(&visit)?;
    let all = |name: &str| -> Vec<&str> {
        form.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    };
    let ways: BTreeSet<Channel> = all("way").into_iter().filter_map(Channel::parse).collect();
    let told: BTreeSet<Group> = all("group").into_iter().filter_map(Group::parse).collect();
    let wishes = Wishes {
        channels: ways.into_iter().filter(|way| Channel::CHOSEN.contains(way)).collect(),
        muted: Group::ALL.iter().copied().filter(|group| !told.contains(group)).collect(),
        rest_at_night: !all("rest").is_empty(),
    };
    choose_wishes(&visit, &wishes).await?;
    Ok(done("kept"))
}

fn done(word: &str) -> Response {
    Redirect::to(&format!("{HOME}?done={word}")).into_response()
}

/// The address typed.
#[derive(Deserialize)]
pub struct Mail {
    #[serde(default)]
    mail: String,
}

/// `POST /messages/wishes/mail`
pub async fn give(posted: Posted<Mail>) -> Result<Response, DoorFault> {
    let Posted { visit, form, .. } = posted;
    residents_only(&visit)?;
    match give_mail(&visit, &form.mail).await {
        Ok(()) => Ok(done("mail-asked")),
        Err(fault @ Fault::Invalid(_)) => {
            let words = visit.world.part::<Words>();
            let page = page(&visit, &words, Some((form.mail, fault)), None).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What stood in the mail.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Token {
    token: String,
}

/// `GET /messages/wishes/mail`: asks once more, since mail programs open links by themselves.
pub async fn answer(ResidentVisit(visit): ResidentVisit, Query(token): Query<Token>) -> Result<Response, DoorFault> {
    let words = visit.world.part::<Words>();
    let shell = frame::portal(&visit, words.get("messages.wishes.confirm"));
    Ok(ui::page(ConfirmPage { shell, token: token.token }))
}

/// `POST /messages/wishes/mail/confirm`
pub async fn confirm(posted: Posted<Token>) -> Result<Response, DoorFault> {
    let Posted { visit, form, .. } = posted;
    residents_only(&visit)?;
    confirm_mail(&visit, &form.token).await?;
    Ok(done("mail-confirmed"))
}

/// Nothing is sent but the token and the key.
#[derive(Deserialize)]
pub struct Nothing {}

/// `POST /messages/wishes/mail/drop`
pub async fn drop(posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    residents_only(&posted.visit)?;
    drop_mail(&posted.visit).await?;
    Ok(done("mail-dropped"))
}

/// `POST /messages/wishes/wechat`: the page again, with a code to send to the official account.
pub async fn bind(posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    let visit = posted.visit;
    residents_only(&visit)?;
    let code = ask_wechat_code(&visit).await?;
    let words = visit.world.part::<Words>();
    Ok(ui::page(page(&visit, &words, None, Some(code)).await?))
}

/// `POST /messages/wishes/wechat/drop`
pub async fn unbind(posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    residents_only(&posted.visit)?;
    unbind_wechat(&posted.visit).await?;
    Ok(done("wechat-dropped"))
}
