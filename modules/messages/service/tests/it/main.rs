//! Messages over real lines to twins, on both engines. Reads in this order: `ground`, then what is told (`telling`, `money`, `parcels`), how it
//! is sent (`sending`), and what people choose (`people`).

mod ground;

mod money;
mod parcels;
mod people;
mod sending;
mod telling;
