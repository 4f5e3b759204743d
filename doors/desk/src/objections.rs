//! `/desk/objections`: what residents object to about looks at their records, for the data steward of the region.

use access_service::door;
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalog_service::Shelf;
use kernel::id::Uuid;
use platform::{Fault, FieldFault};
use records_service::acts::{AnswerObjection, answer_objection};
use records_service::looks::objections;
use records_service::{Lookup, Objection};
use serde::Deserialize;
use ui::{Field, FieldKind, Shell};

use crate::done::{self, Done};
use crate::frame;

const HOME: &str = "/desk/objections";
/// Longest answer, in characters.
const WORDS: u32 = 500;

struct Line {
    made: String,
    words: String,
    /// When, who and why, as the look itself is on record.
    look: String,
    /// Whose answer is still owed.
    form: Option<(String, String, Field)>,
    answer: String,
}

#[derive(Template)]
#[template(path = "desk_objections.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    title: String,
    about: String,
    empty: String,
    empty_next: String,
    button: String,
    look: String,
    objection: String,
    words: String,
    lines: Vec<Line>,
}

/// The list.
pub async fn list(StaffVisit(visit): StaffVisit, headers: HeaderMap) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    Ok(done::shown(&visit, &headers, ui::page(page(&visit, done, None).await?)))
}

/// An answer that was not taken.
struct Tried {
    objection: Uuid,
    words: String,
    faults: Vec<FieldFault>,
}

async fn page(visit: &Visit, done: Option<Done>, tried: Option<&Tried>) -> Result<Page, Fault> {
    let found = objections(visit).await?;
    let words = visit.world.part::<Words>();
    let said = |key: &str| words.get(&format!("objections.{key}")).to_owned();
    Ok(Page {
        shell: frame::desk(visit, said("title")).faulty(tried.is_some()),
        done,
        title: said("title"),
        about: said("about"),
        empty: said("empty"),
        empty_next: said("empty-next"),
        button: said("answer"),
        look: said("look"),
        objection: said("objection"),
        words: said("words"),
        lines: found.into_iter().map(|(one, look)| line(visit, one, &look, &words, tried)).collect(),
    })
}

/// An answer as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Answered {
    words: String,
}

/// Answers one.
pub async fn answer(Path(id): Path<String>, posted: Posted<Answered>) -> Result<Response, DoorFault> {
    let (visit, words) = (posted.visit, posted.form.words);
    frame::staff_only(&visit, HOME)?;
    let objection = frame::id::<Uuid>(&id)?;
    let order = AnswerObjection { objection, words: words.clone() };
    match answer_objection(&visit, Some(&posted.key), order).await {
        Ok(()) => Ok(done::redirect(HOME, "answer-objection")),
        Err(Fault::Invalid(faults)) => {
            let tried = Tried { objection, words, faults };
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&visit, None, Some(&tried)).await?))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn line(visit: &Visit, one: Objection, look: &Lookup, words: &Words, tried: Option<&Tried>) -> Line {
    let shelf = visit.world.part::<Shelf>();
    let authority = look.authority.as_ref().map_or("", |id| shelf.authority_short(id));
    let parts = [
        ui::say::moment(look.at, visit.today()),
        authority.to_owned(),
        look.actor_name.clone(),
        words.get(look.why.text_key()).to_owned(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let field = || {
        let label = words.get("objections.words");
        let field =
            Field::new("words", label, FieldKind::Long { max: Some(WORDS) }).help(words.get("objections.words-help"));
        match tried.filter(|tried| tried.objection == one.id) {
            Some(tried) => {
                let wrong =
                    tried.faults.iter().map(|fault| door::field_fault(&fault.clone().fact("label", label), words));
                field.value(tried.words.clone()).error(wrong.collect::<String>())
            }
            None => field,
        }
    };
    let form = one.answer.is_none().then(|| (format!("{HOME}/{}/answer", one.id), frame::key(), field()));
    Line {
        made: ui::say::moment(one.made_at, visit.today()),
        words: one.words,
        look: parts.join(" · "),
        form,
        answer: one.answer.map_or_else(String::new, |(answer, _)| answer),
    }
}
