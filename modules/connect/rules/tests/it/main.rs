//! One binary of tests: connectors against the sample district, a plant for every code, and the handbook's page of diagnostics.

mod check;
mod connector;
mod faults;
mod handbook;
mod planted;
mod sample;
