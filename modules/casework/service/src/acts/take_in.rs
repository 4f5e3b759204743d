//! Papers and values that come after the filing: corrections, what was allowed to follow, evidence.

use std::collections::BTreeMap;

use access_service::Visit;
use kernel::value::Value;
use platform::{Fault, Tx};
use records::TrustLevel;
use serde_json::json;

use super::matter::Matter;
use super::record;
use crate::PaperId;
use crate::application::{FormEntry, Origin};
use crate::paper::{PaperFile, PaperStatus};
use crate::store::{self, paper, paper_trust};

/// A paper handed in anew.
#[derive(Debug, Clone)]
pub struct AnsweredPaper {
    pub paper: PaperId,
    /// None: handed over on paper, which only a clerk can say.
    pub file: Option<PaperFile>,
}

/// Puts the new papers and values in the place of the old, and both on record.
pub(super) async fn take_in(
    tx: &Tx,
    visit: &Visit,
    matter: &Matter<'_>,
    (papers, fields): (&[AnsweredPaper], &BTreeMap<String, Value>),
) -> Result<(), Fault> {
    if papers.is_empty() && fields.is_empty() {
        return Ok(());
    }
    let mut replaced = Vec::new();
    if !papers.is_empty() {
        let rows = store::paper_list(tx.conn(), matter.head.id).await?;
        let mut levels = Vec::with_capacity(papers.len());
        for given in papers {
            let old = rows.iter().find(|row| row.id == given.paper.uuid()).ok_or(Fault::NotFound)?;
            let new = mended(old, given, tx)?;
            replaced.push(json!({ "paper": given.paper, "from": old.blob, "to": new.blob }));
            tx.with_commit(store::paper_update(tx.conn(), &new)?);
            // Of a paper that was sent twice the last file counts, and its level is the same.
            levels.retain(|one: &paper_trust::Model| one.paper != new.id);
            let level = TrustLevel::of_hand_in(visit.actor.is_staff());
            levels.push(paper_trust::Model::new(matter.head.id, new.id, level, None));
        }
        tx.with_commit(store::trust_put(levels));
    }
    if !fields.is_empty() {
        let mut form = store::form_find(tx.conn(), matter.head.id).await?;
        for (element, value) in fields {
            form.insert(element.clone(), FormEntry { value: value.clone(), origin: Origin::Typed });
        }
        tx.with_commit(store::form_update(tx.conn(), matter.head.id, &serde_json::to_string(&form)?)?);
    }
    let facts = json!({ "papers": replaced, "fields": record::marks(tx, fields)? });
    record::about_application(tx, visit, matter.id(), record::PAPERS_CORRECTED, facts);
    Ok(())
}

fn mended(old: &paper::Model, given: &AnsweredPaper, tx: &Tx) -> Result<paper::Model, Fault> {
    let mut new = old.clone();
    new.status = PaperStatus::HandIn.word().to_owned();
    (new.reason_code, new.reason_text) = (None, None);
    new.uploaded_at = Some(tx.now());
    new.put_file(given.file.as_ref())?;
    Ok(new)
}

impl paper::Model {
    /// Puts a file in the place of the old one, or notes that there is none.
    pub(crate) fn put_file(&mut self, file: Option<&PaperFile>) -> Result<(), Fault> {
        self.blob = file.map(|file| file.blob.to_string());
        self.file_name = file.map(|file| file.name.clone());
        self.media_kind = file.map(|file| file.kind.clone());
        self.size = file.map(|file| i64::try_from(file.size)).transpose().map_err(Fault::internal)?;
        Ok(())
    }
}
