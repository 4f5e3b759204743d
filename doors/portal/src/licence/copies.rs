//! Copies for a purpose (授权用证): made on the licence's page, shown and fetched each by its own address.

use access_service::{DoorFault, Posted, ResidentVisit, Visit, Words, door};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use catalog_service::Shelf;
use chrono::{Days, NaiveDate};
use kernel::id::LicenceId;
use platform::{Fault, FieldFault};
use records::{COPY_DAYS_MAX, COPY_WORDS_MAX, Purpose, Why};
use records_service::acts::{CopyLicence, ShownLicence, copy_licence, show_copy};
use records_service::{Certificate, CertificateId};
use serde::Deserialize;
use ui::{Field, FieldKind};

use super::{CopyLine, certificate};
use crate::{hidden, values};

/// How long a copy may be used where nothing else was chosen.
const DAYS: u64 = 30;

/// The form of a copy, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    purpose: String,
    recipient: String,
    until: String,
}

/// The form, drawn.
pub struct Form {
    pub key: String,
    pub fields: Vec<Field>,
    pub status: StatusCode,
}

impl Form {
    /// An empty one.
    pub fn fresh(visit: &Visit) -> Self {
        let until = visit.today() + Days::new(DAYS);
        Self::of(visit, Typed { until: until.to_string(), ..Typed::default() }, &[])
    }

    fn of(visit: &Visit, typed: Typed, faults: &[FieldFault]) -> Self {
        let words = visit.world.part::<Words>();
        let text = || FieldKind::Text { max: Some(COPY_WORDS_MAX as u32) };
        let today = visit.today();
        let last = today + Days::new(COPY_DAYS_MAX);
        let fields = [
            Field::new("purpose", "做什么用", text())
                .help("例如：办理银行开户。会印成“仅供……使用”")
                .value(typed.purpose),
            Field::new("recipient", "交给谁", text()).help("单位或者个人的名称").value(typed.recipient),
            Field::new("until", "用到哪天为止", FieldKind::Date)
                .bounds(Some(today.to_string()), Some(last.to_string()))
                .value(typed.until),
        ];
        let wrong = |field: Field| {
            let fault = faults.iter().find(|fault| fault.field == field.name);
            match fault {
                Some(fault) => field.error(door::field_fault(fault, &words)),
                None => field,
            }
        };
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Self { key: uuid::Uuid::new_v4().to_string(), fields: fields.into_iter().map(wrong).collect(), status }
    }
}

/// `POST /licences/{id}/copies`
pub async fn make(Path(id): Path<String>, Posted { visit, key, form }: Posted<Typed>) -> Result<Response, DoorFault> {
    let id: LicenceId = id.parse().map_err(|_| Fault::NotFound)?;
    if visit.actor.subject().is_none() {
        return Err(Fault::NotAllowed.into());
    }
    let (purpose, recipient, until) = (form.purpose.clone(), form.recipient.clone(), form.until.parse().ok());
    let order = CopyLicence { licence: id, purpose, recipient, until };
    match copy_licence(&visit, Some(&key), order).await {
        Ok(copy) => Ok(Redirect::to(&format!("/licences/copies/{copy}")).into_response()),
        Err(Fault::Invalid(faults)) => Ok(super::page(&visit, id, Form::of(&visit, form, &faults)).await?),
        Err(fault) => Err(hidden(fault).into()),
    }
}

/// `GET /licences/copies/{id}`
pub async fn show(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let shown = found(&visit, &id).await?;
    let pdf = format!("/licences/copies/{}/pdf", shown.certificate.id);
    Ok(certificate::page(&visit, &shown, pdf))
}

/// `GET /licences/copies/{id}/pdf`
pub async fn pdf(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let shown = found(&visit, &id).await?;
    Ok(certificate::file(&visit, shown).await?)
}

async fn found(visit: &Visit, id: &str) -> Result<ShownLicence, Fault> {
    let id: CertificateId = id.parse().map_err(|_| Fault::NotFound)?;
    let shelf = visit.world.part::<Shelf>();
    show_copy(visit, shelf.catalog(), id, &Purpose::of(Why::OwnRecord)).await.map_err(hidden)
}

/// A copy as a line of the licence's page.
pub(super) fn line(one: Certificate, today: NaiveDate) -> Option<CopyLine> {
    let terms = one.copy?;
    Some(CopyLine {
        href: format!("/licences/copies/{}", one.id),
        open: terms.until >= today,
        until: values::day(terms.until),
        purpose: terms.purpose,
        recipient: terms.recipient,
    })
}
