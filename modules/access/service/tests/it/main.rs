//! Accounts, sessions, the door: on both engines where something is stored.

mod door;
mod ground;
mod password;
mod sign_in;
