//! People, families, firms and papers that never were: the sample district's registers, made from a seed.
//!
//! Pure and repeatable: the same seed, number, catalogue and day give the same people. Nobody in it is real: ID numbers
//! use serials the police never reach, mobiles a prefix no operator has, roads names nobody gave.
//! Reading order: `maker` (chance, places, numbers), `names`, `families`, `firms`, `work`, `papers`, `demo` (the few
//! with a story).

mod demo;
mod families;
mod firms;
mod maker;
mod names;
mod papers;
mod places;
mod work;

use catalog::Catalog;
use chrono::NaiveDate;
use kernel::id::SubjectId;
use records::{Fact, Licence, Organisation, Resident};

pub use demo::{DemoPerson, demo_people};

/// Everybody and everything on the sample's registers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct People {
    pub residents: Vec<Resident>,
    pub organisations: Vec<Organisation>,
    pub licences: Vec<Licence>,
    pub facts: Vec<(SubjectId, Fact)>,
}

/// Makes `residents` people living in the catalogue's communities as of `today`, with their families, firms and papers.
/// The demo people are among them, so fewer than these are never made.
pub fn people(seed: u64, residents: usize, catalog: &Catalog, today: NaiveDate) -> People {
    let mut maker = maker::Maker::new(seed, catalog, today);
    demo::make(&mut maker);
    while maker.people.residents.len() < residents {
        let room = residents - maker.people.residents.len();
        families::make(&mut maker, room);
    }
    firms::make(&mut maker, residents / 12);
    work::make(&mut maker);
    papers::make(&mut maker);
    maker.people
}
