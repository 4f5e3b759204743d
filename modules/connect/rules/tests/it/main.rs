//! One binary of tests: connectors and the exchange against the sample district, a plant for every code, and the handbook's page of diagnostics.

mod check;
mod connector;
mod exchange;
mod faults;
mod handbook;
mod planted;
mod sample;
