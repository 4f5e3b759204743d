//! The desk in process, over the sample district.

mod house;

mod correction;
mod notices;
mod orders;
mod routes;
mod sign_in;
mod text;
mod window;
