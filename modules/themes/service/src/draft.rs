//! A draft (草稿): what somebody has answered, typed and handed in so far, and not yet submitted.

use std::collections::BTreeMap;

use access::Resource;
use chrono::{DateTime, Utc};
use kernel::id::{ApplicationId, BlobId, DraftId, SubjectId};
use platform::blobs::FileKind;
use serde::{Deserialize, Serialize};
use themes::Answers;
use uuid::Uuid;

/// A draft. It survives signing out, can be taken up on another device, and is closed by the one submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub id: DraftId,
    /// Id of the theme.
    pub theme: String,
    pub subject: SubjectId,
    pub subject_name: String,
    /// The organisation the matter is for, where the applicant chose one of several.
    pub organisation: Option<SubjectId>,
    /// Account of the clerk who fills it in for the person at the window.
    pub opened_by: Option<String>,
    pub answers: Answers,
    pub form: Sheet,
    pub papers: Vec<Paper>,
    /// Grows with every saving; a page that shows an older one may not overwrite what came after.
    pub version: i32,
    /// The page that saved last. That page may save again although it still shows the older version.
    pub tab: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// The application it became.
    pub application: Option<ApplicationId>,
}

impl Draft {
    /// As policies see it.
    pub fn resource(&self) -> Resource {
        resource(self.subject, self.opened_by.as_deref())
    }

    /// Whether it was begun at the window.
    pub fn is_at_window(&self) -> bool {
        self.opened_by.is_some()
    }

    /// Where one of its pages is: `form`, `papers`, `check` …
    pub fn href(&self, page: &str) -> String {
        format!("/drafts/{}/{page}", self.id)
    }
}

/// A draft of this person, as policies see it.
pub(crate) fn resource(subject: SubjectId, opened_by: Option<&str>) -> Resource {
    let thing = Resource::of("draft").owned_by(subject.to_string());
    match opened_by {
        Some(account) => thing.opened_by(account),
        None => thing,
    }
}

/// What was typed into the form, by element, exactly as typed: a wrong entry is kept like a right one until it is mended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sheet(BTreeMap<String, Vec<String>>);

impl Sheet {
    /// What was typed for an element; `None` when nobody has been there yet.
    pub fn typed(&self, element: &str) -> Option<&[String]> {
        self.0.get(element).map(Vec::as_slice)
    }

    /// Keeps what was typed.
    pub fn keep(&mut self, element: impl Into<String>, typed: Vec<String>) {
        self.0.insert(element.into(), typed);
    }

    /// Forgets an element, so that what the records say counts again.
    pub fn forget(&mut self, element: &str) {
        self.0.remove(element);
    }
}

/// A file handed in with a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub id: Uuid,
    /// Which paper of the plan it is; see [`crate::filing::slot_key`].
    pub slot: String,
    pub blob: BlobId,
    /// As the person called it: 租赁合同.pdf.
    pub name: String,
    pub kind: FileKind,
    pub bytes: u64,
    pub at: DateTime<Utc>,
}
