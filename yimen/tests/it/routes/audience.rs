//! For whom each address is. What is about one case or draft is for whom the policies let do the act behind it.

use access::Act;
use themes::acts::{EDIT_DRAFT, READ_DRAFT, SUBMIT_DRAFT};

use super::list::Route;
use super::stage::{Guest, Stage, Subject};

/// Whom a door lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    Everybody,
    Nobody,
    SignedIn,
    Residents,
    Staff,
    /// Whoever may do this to the stage's application or draft.
    May(Act, Subject),
    /// Residents who may.
    ResidentsMay(Act, Subject),
    /// Staff who may.
    StaffMay(Act, Subject),
    /// Staff who may do this where they are responsible.
    StaffMayAtHome(Act),
}

/// The table. The first line whose address fits counts; `*` at its end stands for anything.
const TABLE: &[(&str, &str, For)] = &[
    // the portal
    ("*", "/", For::Everybody),
    ("*", "/search*", For::Everybody),
    ("*", "/items*", For::Everybody),
    ("*", "/help", For::Everybody),
    ("*", "/about", For::Everybody),
    ("*", "/delegations", For::Everybody),
    ("*", "/lists*", For::Everybody),
    ("*", "/consultations*", For::Everybody),
    ("*", "/trust*", For::Everybody),
    ("*", "/sign-in*", For::Everybody),
    ("*", "/sign-out", For::Everybody),
    ("*", "/mine", For::Residents),
    ("*", "/records", For::Residents),
    ("*", "/records/looks", For::Residents),
    ("*", "/records/export", For::Residents),
    ("*", "/records/looks/{id}/object", For::Residents),
    ("*", "/licences/verify", For::Everybody),
    ("*", "/licences/copies/{id}*", For::ResidentsMay(records::acts::READ_OWN, Subject::Person)),
    ("*", "/licences/{id}*", For::ResidentsMay(records::acts::READ_OWN, Subject::Person)),
    ("*", "/notices/verify", For::Everybody),
    ("*", "/notices/{id}*", For::ResidentsMay(casework::READ, Subject::Application)),
    ("POST", "/applications/{id}/mend", For::ResidentsMay(casework::MEND_PRE_REVIEW, Subject::Application)),
    ("POST", "/applications/{id}/receive", For::ResidentsMay(casework::MEND_PRE_REVIEW, Subject::Application)),
    ("POST", "/applications/{id}/correct", For::ResidentsMay(casework::ANSWER_CORRECTION, Subject::Application)),
    ("POST", "/applications/{id}/withdraw", For::ResidentsMay(casework::WITHDRAW, Subject::Application)),
    ("POST", "/applications/{id}/send", For::ResidentsMay(courier::SEND_IN, Subject::Application)),
    ("*", "/applications/{id}*", For::ResidentsMay(casework::READ, Subject::Application)),
    // the resident's way
    ("POST", "/matters/{theme}/drafts", For::SignedIn),
    ("*", "/matters*", For::Everybody),
    ("POST", "/drafts/{draft}/submit", For::May(SUBMIT_DRAFT, Subject::Draft)),
    ("POST", "/drafts/{draft}*", For::May(EDIT_DRAFT, Subject::Draft)),
    ("*", "/drafts/{draft}*", For::May(READ_DRAFT, Subject::Draft)),
    // messages
    ("*", "/messages*", For::Residents),
    // Heard only over a signed line.
    ("*", "/callbacks/*", For::Nobody),
    // the desk
    ("*", "/desk/sign-in*", For::Everybody),
    ("*", "/desk/sign-out", For::Everybody),
    ("*", "/desk/window", For::StaffMayAtHome(casework::FILE_FOR)),
    ("POST", "/desk/applications/{id}/send", For::StaffMay(casework::DELIVER, Subject::Application)),
    ("POST", "/desk/applications/{id}/orders/{order}", For::StaffMay(casework::ACCEPT, Subject::Application)),
    ("POST", "/desk/cases/{id}/orders/{order}", For::StaffMay(casework::COMPLETE_STEP, Subject::Case)),
    ("POST", "/desk/applications/{id}/joint", For::StaffMay(casework::EXTEND_JOINT, Subject::Application)),
    ("*", "/desk/applications/{id}*", For::StaffMay(casework::READ, Subject::Application)),
    ("*", "/desk/cases/{id}*", For::StaffMay(casework::READ, Subject::Case)),
    ("*", "/desk/papers/{id}", For::StaffMay(casework::READ, Subject::Case)),
    ("POST", "/desk/papers/{id}/compared", For::StaffMay(casework::COMPARE_ORIGINAL, Subject::Case)),
    ("*", "/desk/objections*", For::StaffMayAtHome(records::acts::ANSWER_OBJECTION)),
    ("*", "/desk/papers/{id}/licence", For::StaffMay(casework::READ, Subject::Case)),
    ("GET", "/desk/messages*", For::StaffMayAtHome(messages::acts::READ_SENDINGS)),
    ("*", "/desk/messages*", For::StaffMayAtHome(messages::acts::SEND_AGAIN)),
    ("GET", "/desk/systems*", For::StaffMayAtHome(access::acts::READ_SYSTEMS)),
    ("*", "/desk/systems*", For::StaffMayAtHome(access::acts::MAKE_TOKEN)),
    ("*", "/desk/webhooks*", For::StaffMayAtHome(connect::acts::KEEP_WEBHOOK)),
    ("GET", "/desk/connectors*", For::StaffMayAtHome(connect::acts::READ_CONNECTORS)),
    ("*", "/desk/connectors*", For::StaffMayAtHome(connect::acts::KEEP_CONNECTOR)),
    ("GET", "/desk/exchange", For::StaffMayAtHome(connect::acts::READ_EXCHANGE)),
    ("GET", "/desk/exchange/{batch}/file", For::StaffMayAtHome(connect::acts::TAKE_BATCH)),
    ("*", "/desk/exchange", For::StaffMayAtHome(connect::acts::MAKE_BATCH)),
    ("*", "/desk/lists/rows/{id}", For::StaffMayAtHome(standards::acts::WITHDRAW_ROW)),
    ("GET", "/desk/lists*", For::StaffMayAtHome(standards::acts::READ_BATCHES)),
    ("*", "/desk/lists*", For::StaffMayAtHome(standards::acts::BRING_IN)),
    ("GET", "/desk/comparison*", For::StaffMayAtHome(standards::acts::READ_COMPARISON)),
    ("*", "/desk/comparison*", For::StaffMayAtHome(standards::acts::KEEP_PLACES)),
    ("GET", "/desk/reduction", For::StaffMayAtHome(themes::acts::MEASURE)),
    ("GET", "/desk/proposals*", For::StaffMayAtHome(standards::acts::READ_PROPOSALS)),
    ("*", "/desk/proposals*", For::StaffMayAtHome(standards::acts::READ_PROPOSALS)),
    ("GET", "/desk/catalogue*", For::StaffMayAtHome(authoring::acts::READ_REVISIONS)),
    ("GET", "/desk/revisions*", For::StaffMayAtHome(authoring::acts::READ_REVISIONS)),
    ("*", "/desk/revisions*", For::StaffMayAtHome(authoring::acts::READ_REVISIONS)),
    ("*", "/desk/requests*", For::StaffMayAtHome(authoring::acts::READ_REQUESTS)),
    ("GET", "/desk/supervision", For::StaffMayAtHome(casework::RECEIVE_SUPERVISION)),
    ("GET", "/desk/work*", For::StaffMayAtHome(access::acts::READ_WORK)),
    ("*", "/desk/work*", For::StaffMayAtHome(access::acts::RETRY_DELIVERY)),
    ("POST", "/desk/notices/{id}/void", For::StaffMay(casework::VOID_NOTICE, Subject::Case)),
    ("*", "/desk/notices/{id}*", For::StaffMay(casework::READ, Subject::Case)),
    ("*", "/desk/fees", For::StaffMayAtHome(fees::RECONCILE)),
    ("*", "/desk/fees/differences/{id}/settle", For::StaffMayAtHome(fees::RESOLVE)),
    ("*", "/desk/incoming", For::StaffMayAtHome(courier::COUNT)),
    ("*", "/desk*", For::Staff),
    // only the payment platform and the courier, by their signatures
    ("*", "/callbacks/payment", For::Nobody),
    ("*", "/callbacks/courier", For::Nobody),
    // the REST interface
    ("POST", "/api/v1/session", For::Everybody),
    ("*", "/api/v1/session", For::SignedIn),
    ("*", "/api/v1/openapi.json", For::Everybody),
    ("*", "/api/v1/themes*", For::Everybody),
    ("*", "/api/v1/items*", For::Everybody),
    ("*", "/api/v1/search", For::Everybody),
    ("POST", "/api/v1/drafts", For::SignedIn),
    ("GET", "/api/v1/drafts", For::Residents),
    ("POST", "/api/v1/drafts/{id}/submit", For::May(SUBMIT_DRAFT, Subject::Draft)),
    ("GET", "/api/v1/drafts/{id}*", For::May(READ_DRAFT, Subject::Draft)),
    ("*", "/api/v1/drafts/{id}*", For::May(EDIT_DRAFT, Subject::Draft)),
    ("POST", "/api/v1/applications/{id}/accept", For::StaffMay(casework::ACCEPT, Subject::Case)),
    ("POST", "/api/v1/applications/{id}/hand-over", For::StaffMay(casework::DELIVER, Subject::Application)),
    ("POST", "/api/v1/applications/{id}/joint-extension", For::StaffMay(casework::EXTEND_JOINT, Subject::Application)),
    ("POST", "/api/v1/applications/{id}/withdraw", For::May(casework::WITHDRAW, Subject::Application)),
    ("POST", "/api/v1/applications/{id}/pre-review/pass", For::StaffMay(casework::PRE_REVIEW, Subject::Case)),
    ("POST", "/api/v1/applications/{id}/pre-review/advice", For::StaffMay(casework::PRE_REVIEW, Subject::Case)),
    // An authority is told of its own notices and not of the others'.
    ("*", "/api/v1/applications/{id}/notices", For::May(casework::READ, Subject::Case)),
    ("*", "/api/v1/notices/{id}/pdf", For::May(casework::READ, Subject::Case)),
    ("*", "/api/v1/applications/{id}*", For::May(casework::READ, Subject::Application)),
    ("*", "/api/v1/applications", For::Residents),
    ("POST", "/api/v1/papers/{id}/compared", For::StaffMay(casework::COMPARE_ORIGINAL, Subject::Case)),
    ("*", "/api/v1/papers/{id}", For::May(casework::READ, Subject::Case)),
    ("*", "/api/v1/licences/verification", For::Everybody),
    ("*", "/api/v1/licences/{id}*", For::ResidentsMay(records::acts::READ_OWN, Subject::Person)),
    ("*", "/api/v1/licences", For::Residents),
    ("*", "/api/v1/todo", For::StaffMayAtHome(casework::LIST)),
    // Told to tokens, which no guest of the stage has.
    ("*", "/api/v1/token", For::Nobody),
    ("*", "/api/v1/webhooks*", For::StaffMayAtHome(connect::acts::KEEP_WEBHOOK)),
    ("POST", "/api/v1/cases/{id}/orders", For::StaffMay(casework::COMPLETE_STEP, Subject::Case)),
    ("*", "/api/v1/cases/{id}*", For::StaffMay(casework::READ, Subject::Case)),
    // the house
    ("*", "/look", For::Everybody),
    ("*", "/assets/{file}", For::Everybody),
    ("*", "/favicon.ico", For::Everybody),
    ("*", "/health*", For::Everybody),
    ("*", "/ready*", For::Everybody),
    // Answered only on the machine itself or for a token, which no guest of the stage has.
    ("*", "/metrics", For::Nobody),
];

/// For whom an address is; `None` when the table does not say.
pub fn of(route: &Route) -> Option<For> {
    let fits = |method: &str, path: &str| {
        let path_fits = match path.strip_suffix('*') {
            Some(start) => route.path.starts_with(start),
            None => route.path == path,
        };
        path_fits && (method == "*" || method == route.method)
    };
    TABLE.iter().find(|(method, path, _)| fits(method, path)).map(|(_, _, whom)| *whom)
}

/// Whether this guest is among them.
pub fn is_for(stage: &Stage, route: &Route, guest: &Guest) -> bool {
    let (resident, staff) = (guest.actor.subject().is_some(), guest.actor.is_staff());
    match of(route).unwrap_or_else(|| panic!("say for whom {} is", route.path)) {
        For::Everybody => true,
        For::Nobody => false,
        For::SignedIn => resident || staff,
        For::Residents => resident,
        For::Staff => staff,
        For::StaffMayAtHome(act) => staff && stage.may_at_home(guest, act),
        For::May(act, subject) => stage.may(guest, act, subject),
        For::ResidentsMay(act, subject) => resident && stage.may(guest, act, subject),
        For::StaffMay(act, subject) => staff && stage.may(guest, act, subject),
    }
}
