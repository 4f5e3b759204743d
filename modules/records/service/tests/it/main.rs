//! Tests of the records: the sample's people, the reads and acts on both engines, the words.

mod asking;
mod certificates;
mod ground;
mod issuing;
mod people;
mod text;
