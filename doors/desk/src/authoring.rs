//! Keeping the catalogue (事项编修): the items in force and what the check says of them, revisions with their forms, dry run and
//! signatures, what the public said, and change requests.
//!
//! Reads in this order: `catalogue` and `findings`, `revisions` (the list) and `one` (a revision and its orders), `records` and
//! `record` (items, themes, elements, materials), `section` and `cells` (one of them as a form), `when` (a condition from choices),
//! `split`, `files` (texts), `dry_run`, `comments`, `requests`.

pub mod catalogue;
pub mod cells;
pub mod comments;
pub mod dry_run;
pub mod files;
pub mod findings;
pub mod one;
pub mod record;
pub mod records;
pub mod requests;
pub mod revisions;
pub mod section;
pub mod split;
pub mod when;

use access_service::{Words, door};
use authoring::State;
use axum::Router;
use axum::routing::{get, post};
use catalog_service::Shelf;
use platform::{Fault, FieldFault, World};
use ui::{Field, Lamp, Signal};

/// Where revisions are.
pub const REVISIONS: &str = "/desk/revisions";
const REVISIONS_NAME: &str = "修订稿";

/// The pages of this part of the desk.
pub fn routes() -> Router<World> {
    Router::new()
        .route("/desk/catalogue", get(catalogue::list))
        .route("/desk/catalogue/findings", get(findings::list))
        .route("/desk/catalogue/findings/{code}", get(findings::explain))
        .route("/desk/revisions", get(revisions::list).post(revisions::open))
        .route("/desk/revisions/{id}", get(one::show))
        .route("/desk/revisions/{id}/orders/{order}", post(one::give))
        .route("/desk/revisions/{id}/{subject}", get(records::list).post(records::add))
        .route("/desk/revisions/{id}/{subject}/{record}", get(record::show).post(record::remove))
        .route("/desk/revisions/{id}/{subject}/{record}/split", get(split::show).post(split::give))
        .route("/desk/revisions/{id}/{subject}/{record}/{section}", get(section::show).post(section::save))
        .route("/desk/revisions/{id}/{subject}/{record}/{section}/{row}/when", get(when::show).post(when::save))
        .route("/desk/revisions/{id}/files", get(files::show).post(files::save))
        .route("/desk/revisions/{id}/dry-run", get(dry_run::show))
        .route("/desk/revisions/{id}/comments", get(comments::list).post(comments::answer))
        .route("/desk/requests", get(requests::list).post(requests::file))
        .route("/desk/requests/{id}", get(requests::show))
        .route("/desk/requests/{id}/orders/{order}", post(requests::give))
}

/// What a form that was sent in vain says on top: the sentence and the way on. Faults of fields are said beside them.
fn trouble(fault: &Fault, words: &Words) -> Option<(String, String)> {
    match fault {
        Fault::Refusal(refusal) => Some((words.refusal(refusal), words.next(refusal))),
        _ => None,
    }
}

/// The field with what is wrong with it, if that is among the faults.
fn told(field: Field, fault: Option<&Fault>, words: &Words) -> Field {
    let Some(Fault::Invalid(faults)) = fault else { return field };
    match faults.iter().find(|fault| fault.field == field.name) {
        Some(fault) => {
            let said = said(fault, &field.label, words);
            field.error(said)
        }
        None => field,
    }
}

fn said(fault: &FieldFault, label: &str, words: &Words) -> String {
    door::field_fault(&fault.clone().fact("label", label), words)
}

/// A state with its lamp.
fn lamp(state: State, words: &Words) -> Signal {
    let lamp = match state {
        State::Drafting => Lamp::Idle,
        State::Submitted | State::SignedOnce => Lamp::Yellow,
        State::Consulting => Lamp::Stopped,
        State::SignedTwice => Lamp::Green,
        State::Published | State::Withdrawn => Lamp::Done,
    };
    lamp.saying(words.get(state.text_key()))
}

/// The short name of an authority; the office's own where none is named.
fn authority(shelf: &Shelf, id: &str) -> String {
    if id.is_empty() { "全区".to_owned() } else { shelf.authority_short(id).to_owned() }
}
