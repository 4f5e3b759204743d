//! Taking in a file: cut off where it is too large, looked at before it is kept.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use access_service::{Visit, door};
use axum::body::Body;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Path, RawQuery, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use futures::Stream;
use kernel::refusal::Refusal;
use platform::blobs::{Expected, Stored};
use platform::{Fault, FieldFault};

use super::drafting::{Detour, Drafting};
use super::papers::{draw, megabytes};
use super::questions::pairs;
use crate::acts::{AddPaper, add_paper, has_room};
use crate::filing::anchor;

/// Longest text field before the file: the token.
const TEXT_BYTES: usize = 256;
/// How much more of a file that is too large is read and thrown away. A browser shows the answer only when it has sent
/// what it wanted to send; one that wants to send a gigabyte is cut off all the same.
const LINGER_BYTES: usize = 32 << 20;
const LINGER: Duration = Duration::from_secs(10);

/// `POST /drafts/{draft}/papers?paper=KEY`
pub async fn take(
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Response, Detour> {
    let drafting = Drafting::open(visit, &id).await?;
    let asked = pairs(query.as_deref());
    let key = asked.iter().find(|(name, _)| name == "paper").map_or("", |(_, key)| key.as_str());
    if !drafting.filing()?.slots.iter().any(|slot| slot.key == key && slot.takes_files()) {
        return Err(Fault::NotFound.into());
    }
    let request = request.map(|body| Body::from_stream(Paced { body: body.into_data_stream(), breathe: false }));
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    let taken = receive(&drafting, key, &mut multipart).await;
    match taken {
        Ok((name, stored)) => {
            let order = AddPaper { draft: drafting.draft.id, slot: key.to_owned(), name, stored };
            add_paper(&drafting.visit, &order).await?;
            let place = anchor(key);
            Ok(Redirect::to(&format!("{}#{place}", drafting.draft.href("papers"))).into_response())
        }
        Err(Fault::Invalid(faults)) => {
            let fault = in_words(faults.first().cloned().unwrap_or_else(|| FieldFault::new(key, "file-missing")));
            let status = match &*fault.code {
                "file-too-large" => StatusCode::PAYLOAD_TOO_LARGE,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            Ok(draw(&drafting, status, Some(&fault))?)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// A body that hands over one piece at a time. The reader of forms takes in all that is ready before it looks at any of
/// it, and over a fast line a gigabyte is ready.
struct Paced<S> {
    body: S,
    breathe: bool,
}

impl<S: Stream + Unpin> Stream for Paced<S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        if std::mem::take(&mut self.breathe) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let piece = Pin::new(&mut self.body).poll_next(context);
        self.breathe = piece.is_ready();
        piece
    }
}

/// The token first, then the file. Other fields are not ours.
async fn receive(drafting: &Drafting, key: &str, multipart: &mut Multipart) -> Result<(String, Stored), Fault> {
    let mut token = String::new();
    while let Some(mut field) = multipart.next_field().await.map_err(|_| unreadable())? {
        match field.name() {
            Some("_csrf") => token = text(&mut field).await?,
            Some("file") => {
                door::check_csrf(&drafting.visit, &token)?;
                return keep(drafting, key, field).await;
            }
            _ => return Err(unreadable()),
        }
    }
    Err(Fault::field(key, "file-missing"))
}

async fn keep(drafting: &Drafting, key: &str, mut field: Field<'_>) -> Result<(String, Stored), Fault> {
    let name = field.file_name().unwrap_or_default().to_owned();
    if name.is_empty() {
        return Err(Fault::field(key, "file-missing"));
    }
    let limits = &drafting.visit.world.config.limits;
    has_room(&drafting.draft, 0, limits)?;
    let expected = Expected { field: key, name: Some(&name), limit: limits.upload_bytes };
    let stored = drafting.visit.world.blobs.put(&mut field, expected).await;
    if stored.is_err() {
        // Only until the time is over: who sends slowly on purpose gains nothing.
        let _ = tokio::time::timeout(LINGER, drain(&mut field)).await;
    }
    Ok((name, stored?))
}

async fn drain(field: &mut Field<'_>) {
    let mut left = LINGER_BYTES;
    while let Ok(Some(piece)) = field.chunk().await {
        if piece.len() > left {
            return;
        }
        left -= piece.len();
    }
}

async fn text(field: &mut Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| unreadable())? {
        if bytes.len() + piece.len() > TEXT_BYTES {
            return Err(unreadable());
        }
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| unreadable())
}

fn unreadable() -> Fault {
    Refusal::new("themes.upload-unreadable", "upload-again").into()
}

/// Sizes and kinds as people say them.
fn in_words(mut fault: FieldFault) -> FieldFault {
    if let Some(limit) = fault.facts.get("limit").and_then(|limit| limit.parse().ok()) {
        fault.facts.insert("limit".into(), megabytes(limit));
    }
    for name in ["is", "says"] {
        if let Some(kind) = fault.facts.get_mut(name) {
            *kind = kind.to_uppercase();
        }
    }
    fault
}
