//! Messages over real lines to twins, on both engines. Reads in this order: `ground`, then what is told (`telling`), how it
//! is sent (`sending`), and what people choose (`people`).

mod ground;

mod people;
mod sending;
mod telling;
