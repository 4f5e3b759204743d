//! One act, one file, one transaction.

mod bind_wechat;
mod choose_wishes;
mod give_mail;
mod mark_read;
mod note_receipt;
mod send_again;
mod tell;

pub use bind_wechat::{ask_wechat_code, bind_wechat, unbind_wechat};
pub use choose_wishes::choose_wishes;
pub use give_mail::{confirm_mail, drop_mail, give_mail};
pub use mark_read::{mark_all_read, mark_read};
pub use note_receipt::note_receipt;
pub use send_again::send_again;
pub(crate) use tell::{Reminder, Tell, tell};

use access::Resource;
use access_service::Visit;
use kernel::id::SubjectId;
use platform::{Fault, JobKind};

/// What this module's acts leave for later.
pub(crate) fn jobs() -> Vec<JobKind> {
    give_mail::jobs()
}

/// Who the resident is.
pub(crate) fn own(visit: &Visit) -> Result<SubjectId, Fault> {
    visit.actor.subject().and_then(|subject| subject.parse().ok()).ok_or(Fault::NotAllowed)
}

/// Somebody's messages, as policies see them.
pub(crate) fn of_person(subject: SubjectId) -> Resource {
    Resource::of("messages").owned_by(subject.to_string())
}
