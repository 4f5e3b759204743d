//! What is on record about residents, organisations and the licences they hold, and what of it fills a form.
//!
//! Pure: rows come in, facts with their sources go out. Read in this order:
//!
//! 1. [`Resident`], [`Organisation`], [`Fact`], [`Licence`]: the four things on record (人口库, 法人库, 电子证照库)
//! 2. [`Register`]: who answers for a datum (一数一源)
//! 3. [`Known`]: what is known about an applicant before the first question; [`know`]: how it is found out
//! 4. [`derive`]: what follows from a code or an address
//! 5. [`numbering`], [`registration`]: numbers, and whom an issued licence brings into being
//! 6. [`LicenceState`], [`judge`]: how a licence stands, and what a stranger is told; [`Statement`]: what its seal covers;
//!    [`TrustLevel`]: how far a paper can be relied on
//! 7. [`Purpose`], [`acts`]: why somebody looks, and who may

mod licence;
mod organisation;
mod person;
mod register;

mod know;
mod known;
mod roles;

pub mod derive;
pub mod numbering;
pub mod registration;

mod standing;
mod statement;
mod trust;

pub mod acts;
mod purpose;

pub use acts::RECORDS;
pub use know::{About, OrganisationOnFile, SpouseOnFile, know};
pub use known::{HeldLicence, Known, KnownFact, OrganisationBrief, Source};
pub use licence::{Ended, Ending, Licence};
pub use organisation::{OrgForm, OrgStatus, Organisation};
pub use person::{HouseholdRelation, Marital, Origin, Resident};
pub use purpose::{Purpose, Why};
pub use register::{Fact, Register};
pub use roles::{own_roles, spouse_roles};
pub use standing::{Judgement, LicenceState, SealFound, UseKind, Verdict, judge, judge_alone};
pub use statement::{COPY_DAYS_MAX, COPY_WORDS_MAX, CopyTerms, Statement};
pub use trust::TrustLevel;

/// How long rows of this module are kept, as dated law: read by the platform.
pub const RETENTION: &str = include_str!("../law/retention.toml");
