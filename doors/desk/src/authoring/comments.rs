//! `/desk/revisions/{id}/comments`: what the public said, and the office's answers.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use authoring::consultation::ANSWER_CHARS_MAX;
use authoring_service::acts::{AnswerComment, answer_comment};
use authoring_service::reads::consultations::{self as reads, CommentView};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kernel::mask::mask_name;
use platform::Fault;
use serde::Deserialize;
use ui::{Field, FieldKind, Pager, Shell};
use uuid::Uuid;

use super::{REVISIONS, REVISIONS_NAME, told};
use crate::done::{self, Done};
use crate::frame;

/// One comment with the form to answer it.
struct Comment {
    id: String,
    stance: String,
    said: String,
    by: String,
    at: String,
    answered: Option<String>,
    answer: Field,
    text: String,
    is_shown: bool,
    key: String,
}

#[derive(Template)]
#[template(path = "desk_comments.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    home: String,
    title: String,
    public: String,
    counts: Vec<(String, String)>,
    comments: Vec<Comment>,
    pager: Pager,
}

/// Where the page begins.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    after: String,
}

/// An answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    comment: String,
    answer: String,
    shown: String,
}

/// `GET`
pub async fn list(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, REVISIONS).await?;
    let page = page(&visit, frame::id(&id)?, address.after.parse().ok(), done, None).await?;
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// `POST`
pub async fn answer(Path(id): Path<String>, posted: Posted<Sent>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, REVISIONS)?;
    let revision: Uuid = frame::id(&id)?;
    let order = AnswerComment { answer: form.answer.clone(), shown: form.shown == "true" };
    let outcome = answer_comment(&visit, Some(&key), frame::id(&form.comment)?, order).await;
    match done::settled(outcome, |_| format!("{REVISIONS}/{id}/comments"), "comment-answered") {
        Ok(answer) => Ok(answer),
        Err(fault @ Fault::Invalid(_)) => {
            let page = page(&visit, revision, None, None, Some((&form, &fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn page(
    visit: &Visit,
    id: Uuid,
    after: Option<Uuid>,
    done: Option<Done>,
    kept: Option<(&Sent, &Fault)>,
) -> Result<Page, Fault> {
    let (line, comments, next) = reads::said(visit, id, after).await?;
    let words = visit.world.part::<Words>();
    let home = format!("{REVISIONS}/{id}/comments");
    let counts =
        line.counts.iter().map(|(stance, count)| (words.get(stance.text_key()).to_owned(), ui::say::count(*count)));
    let on = next.map(|next| format!("{home}?{}", door::pair("after", &next.to_string())));
    Ok(Page {
        shell: frame::desk(visit, "公众意见")
            .crumb(REVISIONS, REVISIONS_NAME)
            .crumb(format!("{REVISIONS}/{id}"), line.title.clone())
            .crumb_here("公众意见"),
        done,
        title: line.title.clone(),
        public: format!("/consultations/{id}"),
        counts: counts.collect(),
        comments: comments.into_iter().map(|one| comment(one, visit, &words, kept)).collect(),
        pager: Pager { back: after.map(|_| home.clone()), on, shown: String::new() },
        home,
    })
}

fn comment(one: CommentView, visit: &Visit, words: &Words, kept: Option<(&Sent, &Fault)>) -> Comment {
    let own = kept.filter(|(sent, _)| sent.comment == one.id.to_string());
    let text = own.map_or_else(
        || one.answer.as_ref().map_or_else(String::new, |(text, _)| text.clone()),
        |(sent, _)| sent.answer.clone(),
    );
    // Several forms stand on the page, and each box has an id of its own; the field only says what is wrong.
    let answer = Field::new("answer", "答复", FieldKind::Long { max: Some(ANSWER_CHARS_MAX) });
    Comment {
        stance: words.get(one.stance.text_key()).to_owned(),
        said: one.said.unwrap_or_else(|| "（只表明态度）".to_owned()),
        by: one.name.map_or_else(|| "匿名".to_owned(), |name| mask_name(&name)),
        at: ui::say::moment(one.at, visit.today()),
        answered: one.answer.map(|(_, at)| ui::say::moment(at, visit.today())),
        answer: told(answer, own.map(|(_, fault)| fault), words),
        is_shown: own.map_or(one.shown, |(sent, _)| sent.shown == "true"),
        text,
        key: frame::key(),
        id: one.id.to_string(),
    }
}
