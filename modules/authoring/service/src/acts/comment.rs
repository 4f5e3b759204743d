//! 提意见: anybody says something about a draft the public is asked about. Shown when the office has answered.

use access::Resource;
use access_service::Visit;
use authoring::State;
use authoring::acts::COMMENT;
use authoring::consultation::{COMMENT_CHARS_MAX, Stance};
use chrono::TimeDelta;
use kernel::refusal::Refusal;
use platform::limits::Throttle;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use uuid::Uuid;

use super::found;
use crate::store::comment::{Model, comment_add, comment_count};
use crate::store::revision::revision_find;

/// Comments one person may leave in an hour, and all without a name together in a minute.
const A_PERSON_AN_HOUR: u32 = 5;
const NAMELESS_A_MINUTE: u32 = 30;
/// Most comments about one draft.
const COMMENTS_MAX: u64 = 20_000;

/// The counts of this process.
struct Gate(Throttle, Throttle);

/// A comment to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewComment {
    pub stance: Stance,
    pub said: String,
    /// Whether somebody signed in wants the name kept with it; the office sees it, the public never does.
    pub with_name: bool,
}

/// Leaves it.
///
/// # Errors
/// [`Fault::Invalid`] of `said` (only a bare stance for or against may say nothing); refusals `authoring.not-consulting`,
/// `authoring.too-many-comments`; [`Fault::TooMany`]; [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn comment(visit: &Visit, key: Option<&RequestKey>, id: Uuid, order: NewComment) -> Result<Uuid, Fault> {
    let row = found(visit, id).await?;
    visit.allow(COMMENT, &Resource::of("consultation"))?;
    if row.last_day.is_none() {
        return Err(Fault::NotFound);
    }
    let said = match order.stance {
        Stance::Suggestion => Fault::words("said", &order.said, COMMENT_CHARS_MAX)?,
        Stance::Agree | Stance::Disagree => {
            Fault::too_long("said", order.said.trim(), COMMENT_CHARS_MAX)?;
            order.said.trim()
        }
    };
    let gate = visit.world.parts.get_or_install(|| {
        let (person, nameless) = (TimeDelta::hours(1), TimeDelta::minutes(1));
        Gate(Throttle::new(A_PERSON_AN_HOUR, person), Throttle::new(NAMELESS_A_MINUTE, nameless))
    });
    let now = visit.world.clock.now_utc();
    match visit.actor.subject() {
        Some(subject) => gate.0.count(subject, now)?,
        None => gate.1.count("nameless", now)?,
    }
    let named = visit.actor.subject().filter(|_| order.with_name).and_then(|subject| subject.parse::<Uuid>().ok());
    let order = &order;
    visit
        .write(key, async |tx| {
            let row = revision_find(tx.conn(), id, true).await?.ok_or(Fault::NotFound)?;
            // The last day is the day of the page, not of the job that ends it.
            let is_open = row.last_day.is_some_and(|last| tx.today() <= last);
            if row.facts()?.state() != State::Consulting || !is_open {
                return Err(Refusal::new("authoring.not-consulting", "read-answers").into());
            }
            if comment_count(tx.conn(), id).await? >= COMMENTS_MAX {
                return Err(Refusal::new("authoring.too-many-comments", "call-office").into());
            }
            let comment = tx.new_uuid();
            let row = Model {
                id: comment,
                revision: id,
                stance: order.stance.code().to_owned(),
                said: said.to_owned(),
                subject: named,
                name: named.map(|_| visit.actor.name.clone()),
                at: tx.now(),
                answer: None,
                answered_by: None,
                answered_at: None,
                shown: false,
            };
            comment_add(tx.conn(), row).await?;
            // Neither the words nor who said them: the journal names no person.
            let by = if named.is_some() { visit.actor.id.as_str() } else { "visitor" };
            let entry = JournalEntry::new(id, by, COMMENT.name(), comment);
            tx.record(entry.holding(&json!({ "stance": order.stance })));
            Ok(comment)
        })
        .await
}
