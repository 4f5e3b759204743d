//! The life of a case (办件): from receipt to hand-over, under the law's clocks.
//!
//! Pure: the day, the law and the facts are handed in; events or a refusal come out. Read in this order:
//!
//! 1. [`Case`] and its facts, [`Status`] and its [`Phase`]: what has happened; the status is derived, never stored
//! 2. [`Order`]: what somebody wants to happen; [`Event`]: what then has happened
//! 3. [`CaseLaw`], [`Terms`]: what the item and the general law say
//! 4. [`decide`] and [`apply`]: the one life cycle of all items, printed in `chart/life.txt`
//! 5. [`LegalClock`], [`Due`], [`Reading`], [`Lamp`]: how much time is left; [`Case::rings`]: what time alone brings
//! 6. [`notices_of`]: which event brings which notice
//! 7. [`application`]: what one case means for its siblings, the hand-over, the applicant's sentence
//! 8. [`acts`]: who may do it; [`refusals`] and [`all_codes`]: every word the text files must have

mod case;
mod commitment;
mod facts;
mod missing;
mod power;
mod pre_review;
mod preliminary;
mod special;
mod status;
mod supervision;
mod undone;

mod officer;
mod order;

mod event;

mod law;
mod terms;

mod allowed;
mod apply;
mod decide;

mod clock;
mod due;
mod instants;
mod lamp;
mod reading;

mod notice;

pub mod application;

pub mod acts;
mod codes;
pub mod refusals;

pub use acts::*;
pub use allowed::{allowed, allowed_to, specimen};
pub use apply::{apply, replay};
pub use case::{Case, Opening};
pub use clock::{LegalClock, Pause, Resume};
pub use codes::all_codes;
pub use commitment::{Commitment, CommitmentCheck, CommitmentMade, Finding};
pub use decide::decide;
pub use due::{Due, WhyNoDate};
pub use event::{Event, EventKind};
pub use facts::{
    Acceptance, Correction, CorrectionItem, Decision, Delivered, DeliveryMethod, Issued, NonAcceptance,
    NonAcceptanceGround, Opinion, Outcome, Prerequisite, StepDone, Terminated, View, Withdrawn,
};
pub use lamp::Lamp;
pub use law::{CaseLaw, LicenceType, SpecialLaw, StepLaw};
pub use missing::{Gap, GapGround, MissingPaper, SpotCorrection};
pub use notice::{NoticeKind, notices_of, notices_of_opening};
pub use officer::{Officer, OfficerId};
pub use order::{Order, OrderKind, OrderedBy};
pub use power::{Power, PowerKind, Powers};
pub use pre_review::{PreReview, PreReviewAdvice, PreReviewEnd, PreReviewOutcome};
pub use preliminary::{HandedUp, Preliminary, PreliminaryLaw};
pub use reading::{ClockKind, Reading};
pub use special::{Extension, Hearing, HearingAnswer, Presider, Session, SpecialRun};
pub use status::{Phase, Status};
pub use supervision::Supervision;
pub use terms::Terms;
pub use undone::{CancellationGround, Cancelled, Renews, RevocationGround, Revoked};
