//! The only code that names the tables of this module.

mod draft;
mod paper;
mod sought;

pub(crate) use draft::{
    Change, draft_change, draft_close, draft_count, draft_find, draft_forget, draft_insert, draft_list, draft_locked,
    draft_open_counts, draft_submitted,
};
pub(crate) use paper::{paper_delete, paper_find, paper_insert, paper_list};
pub(crate) use sought::{sought_add, sought_forget, sought_most};

use platform::sealed::SealedTable;

/// The tables with sealed columns.
pub(crate) fn sealed() -> Vec<SealedTable> {
    vec![draft::sealed(), paper::sealed()]
}
