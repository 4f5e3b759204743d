//! What the applicant brought: files and entries come in together and are judged together; what was good stays in the
//! page when something else is not.

use std::collections::BTreeMap;

use access_service::{Visit, Words, door};
use axum::extract::multipart::{Field, Multipart};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::acts::AnsweredPaper;
use casework_service::reads::{CorrectionLineView, MyApplication};
use casework_service::{PaperFile, PaperId};
use catalog_service::Shelf;
use futures::TryStreamExt;
use kernel::refusal::Refusal;
use kernel::value::Value;
use platform::blobs::Expected;
use platform::fault::FieldFault;
use platform::{Fault, RequestKey};

use super::bring::{self, Asked, Given, box_of};
use super::files::Seal;
use super::href;

/// Longest entry of a field, in bytes.
const ENTRY_BYTES: usize = 16 * 1024;

/// Takes in what was brought and does `act` with it: its papers, and the values of its fields. What is wrong or refused
/// is said on the page, with everything kept; what is done is said on the matter's page, by the code `said`.
pub async fn take<T>(
    visit: &Visit,
    seal: &Seal,
    matter: &MyApplication,
    asked: Option<Asked>,
    multipart: Multipart,
    said: &str,
    act: impl AsyncFnOnce(RequestKey, Vec<AnsweredPaper>, BTreeMap<String, Value>) -> Result<T, Fault>,
) -> Result<Response, Fault> {
    let Some(asked) = asked else { return Ok(Redirect::to(&href(matter)).into_response()) };
    let (key, mut given) = receive(visit, seal, &asked.lines, multipart).await?;
    let fields = judge(visit, &asked.lines, &mut given);
    if !given.faults.is_empty() {
        return Ok(bring::page(visit, seal, matter, (&asked, &given), StatusCode::UNPROCESSABLE_ENTITY));
    }
    match act(key, papers(&given), fields).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?said={said}", href(matter))).into_response()),
        Err(fault @ (Fault::Refusal(_) | Fault::Invalid(_) | Fault::Conflict)) => {
            given.refused = Some(refusal(visit, &fault));
            Ok(bring::page(visit, seal, matter, (&asked, &given), door::status_of(&fault)))
        }
        Err(fault) => Err(fault),
    }
}

/// Reads the form. Nothing is taken in before the token has shown that the post comes from our own page.
async fn receive(
    visit: &Visit,
    seal: &Seal,
    lines: &[CorrectionLineView],
    mut multipart: Multipart,
) -> Result<(RequestKey, Given), Fault> {
    let mut given = Given::default();
    let (mut ours, mut key) = (false, String::new());
    while let Some(field) = multipart.next_field().await.map_err(|_| unreadable())? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "_csrf" => {
                door::check_csrf(visit, &entry(field).await?)?;
                ours = true;
            }
            _ if !ours => return Err(Refusal::new("access.forged-post", "go-back").into()),
            "_key" => key = entry(field).await?,
            "kept" => {
                if let Some((paper, file)) = seal.open(&visit.actor.id, &entry(field).await?) {
                    given.files.entry(paper).or_insert(file);
                }
            }
            _ => match asked_paper(lines, &name) {
                Some(paper) => take_file(visit, paper, field, &mut given).await?,
                None => given.entries.entry(name).or_default().push(entry(field).await?),
            },
        }
    }
    Ok((RequestKey::new(&visit.actor.id, &key)?, given))
}

/// The paper that is asked for in the box of this name.
fn asked_paper(lines: &[CorrectionLineView], name: &str) -> Option<PaperId> {
    lines.iter().filter_map(|line| line.paper).find(|paper| box_of(*paper) == name)
}

/// Keeps a file, or says what is wrong with it. An empty box is no file; the one kept before stays.
async fn take_file(visit: &Visit, paper: PaperId, field: Field<'_>, given: &mut Given) -> Result<(), Fault> {
    let name = field.file_name().unwrap_or_default().to_owned();
    if name.is_empty() {
        return Ok(());
    }
    let at = box_of(paper);
    let limit = visit.world.config.limits.upload_bytes;
    let expected = Expected { field: &at, name: Some(&name), limit };
    match visit.world.blobs.put(field.into_stream(), expected).await {
        Ok(stored) => {
            let kind = stored.kind.media_type().to_owned();
            given.files.insert(paper, PaperFile { blob: stored.id, name, kind, size: stored.len });
        }
        Err(Fault::Invalid(faults)) => {
            let words = visit.world.part::<Words>();
            let said = faults.into_iter().map(|fault| door::field_fault(&readable(fault), &words)).next();
            given.faults.insert(at, said.unwrap_or_default());
        }
        Err(fault) => return Err(fault),
    }
    Ok(())
}

/// The limit as people read it: 10.0 MB.
fn readable(mut fault: FieldFault) -> FieldFault {
    if let Some(limit) = fault.facts.get_mut("limit") {
        *limit = limit.parse().map_or_else(|_| limit.clone(), ui::say::bytes);
    }
    fault
}

async fn entry(mut field: Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| unreadable())? {
        if bytes.len() + piece.len() > ENTRY_BYTES {
            return Err(Fault::TooMany);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn unreadable() -> Fault {
    Refusal::new("access.form-unreadable", "go-back").into()
}

/// The papers as the acts take them.
fn papers(given: &Given) -> Vec<AnsweredPaper> {
    given.files.iter().map(|(paper, file)| AnsweredPaper { paper: *paper, file: Some(file.clone()) }).collect()
}

/// What was refused, in words for the page.
pub fn refusal(visit: &Visit, fault: &Fault) -> (String, String) {
    let problem = door::problem(fault, &visit.world.part::<Words>());
    (problem.title, problem.said.join(""))
}

/// Every line must be answered: a file for each paper, a value for each field.
fn judge(visit: &Visit, lines: &[CorrectionLineView], given: &mut Given) -> BTreeMap<String, Value> {
    let shelf = visit.world.part::<Shelf>();
    let words = visit.world.part::<Words>();
    let mut values = BTreeMap::new();
    for line in lines {
        let label = ("label".to_owned(), line.name.clone());
        if let Some(paper) = line.paper {
            let at = box_of(paper);
            if !given.files.contains_key(&paper) && !given.faults.contains_key(&at) {
                given.faults.insert(at, words.fill("field.paper-missing", &BTreeMap::from([label])));
            }
            continue;
        }
        let Some(element) = line.element.as_deref().and_then(|code| shelf.catalog().elements.get(code)) else {
            continue;
        };
        let raw = given.entries.get(element.code.as_str()).cloned().unwrap_or_default();
        match themes::read_entry(element, &raw, true, visit.today()) {
            Ok(value) => values.extend(value.map(|value| (element.code.to_string(), value))),
            Err(fault) => {
                let mut facts = fault.facts;
                facts.extend([label]);
                given.faults.insert(element.code.to_string(), words.fill(&format!("field.{}", fault.code), &facts));
            }
        }
    }
    values
}
