//! The house as a whole, by process and in process. One binary, because linking everything takes longer than the tests.
//!
//! Reads in this order: `binary` (the program as a process), `server` and `http` (a running server and somebody who asks
//! it), `district` (the sample, loaded once and copied), `life` (an application in it), `database` (a look
//! behind the program); then what is promised: `cli`, `backup`, `access_chart`, `routes`, `words`, `staffing`, `late`,
//! `outage`, `kill`, `proposals`, `authoring`, `operations`.

mod binary;
mod chart;
mod database;
mod district;
mod doors;
mod http;
mod life;
mod server;

mod access_chart;
mod authoring;
mod backup;
mod cli;
mod comparison;
mod kill;
mod late;
mod operations;
mod outage;
mod proposals;
mod routes;
mod sealed;
mod staffing;
mod traps;
mod words;
