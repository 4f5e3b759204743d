//! One binary of tests over whole catalogues.

mod accepted;
mod address;
mod conditions;
mod examination;
mod planted;
mod reading;
mod rendering;
mod sample;
mod small;
