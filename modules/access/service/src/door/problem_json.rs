//! The problem document (RFC 9457): a fault as the REST twins and other programs read it.

use std::collections::BTreeMap;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use platform::fault::{Fault, FieldFault};
use serde::Serialize;

use super::{field_fault, problem, reference};
use crate::Words;

/// A problem document. Empty parts are left out.
#[derive(Debug, Serialize)]
struct ProblemDocument<'f> {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    detail: String,
    /// Stable, the last part of `type`.
    code: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<ClauseLine<'f>>,
    /// Key of the step that is open instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'f str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    facts: BTreeMap<&'f str, &'f str>,
    /// Every field to mend, all at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<FieldLine<'f>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

#[derive(Debug, Serialize)]
struct ClauseLine<'f> {
    law: &'f str,
    article: &'f str,
}

#[derive(Debug, Serialize)]
struct FieldLine<'f> {
    field: &'f str,
    code: &'f str,
    text: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    facts: BTreeMap<&'f str, &'f str>,
}

/// The answer with the document. The status is the door's, which may know better than the fault.
pub(super) fn answer(status: StatusCode, fault: &Fault, words: &Words) -> Response {
    let said = problem(fault, words);
    let mut document = ProblemDocument {
        kind: format!("urn:yimen:problem:{}", code(fault)),
        title: said.title,
        status: status.as_u16(),
        detail: said.said.join(" "),
        code: code(fault),
        clause: None,
        next: None,
        facts: BTreeMap::new(),
        faults: Vec::new(),
        reference: reference(status),
    };
    match fault {
        Fault::Refusal(refusal) => {
            document.clause =
                refusal.clause.as_ref().map(|clause| ClauseLine { law: &clause.law, article: &clause.article });
            document.next = Some(&refusal.next);
            document.facts = refusal.facts.iter().map(|(name, value)| (name.as_ref(), value.as_str())).collect();
        }
        Fault::Invalid(faults) => document.faults = faults.iter().map(|one| line(one, words)).collect(),
        Fault::Internal(reference) => document.reference = Some(reference.to_string()),
        _ => {}
    }
    let Ok(body) = serde_json::to_string(&document) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

fn line<'f>(fault: &'f FieldFault, words: &Words) -> FieldLine<'f> {
    let facts = fault.facts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    FieldLine { field: &fault.field, code: &fault.code, text: field_fault(fault, words), facts }
}

/// The stable name of a fault: a refusal's own code, else the kind of fault.
fn code(fault: &Fault) -> &str {
    match fault {
        Fault::Refusal(refusal) => &refusal.code,
        Fault::Invalid(_) => "invalid",
        Fault::NotAllowed => "not-allowed",
        Fault::NotFound => "not-found",
        Fault::Conflict => "conflict",
        Fault::TooMany => "too-many",
        Fault::Repeated(_) => "repeated",
        Fault::Unavailable(_) => "unavailable",
        Fault::Internal(_) => "internal",
    }
}
