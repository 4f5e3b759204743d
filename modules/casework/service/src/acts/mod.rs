//! One act, one file, one transaction: lock the application, ask whether it is allowed, let `casework::decide` speak,
//! write what followed for the case and its siblings.

mod accept_application;
mod accept_case;
mod answer_correction;
mod complete_step;
mod decide_case;
mod hand_over;
mod issue_result;
mod notify_correction;
mod open_application;
mod refuse_acceptance;
mod reindex;
mod void_notice;
mod withdraw;

mod correction_target;
mod done;
mod matter;
mod notices;
mod record;

pub use accept_application::{AcceptApplication, accept_application};
pub use accept_case::{AcceptCase, accept_case};
pub use answer_correction::{AnswerCorrection, AnsweredPaper, answer_correction};
pub use complete_step::{CompleteStep, complete_step};
pub use correction_target::CorrectionTarget;
pub use decide_case::{DecideCase, decide_case};
pub use done::{CaseState, Done};
pub use hand_over::{HandOver, hand_over};
pub use issue_result::{IssueResult, issue_result};
pub use notify_correction::{CorrectionLine, NotifyCorrection, notify_correction};
pub use open_application::{OpenApplication, Opened, OpenedCase, open_application};
pub use refuse_acceptance::{RefuseAcceptance, refuse_acceptance};
pub use reindex::reindex;
pub use void_notice::{VoidNotice, void_notice};
pub use withdraw::{Withdraw, withdraw};

pub(crate) use hand_over::deliver_electronically;
pub(crate) use matter::{Handled, Matter};
pub(crate) use record::about;
pub(crate) use record::{APPLICATION_OPENED, CASE_OPENED, FORM_CARRIED, PAPERS_CORRECTED, READY, Recorded};
