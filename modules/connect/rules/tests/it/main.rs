//! One binary of tests: connectors against the sample district, and the handbook's page of diagnostics.

mod connector;
mod faults;
mod handbook;
mod sample;
