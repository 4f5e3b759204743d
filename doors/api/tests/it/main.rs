//! The interface from outside: calls through the whole router over the sample district, on SQLite.

mod client;
mod filing;
mod ground;

mod document;
mod restaurant;
mod search;
mod sessions;
mod table;
mod themes;
mod todo;
mod tokens;
mod uploads;
mod webhooks;
mod words;
mod wrong;
