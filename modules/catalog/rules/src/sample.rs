//! A city grown from the sample district (样例城市), to measure on and to plant defects in: 53 authorities of four levels,
//! and every implementer's own items. The same seed grows the same city.
//!
//! [`City::grow`] says who and what there is, [`City::files`] writes it as a catalogue folder would have it; the crate
//! `themes` grows themes on it. Names are those of real kinds of matters; everything else about them is made up.

mod authorities;
mod items;
mod seeded;
mod write;

pub use authorities::GrownAuthority;
pub use items::{Doing, GrownItem, Subject, Who};
pub use seeded::Seeded;

use crate::diagnostic::SourceFile;
use crate::model::Catalog;

/// Authorities of a whole city: 龙岗 settled the powers of 53 units.
pub const AUTHORITIES: usize = 53;

/// Who and what a grown city has beside the sample it was grown from.
#[derive(Debug, Clone, PartialEq)]
pub struct City {
    pub seed: u64,
    /// Those the sample lacks.
    pub authorities: Vec<GrownAuthority>,
    /// Kinds of matters, which several authorities implement.
    pub subjects: Vec<Subject>,
    /// Each implementer's own items.
    pub items: Vec<GrownItem>,
}

impl City {
    /// Grows a city of so many authorities (with those of the sample) and at most so many items (beside the sample's).
    pub fn grow(sample: &Catalog, seed: u64, authorities: usize, items: usize) -> Self {
        let mut dice = Seeded::new(seed);
        let wanted = authorities.saturating_sub(sample.authorities.len());
        let authorities = authorities::grow(sample, wanted);
        let subjects = items::subjects();
        let items = items::grow(sample, &authorities, &subjects, items, &mut dice);
        Self { seed, authorities, subjects, items }
    }

    /// The files of the whole city: the sample's, and those that were grown, sorted by path.
    pub fn files(&self, sample: &[SourceFile]) -> Vec<SourceFile> {
        let mut files = sample.to_vec();
        files.extend(write::files(self));
        files.sort_by(|one, other| one.path.cmp(&other.path));
        files
    }
}
