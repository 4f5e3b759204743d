//! The resident's way, page by page: matters, questions, plan, form, papers, check. Reads in that order; `route` has the
//! addresses, `drafting` what all pages of a draft share.

mod check;
mod check_parts;
mod drafting;
mod fields;
mod form;
mod matters;
mod papers;
mod plan;
mod plan_parts;
mod questions;
mod route;
mod start;
mod summary;
mod upload;

pub use route::routes;
