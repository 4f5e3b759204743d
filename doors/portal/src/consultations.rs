//! `/consultations`: what the public is asked about (公开征求意见), what would change in plain words, a form to say something, and
//! what the office answered.

use access_service::{DoorFault, Posted, Visit, Words, door};
use askama::Template;
use authoring::State;
use authoring::consultation::{COMMENT_CHARS_MAX, Stance};
use authoring_service::acts::{NewComment, comment};
use authoring_service::reads::consultations::{self as reads, CommentView, ConsultationLine};
use authoring_service::saying::{self, SaidChange};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use catalog_service::Shelf;
use platform::Fault;
use serde::Deserialize;
use themes_service::frame;
use ui::{ErrorSummary, Field, FieldKind, Opt, Pager, Shell};
use uuid::Uuid;

const HOME: &str = "/consultations";
const NAME: &str = "公开征求意见";

/// One consultation in the list.
struct Line {
    href: String,
    title: String,
    authority: String,
    when: String,
    counts: String,
}

#[derive(Template)]
#[template(path = "portal_consultations.html")]
struct ListPage {
    shell: Shell,
    open: Vec<Line>,
    over: Vec<Line>,
}

/// What somebody said, and the answer.
struct Said {
    stance: String,
    said: Option<String>,
    at: String,
    answer: String,
    answered: String,
}

#[derive(Template)]
#[template(path = "portal_consultation.html")]
struct OnePage {
    shell: Shell,
    thanks: bool,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    home: String,
    title: String,
    authority: String,
    when: String,
    is_published: bool,
    is_withdrawn: bool,
    is_open: bool,
    changes: Vec<SaidChange>,
    counts: Vec<(String, String)>,
    comments: Vec<Said>,
    pager: Pager,
    fields: Vec<Field>,
    key: String,
}

/// `GET /consultations`
pub async fn list(visit: Visit) -> Result<Response, DoorFault> {
    let lines = reads::list(&visit).await?;
    let (open, over): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.is_open);
    let say = |lines: Vec<ConsultationLine>| lines.iter().map(|one| line(one, &visit)).collect();
    let page = ListPage { shell: frame::portal(&visit, NAME).crumb_here(NAME), open: say(open), over: say(over) };
    Ok(ui::page(page))
}

fn line(one: &ConsultationLine, visit: &Visit) -> Line {
    let (words, shelf) = (visit.world.part::<Words>(), visit.world.part::<Shelf>());
    let counts = one.counts.iter().filter(|(_, count)| **count > 0);
    let counts = counts.map(|(stance, count)| format!("{} {}", words.get(stance.text_key()), ui::say::count(*count)));
    Line {
        href: format!("{HOME}/{}", one.id),
        title: one.title.clone(),
        authority: authority(&shelf, &one.authority),
        when: when(one),
        counts: counts.collect::<Vec<_>>().join("，"),
    }
}

fn authority(shelf: &Shelf, id: &str) -> String {
    match id {
        "" => shelf.catalog().district.name.clone(),
        id => shelf.authority_short(id).to_owned(),
    }
}

fn when(one: &ConsultationLine) -> String {
    let last = ui::say::day(one.last_day);
    if one.is_open { format!("可以提意见，到{last}为止") } else { format!("已于{last}结束") }
}

/// Where the page begins, and whether something was said just now.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    after: String,
    thanks: String,
}

/// A comment.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    stance: String,
    said: String,
    name: String,
}

/// `GET /consultations/{id}`
pub async fn show(visit: Visit, Path(id): Path<String>, Query(address): Query<Address>) -> Result<Response, DoorFault> {
    let page = page(&visit, self::id(&id)?, &address, None).await?;
    Ok(ui::page(page))
}

/// `POST /consultations/{id}`
pub async fn say(Path(id): Path<String>, posted: Posted<Sent>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    let id = self::id(&id)?;
    let outcome = match Stance::parse(&form.stance) {
        None => Err(Fault::field("stance", "required")),
        Some(stance) => {
            let order = NewComment { stance, said: form.said.clone(), with_name: form.name == "true" };
            comment(&visit, Some(&key), id, order).await
        }
    };
    match outcome {
        Ok(_) | Err(Fault::Repeated(_)) => Ok(Redirect::to(&format!("{HOME}/{id}?thanks=1")).into_response()),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = page(&visit, id, &Address::default(), Some((&form, &fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn id(text: &str) -> Result<Uuid, Fault> {
    text.parse().map_err(|_| Fault::NotFound)
}

async fn page(visit: &Visit, id: Uuid, address: &Address, kept: Option<(&Sent, &Fault)>) -> Result<OnePage, Fault> {
    let after: Option<Uuid> = address.after.parse().ok();
    let view = reads::one(visit, id, after).await?;
    let (words, shelf) = (visit.world.part::<Words>(), visit.world.part::<Shelf>());
    let home = format!("{HOME}/{id}");
    let fields = if view.line.is_open { fields(visit, kept, &words) } else { Vec::new() };
    let on = view.next.map(|next| format!("{home}?{}", door::pair("after", &next.to_string())));
    let counts = view.line.counts.iter();
    Ok(OnePage {
        shell: frame::portal(visit, view.line.title.clone()).crumb(HOME, NAME).crumb_here(view.line.title.clone()),
        thanks: !address.thanks.is_empty(),
        errors: ErrorSummary::of(&fields),
        trouble: kept.and_then(|(_, fault)| match fault {
            Fault::Refusal(refusal) => Some((words.refusal(refusal), words.next(refusal))),
            _ => None,
        }),
        title: view.line.title.clone(),
        authority: authority(&shelf, &view.line.authority),
        when: when(&view.line),
        is_published: view.line.ended == Some(State::Published),
        is_withdrawn: view.line.ended == Some(State::Withdrawn),
        is_open: view.line.is_open,
        changes: view.changes.iter().map(|one| saying::change(one, &words, &view.known)).collect(),
        counts: counts
            .map(|(stance, count)| (words.get(stance.text_key()).to_owned(), ui::say::count(*count)))
            .collect(),
        comments: view.comments.into_iter().map(|one| said(one, visit, &words)).collect(),
        pager: Pager { back: after.map(|_| home.clone()), on, shown: String::new() },
        fields,
        home,
        key: uuid::Uuid::new_v4().to_string(),
    })
}

fn said(one: CommentView, visit: &Visit, words: &Words) -> Said {
    let (answer, answered) =
        one.answer.map_or_else(Default::default, |(answer, at)| (answer, ui::say::moment(at, visit.today())));
    Said {
        stance: words.get(one.stance.text_key()).to_owned(),
        said: one.said,
        at: ui::say::moment(one.at, visit.today()),
        answer,
        answered,
    }
}

fn fields(visit: &Visit, kept: Option<(&Sent, &Fault)>, words: &Words) -> Vec<Field> {
    let sent = kept.map(|(sent, _)| sent.clone()).unwrap_or_default();
    let stances = Stance::ALL.iter().map(|stance| Opt::new(stance.code(), words.get(stance.text_key())));
    let mut fields = vec![
        Field::choice("stance", "您的态度", stances.collect()).value(sent.stance),
        Field::new("said", "您的意见", FieldKind::Long { max: Some(COMMENT_CHARS_MAX) })
            .optional()
            .value(sent.said)
            .help("请不要写姓名、电话、身份证号。答复以后可能公开"),
    ];
    if visit.actor.subject().is_some() {
        let options = vec![Opt::new("true", "留下姓名"), Opt::new("false", "不留姓名")];
        let name = if sent.name.is_empty() { "false".to_owned() } else { sent.name };
        fields.push(Field::choice("name", "是否让部门知道您是谁", options).value(name).help("姓名加密保存，不会公开"));
    }
    let Some((_, Fault::Invalid(faults))) = kept else { return fields };
    let told = |field: Field| match faults.iter().find(|fault| fault.field == field.name) {
        Some(fault) => {
            let said = door::field_fault(&fault.clone().fact("label", &field.label), words);
            field.error(said)
        }
        None => field,
    };
    fields.into_iter().map(told).collect()
}
