//! Themes (一件事主题): questions, plan, one form, one set of materials.
//!
//! A theme is one matter of the applicant made of items of several authorities. From a theme file comes a [`Theme`]
//! ([`compile()`]), from answers and what is known comes a [`Plan`] ([`plan()`]), and nothing is remembered in between:
//! changing an answer means planning again, which takes microseconds.
//!
//! Reading order: [`question`] and [`known`] (what goes in), [`merge`] and [`schedule`] (the two calculations that matter),
//! [`mod@plan`] (what comes out), [`entry`] (what is typed into the form), [`report`] and `words` (as JSON, and in words), `theme`, `source` and [`mod@compile`] with
//! `check` and [`examination`] (from files to themes, and again after an edit), [`scenario`] (themes tested by their owners),
//! [`wording`] (what people say for it), [`reduction`] (what cases are asked under two standards).
//!
//! Pure: no database, no clock, no files.

pub mod question;

pub mod known;

pub mod fault;

mod answering;

pub mod item_set;

pub mod merge;

pub mod schedule;

mod derive;

mod facts;

pub mod plan;

pub mod entry;

pub mod report;

pub mod words;

pub mod theme;

mod source;

pub mod compile;

mod check;

pub mod codes;

pub mod examination;

pub mod scenario;

pub mod wording;

pub mod reduction;

pub mod bench;

pub mod sample;

pub mod acts;

pub use acts::THEMES;
pub use compile::compile;
pub use entry::{EntryFault, read_entry};
pub use examination::Examination;
pub use facts::Asking;
pub use fault::{AnswerFault, FaultKind};
pub use item_set::ItemSet;
pub use known::{HeldLicence, Known, KnownFact, OWN_ROLES};
pub use plan::{Filled, FormField, FormSection, Inclusion, Plan, PlannedItem, PlannedMaterial, Standing, plan};
pub use question::{Answers, Question, QuestionKind, QuestionOption};
pub use report::{PlanReport, QuestionsReport};
pub use scenario::{Scenario, scenarios};
pub use theme::{Baseline, Handover, PaperDemand, Theme, ThemeItem};
pub use wording::{Word, Wording};

/// How long rows of this module are kept, as dated law: read by the platform.
pub const RETENTION: &str = include_str!("../law/retention.toml");
