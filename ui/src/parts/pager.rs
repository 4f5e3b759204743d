//! Back and forth through a long list by keys, not by page numbers: a list that grows while it is read keeps its place.

use askama::Template;

/// Links to the rows before and after these.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/pager.html")]
pub struct Pager {
    /// Address of the rows before.
    pub back: Option<String>,
    /// Address of the rows after.
    pub on: Option<String>,
    /// What is shown: 本页 50 件，共 1,204 件.
    pub shown: String,
}
