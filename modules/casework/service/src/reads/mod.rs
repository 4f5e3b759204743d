//! What pages show, in words. Every read asks whether it is allowed; nothing here changes anything.
//!
//! `todo` (lists of the desk), `case_view` and `application_view` (for staff), `mine` (for the applicant), `notices`, `find`,
//! `contents` and `reported` (for other systems); the other files are the parts these are made of.

mod application_view;
mod awaited;
mod case_line;
mod case_view;
mod clock;
mod contents;
mod correction;
pub mod experience;
mod filed;
mod find;
mod form;
mod heading;
mod journal;
mod mine;
mod notes;
mod notices;
mod orders;
mod owed;
mod papers;
mod people;
mod post_office;
mod reported;
mod to_supervise;
mod todo;
mod track;
mod trust;

pub use application_view::{ApplicationView, HandoverView, application_view};
pub use awaited::awaited_by;
pub use case_line::{CaseLine, ResultView};
pub use case_view::{CaseView, DecisionView, ItemView, StepView, case_view};
pub use clock::ClockView;
pub use contents::{CaseContents, CaseStanding, case_contents, standing, standing_by_number};
pub use correction::{CorrectionLineView, CorrectionView};
pub use filed::{FiledRow, filed_on};
pub use find::{Found, find_by_number, paper_file};
pub use form::{FieldView, FormSection};
pub use heading::{CaseHeading, Heading, case_heading, heading};
pub use journal::JournalLine;
pub use mine::{HearingOffer, MyApplication, MyApplicationLine, MyCase, my_application, my_applications};
pub use notes::{NoteTone, NoteView};
pub use notices::{
    NoticeLine, NoticeView, PRESS, VerifiedNotice, VoidView, notice, notice_pdf, notices_of_application,
    notices_of_case, verify_notice,
};
pub use orders::OrderView;
pub use owed::OwedView;
pub use papers::{FileView, PaperView, StandardView};
pub use people::{AgentView, DeliveryView, PersonView};
pub use post_office::post_office;
pub use reported::{ReportedCase, ReportedEvent, ReportedLicence, ReportedPaper, case_ids, reported_case};
pub use to_supervise::{SupervisionPage, SupervisionRow, to_supervise};
pub use todo::{Choice, Desk, LampCounts, TodoFilter, TodoPage, TodoRow, todo};
pub use track::{StopState, TrackStop};
pub use trust::{PaperLicence, TrustView, paper_licence};
