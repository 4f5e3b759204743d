//! Beginning a draft from the plan, or at the window.

use access_service::{Posted, door};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::{DraftId, SubjectId};
use platform::Fault;

use super::drafting::{Detour, value};
use crate::ThemeShelf;
use crate::acts::{StartDraft, start_draft};

/// `POST /matters/{theme}/drafts`: a resident for themselves, a clerk for the person `_subject` at the window.
pub async fn start(Path(theme): Path<String>, posted: Posted<Vec<(String, String)>>) -> Result<Response, Detour> {
    let Posted { visit, key, form } = posted;
    let own: Option<SubjectId> = visit.actor.subject().and_then(|subject| subject.parse().ok());
    let subject = match own {
        Some(subject) => subject,
        None if visit.actor.is_staff() => value(&form, "_subject").parse().map_err(|_| Fault::NotFound)?,
        None => {
            let plan = format!("/matters/{theme}/plan?{}", answers_only(&form));
            return Err(Detour::Go(format!("/sign-in?{}", door::pair("back", &plan))));
        }
    };
    let shelf = ThemeShelf::current(&visit.world)?;
    let of_theme = shelf.theme(&theme)?;
    let given = form.iter().filter(|(id, _)| of_theme.question(id).is_some());
    let (answers, _) = of_theme.read_sound(given.map(|(id, text)| (id.as_str(), text.as_str())));
    let complete = !answers.is_empty();
    let order = StartDraft { theme, subject, organisation: value(&form, "_organisation").parse().ok(), answers };
    let draft: DraftId = match start_draft(&visit, Some(&key), order).await {
        Ok(draft) => draft,
        Err(Fault::Repeated(first)) => first.subject.parse().map_err(Fault::internal)?,
        Err(fault) => return Err(fault.into()),
    };
    // Whoever comes from the plan has answered already; at the window the questions come first.
    let page = if complete { "form" } else { "questions" };
    Ok(Redirect::to(&format!("/drafts/{draft}/{page}")).into_response())
}

fn answers_only(form: &[(String, String)]) -> String {
    let answers: Vec<&(String, String)> = form.iter().filter(|(name, _)| !name.starts_with('_')).collect();
    serde_urlencoded::to_string(answers).unwrap_or_default()
}
