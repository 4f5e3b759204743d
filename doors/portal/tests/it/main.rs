//! The portal over the sample district: every route for everybody, and what residents do.

mod consultations;
mod correction;
mod files;
mod house;
mod licences;
mod looks;
mod notices;
mod pages;
mod routes;
mod search;
mod sign_in;
mod withdrawal;
