//! What orders are given on: one case, or a whole application. How its page is opened and how a form sent from it is
//! answered is the same for both; what stands on the page and what may be ordered is not.

use std::str::FromStr;

use access_service::{DoorFault, Posted, StaffVisit, Visit};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use casework::OrderKind;
use casework_service::acts;
use casework_service::reads::JournalLine;
use platform::fault::FieldFault;
use platform::{Fault, RequestKey};

use super::{Kept, Since, Trouble, conflict};
use crate::done::{self, Done};
use crate::form::Sheet;
use crate::frame;

/// How many of the last things that happened are told to whoever came too late.
const LAST: usize = 3;

/// An order read from its form.
pub trait Given {
    /// Its kind.
    fn kind(&self) -> OrderKind;

    /// Whether it goes out of the house as a letter and cannot be taken back, so that it is asked once more.
    fn is_final(&self) -> bool;

    /// The key of what is said when it was done.
    fn code(&self) -> String;

    /// Gives the order.
    async fn give(&self, visit: &Visit, key: &RequestKey) -> Result<acts::Done, Fault>;
}

/// A view with its page.
pub trait Subject: Sized {
    type Id: Copy + FromStr;
    type Order: Given;

    /// Whether such an order is given on its page.
    fn is_given_here(kind: OrderKind) -> bool;

    /// Where it is shown.
    fn address(id: Self::Id) -> String;

    /// As it stands now, for this officer.
    async fn look(visit: &Visit, id: Self::Id) -> Result<Self, Fault>;

    /// Reads the form of an order.
    ///
    /// # Errors
    /// Outside: it cannot be looked at. Inside: every field that is missing. Whether the order is right is not judged here.
    async fn read(
        visit: &Visit,
        id: Self::Id,
        kind: OrderKind,
        form: &Sheet,
    ) -> Result<Result<Self::Order, Vec<FieldFault>>, Fault>;

    /// What the officer saw when a form was drawn: when it differs later, somebody else was first.
    fn seen(&self) -> String;

    /// What is so now: title, state and address, and all that has happened.
    fn since(self) -> (Since, Vec<JournalLine>);

    /// Asks once more before what cannot be undone, unless it is no longer open.
    async fn ask(self, visit: &Visit, id: Self::Id, order: &Self::Order, form: Sheet) -> Result<Response, Fault>;

    /// Its page.
    async fn page(self, visit: &Visit, done: Option<Done>, kept: Kept) -> Result<Response, Fault>;
}

/// Opens the page.
pub async fn show<S: Subject>(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    id: &str,
) -> Result<Response, DoorFault> {
    let id = frame::id::<S::Id>(id)?;
    let view = S::look(&visit, id).await?;
    let done = done::of(&visit, &headers, &S::address(id)).await?;
    Ok(done::shown(&visit, &headers, view.page(&visit, done, Kept::default()).await?))
}

/// Answers a form sent from the page: it is shown again with what is wrong, asked once more, or followed.
pub async fn give<S: Subject>(id: &str, order: &str, posted: Posted<Sheet>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    let id = frame::id::<S::Id>(id)?;
    frame::staff_only(&visit, &S::address(id))?;
    let kind = OrderKind::parse(order).filter(|kind| S::is_given_here(*kind)).ok_or(Fault::NotFound)?;
    let order = match S::read(&visit, id, kind, &form).await? {
        Ok(order) => order,
        Err(faults) => {
            let trouble = Trouble::fields(&visit, &faults);
            return Ok(again::<S>(&visit, id, kind, form, Some(trouble)).await?);
        }
    };
    match form.one("_confirmed") {
        "edit" => return Ok(again::<S>(&visit, id, kind, form, None).await?),
        "yes" => {}
        _ if order.is_final() => return Ok(S::look(&visit, id).await?.ask(&visit, id, &order, form).await?),
        _ => {}
    }
    match order.give(&visit, &key).await {
        Ok(done) if done.repeated => Ok(done::redirect(&S::address(id), "repeated")),
        Ok(_) => Ok(done::redirect(&S::address(id), &order.code())),
        Err(fault @ (Fault::Refusal(_) | Fault::Invalid(_) | Fault::Conflict)) => {
            Ok(refused::<S>(&visit, id, kind, form, &fault).await?)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The page with the form as it was sent, and what is wrong with it.
pub async fn again<S: Subject>(
    visit: &Visit,
    id: S::Id,
    kind: OrderKind,
    form: Sheet,
    trouble: Option<Trouble>,
) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let kept = Kept { order: kind.code().to_owned(), form, trouble };
    let mut answer = S::look(visit, id).await?.page(visit, None, kept).await?;
    *answer.status_mut() = status;
    Ok(answer)
}

/// Tells apart an order that was wrong from one that came too late.
async fn refused<S: Subject>(
    visit: &Visit,
    id: S::Id,
    kind: OrderKind,
    form: Sheet,
    fault: &Fault,
) -> Result<Response, Fault> {
    let view = S::look(visit, id).await?;
    if matches!(fault, Fault::Conflict) || form.one("_seen") != view.seen() {
        return Ok(too_late(visit, view, &form));
    }
    again::<S>(visit, id, kind, form, Some(Trouble::of(visit, fault))).await
}

/// The page that tells what happened meanwhile.
pub fn too_late<S: Subject>(visit: &Visit, view: S, form: &Sheet) -> Response {
    let (mut since, mut last) = view.since();
    last.sort_by_key(|line| std::cmp::Reverse(line.at));
    last.truncate(LAST);
    since.last = last;
    conflict(visit, form, since)
}
