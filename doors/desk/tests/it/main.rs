//! The desk in process, over the sample district.

mod house;

mod authoring;
mod connectors;
mod correction;
mod exchange;
mod licence;
mod notices;
mod orders;
mod password;
mod routes;
mod sign_in;
mod text;
mod todo;
mod window;
mod work;
