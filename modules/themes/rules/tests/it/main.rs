//! Tests of themes against whole catalogues: the sample district, and small ones made for a purpose.

mod faults;
mod policies;
mod properties;
mod samples;
mod shelf;
mod small;
mod traps;
mod wording;
