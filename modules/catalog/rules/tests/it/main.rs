//! One binary of tests over whole catalogues.

mod address;
mod conditions;
mod planted;
mod reading;
mod rendering;
mod sample;
mod small;
