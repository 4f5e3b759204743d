//! What all pages of a draft share: whose it is, whether it is still open, the steps of the way.

use std::sync::Arc;

use access_service::{DoorFault, Visit, Words, door};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::DraftId;
use platform::{Fault, FieldFault};
use ui::{Progress, Shell};
use uuid::Uuid;

use crate::acts::Seen;
use crate::draft::Draft;
use crate::filing::{Filing, Page};
use crate::{ThemeShelf, frame, known, reads};

/// A page that did not come about: a fault, or another place to be.
pub enum Detour {
    Fault(DoorFault),
    Go(String),
}

impl<F: Into<DoorFault>> From<F> for Detour {
    fn from(fault: F) -> Self {
        Self::Fault(fault.into())
    }
}

impl IntoResponse for Detour {
    fn into_response(self) -> Response {
        match self {
            Self::Fault(fault) => fault.into_response(),
            Self::Go(to) => Redirect::to(&to).into_response(),
        }
    }
}

/// A draft with everything its pages are drawn from.
pub(super) struct Drafting {
    pub visit: Visit,
    pub draft: Draft,
    pub shelf: Arc<ThemeShelf>,
    pub words: Arc<Words>,
    known: records::Known,
}

impl Drafting {
    /// The open draft of that id. Who is not signed in signs in first; a submitted draft leads to what it became.
    pub async fn open(visit: Visit, id: &str) -> Result<Self, Detour> {
        let draft = find(&visit, id).await?;
        if let Some(application) = draft.application {
            return Err(Detour::Go(receipt(&visit, application)));
        }
        let shelf = ThemeShelf::current(&visit.world)?;
        let catalog = shelf.catalogue().catalog();
        let known = known::of_subject(&visit, catalog, draft.subject, draft.organisation, &draft.theme).await?;
        let words = visit.world.part::<Words>();
        Ok(Self { visit, draft, shelf, words, known })
    }

    /// The draft worked out.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when its theme is no longer in force.
    pub fn filing(&self) -> Result<Filing<'_>, Fault> {
        let theme = self.shelf.theme(&self.draft.theme)?;
        let catalog = self.shelf.catalogue().catalog();
        Ok(Filing::of(theme, &self.draft, self.known.clone(), catalog, &self.words, self.visit.today()))
    }

    /// What is known about the applicant.
    pub fn known(&self) -> &records::Known {
        &self.known
    }

    /// The frame of one of its pages.
    pub fn shell(&self, title: &str) -> Shell {
        let name = self.shelf.theme(&self.draft.theme).map_or("", |theme| theme.name.as_str());
        let shell = frame::shell(&self.visit, format!("{title}：{name}"));
        let shell =
            if shell.is_desk() { shell.crumb("/desk/window", "窗口受理") } else { shell.crumb("/mine", "我的") };
        shell.crumb(self.draft.href("plan"), name).crumb_here(title)
    }

    /// Whom a clerk fills this in for, by the full name: the person stands at the window, and it must be the right one.
    pub fn for_whom(&self) -> Option<String> {
        self.visit.actor.is_staff().then(|| self.draft.subject_name.clone())
    }

    /// The steps of the way; all pages of a draft can be gone back to.
    pub fn progress(&self, now: usize) -> Progress {
        let mut progress = Progress::at(STEPS.map(|(name, _)| name), now);
        for (stage, (_, page)) in progress.stages.iter_mut().zip(STEPS) {
            stage.href = (stage.state == ui::StageState::Done).then(|| self.draft.href(page));
        }
        progress
    }

    /// What is wrong with a field, in words.
    pub fn said(&self, fault: &FieldFault) -> String {
        door::field_fault(fault, &self.words)
    }

    /// 已保存 今天 10:32.
    pub fn saved_at(&self) -> String {
        ui::say::moment(self.draft.updated_at, self.visit.today())
    }

    /// The hidden fields by which a page says what it knew.
    pub fn marks(&self) -> Marks {
        self.marks_of("")
    }

    /// The same for a page that is drawn again in its own place and stays the page it was; a new one has no name yet.
    pub fn marks_of(&self, tab: &str) -> Marks {
        let fresh = || Uuid::new_v4().simple().to_string();
        Marks { version: self.draft.version, tab: if tab.is_empty() { fresh() } else { tab.to_owned() } }
    }
}

/// Steps of the way and the page of each.
pub(super) const STEPS: [(&str, &str); 5] =
    [("答问题", "questions"), ("看方案", "plan"), ("填写信息", "form"), ("交材料", "papers"), ("核对提交", "check")];

/// What a page knew when it was drawn, as hidden fields.
pub(super) struct Marks {
    pub version: i32,
    pub tab: String,
}

/// The same coming back.
pub(super) fn seen(posted: &[(String, String)]) -> Seen {
    Seen { version: value(posted, "_version").parse().unwrap_or(0), tab: value(posted, "_tab").to_owned() }
}

/// The value of a posted field; empty when it is not there.
pub(super) fn value<'a>(posted: &'a [(String, String)], name: &str) -> &'a str {
    posted.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// The draft of that id for this visit.
pub(super) async fn find(visit: &Visit, id: &str) -> Result<Draft, Detour> {
    if visit.session.is_none() && !visit.actor.is_staff() && visit.actor.subject().is_none() {
        return Err(Detour::Go(format!("/sign-in?{}", door::pair("back", &visit.path))));
    }
    let id: DraftId = id.parse().map_err(|_| Fault::NotFound)?;
    Ok(reads::draft(visit, id).await?)
}

/// Where a submitted draft's application is looked at.
pub(super) fn receipt(visit: &Visit, application: kernel::id::ApplicationId) -> String {
    let door = if visit.actor.is_staff() { "/desk" } else { "" };
    format!("{door}/applications/{application}")
}

/// `GET /drafts/{draft}`: where it goes on, which is the first page that still needs something.
pub async fn resume(visit: Visit, Path(id): Path<String>) -> Result<Response, Detour> {
    let drafting = Drafting::open(visit, &id).await?;
    let page = drafting.filing()?.missing().first().map_or(Page::Check, |missing| missing.page);
    Ok(Redirect::to(&drafting.draft.href(page.stem())).into_response())
}
