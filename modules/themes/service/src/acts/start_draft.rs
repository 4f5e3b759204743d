//! Beginning a draft (开始办理).

use access_service::Visit;
use kernel::id::{DraftId, SubjectId};
use kernel::refusal::Refusal;
use platform::{Fault, JournalEntry, RequestKey};
use themes::Answers;
use themes::acts::START_DRAFT;

use crate::draft::{self, Draft, Sheet};
use crate::{ThemeShelf, known, store};

/// A draft to begin.
#[derive(Debug, Clone)]
pub struct StartDraft {
    /// Id of the theme.
    pub theme: String,
    /// Whose matter it is: the resident's own, or the person's at the clerk's window.
    pub subject: SubjectId,
    /// The organisation the matter is for, where the person represents several.
    pub organisation: Option<SubjectId>,
    /// Answers given so far; those the theme does not take are left out.
    pub answers: Answers,
}

/// Begins a draft.
///
/// # Errors
/// `themes.too-many-drafts`; [`Fault::NotFound`] for a theme that is not in force; [`Fault::NotAllowed`];
/// [`Fault::Repeated`] with the draft's id as subject.
pub async fn start_draft(visit: &Visit, key: Option<&RequestKey>, order: StartDraft) -> Result<DraftId, Fault> {
    let opened_by = visit.actor.is_staff().then(|| visit.actor.id.clone());
    visit.allow(START_DRAFT, &draft::resource(order.subject, opened_by.as_deref()))?;
    let shelf = ThemeShelf::current(&visit.world)?;
    let theme = shelf.theme(&order.theme)?;
    let purpose = known::purpose(visit, &order.theme);
    let person = records_service::reads::person(visit, order.subject, &purpose).await?;
    let mut answers = order.answers.clone();
    for fault in theme.review(&order.answers) {
        answers.forget(&fault.question);
    }
    let (opened_by, answers) = (&opened_by, &answers);
    let most = visit.world.config.limits.drafts;
    visit
        .write(key, async |tx| {
            if store::draft_count(tx.conn(), order.subject).await? >= u64::from(most) {
                return Err(Refusal::new("themes.too-many-drafts", "finish-a-draft").fact("most", most).into());
            }
            let draft = Draft {
                id: tx.new_id(),
                theme: order.theme.clone(),
                subject: order.subject,
                subject_name: person.name.clone(),
                organisation: order.organisation,
                opened_by: opened_by.clone(),
                answers: answers.clone(),
                form: Sheet::default(),
                papers: Vec::new(),
                version: 1,
                tab: String::new(),
                created_at: tx.now(),
                updated_at: tx.now(),
                application: None,
            };
            store::draft_insert(tx.conn(), &draft).await?;
            let facts = serde_json::json!({ "theme": order.theme, "subject": order.subject });
            tx.record(JournalEntry::new(draft.id, &visit.actor.id, START_DRAFT.name(), draft.id).holding(&facts));
            Ok(draft.id)
        })
        .await
}
