//! Drafts and the pages that lead a resident from a wish to a filing.
//!
//! Reads in this order: `shelf` (the themes in force), `finding` (by what people say), `sought` (what most look for today), `known` (what the records know, as a plan wants it), `draft` (what
//! somebody has filled in so far), `filing` (what follows from it now), `acts` and `reads`, `reduction` (what cases are asked under two standards), `store` (the tables),
//! `frame` (the shell of every page behind both doors), `pages` (the resident's way).

pub mod acts;
mod draft;
pub mod filing;
mod finding;
pub mod frame;
pub mod known;
mod migrations;
pub mod pages;
pub mod reads;
pub mod reduction;
mod shelf;
pub mod sought;
mod store;

use platform::Tx;
use platform::retention::Kept;

pub use draft::{Draft, Paper, Sheet};
pub use filing::Filing;
pub use finding::{FindKind, Findings, Found, Wish, documents, lexicon};
pub use migrations::migrations;
pub use pages::routes;
pub use shelf::ThemeShelf;

/// What is kept for a time: drafts that nobody goes on with.
///
/// # Errors
/// What is wrong with the file of the periods.
pub fn retention() -> Result<Vec<Kept>, String> {
    let drafts = Kept::new(themes::RETENTION, "themes.draft", |tx: Tx, before, most| async move {
        store::draft_forget(tx.conn(), before, most).await
    });
    Ok(vec![drafts?])
}

/// The tables with sealed columns.
pub fn sealed() -> Vec<platform::sealed::SealedTable> {
    store::sealed()
}

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");
