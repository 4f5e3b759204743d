//! 授权用证: the holder makes a copy for one purpose before one recipient until one day.

use access_service::Visit;
use chrono::{Days, NaiveDate};
use kernel::id::LicenceId;
use kernel::refusal::Refusal;
use platform::{Fault, FieldFault, JournalEntry, RequestKey};
use records::acts::COPY_LICENCE;
use records::{COPY_DAYS_MAX, COPY_WORDS_MAX, CopyTerms, LicenceState, Purpose, UseKind, Why};
use serde_json::json;

use super::use_licences::{NewUse, put_on_record};
use crate::certificate::{Certificate, CertificateId, new_code};
use crate::reads;
use crate::store::certificate as certificates;

/// The record: a copy was made.
const COPIED: &str = "records.licence-copied";
/// Copies of one licence that may be open at once; nobody hands out more, and each of them is a file.
const OPEN_COPIES: usize = 50;

/// Make a copy.
#[derive(Debug, Clone)]
pub struct CopyLicence {
    pub licence: LicenceId,
    /// 银行开户: what the recipient may use it for.
    pub purpose: String,
    pub recipient: String,
    /// The last day it may be used.
    pub until: Option<NaiveDate>,
}

/// Makes it. Nothing is printed yet; [`super::sealed_file`] does that when the copy is fetched.
///
/// # Errors
/// [`Fault::Invalid`] with everything that is missing or too long; `records.licence-not-in-force` for one that does not
/// stand; [`Fault::TooMany`] when too many copies are open; [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn copy_licence(visit: &Visit, key: Option<&RequestKey>, order: CopyLicence) -> Result<CertificateId, Fault> {
    let own = Purpose::of(Why::OwnRecord);
    let licence = reads::licence(visit, order.licence, &own).await?;
    let person = reads::behind(visit, &licence).await?;
    visit.allow(COPY_LICENCE, &own.resource(&person))?;
    let today = visit.today();
    let terms = terms(&order, today)?;
    if licence.state(today) != LicenceState::InForce {
        return Err(Refusal::new("records.licence-not-in-force", "see-licence").into());
    }
    let (terms, licence) = (&terms, &licence);
    let outcome = visit
        .write(key, async |tx| {
            let there = certificates::certificate_list(tx.conn(), licence.id).await?;
            let open = there.iter().filter(|one| one.copy.as_ref().is_some_and(|copy| copy.until >= today)).count();
            if open >= OPEN_COPIES {
                return Err(Fault::TooMany);
            }
            let fresh = Certificate {
                id: tx.new_id(),
                licence: licence.id,
                code: new_code(),
                state: licence.state(today),
                copy: Some(terms.clone()),
                made_at: tx.now(),
                made_by: visit.actor.id.clone(),
                blob: None,
                key: None,
                sealed_at: None,
            };
            certificates::certificate_insert(tx.conn(), &fresh).await?;
            let entry = JournalEntry::new(licence.id, &visit.actor.id, COPIED, fresh.id);
            tx.record(entry.holding(&json!({ "terms": terms, "code": fresh.code })));
            let matter = format!("{}（{}）", terms.purpose, terms.recipient);
            put_on_record(&tx, &[NewUse { licence: licence.id, how: UseKind::Copy, matter, application: None }])
                .await?;
            Ok(fresh.id)
        })
        .await;
    match outcome {
        // The first of two sendings has made it.
        Err(Fault::Repeated(first)) => first.subject.parse().map_err(|_| Fault::Conflict),
        other => other,
    }
}

fn terms(order: &CopyLicence, today: NaiveDate) -> Result<CopyTerms, Fault> {
    let mut faults = Vec::new();
    let mut text = |field: &'static str, text: &str| {
        let text = text.trim();
        let long = text.chars().count() > COPY_WORDS_MAX || text.chars().any(char::is_control);
        if text.is_empty() {
            faults.push(FieldFault::new(field, "copy-blank"));
        } else if long {
            faults.push(FieldFault::new(field, "copy-long").fact("max", COPY_WORDS_MAX));
        }
        text.to_owned()
    };
    let (purpose, recipient) = (text("purpose", &order.purpose), text("recipient", &order.recipient));
    let last = today + Days::new(COPY_DAYS_MAX);
    let until = order.until.filter(|until| (today..=last).contains(until));
    if until.is_none() {
        faults.push(FieldFault::new("until", "copy-until").fact("max", COPY_DAYS_MAX));
    }
    match until {
        Some(until) if faults.is_empty() => Ok(CopyTerms { purpose, recipient, until }),
        _ => Err(Fault::Invalid(faults)),
    }
}
