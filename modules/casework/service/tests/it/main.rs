//! Tests of casework on both engines: a matter from opening to hand-over, and everything that may come between.

mod access;
mod correction;
mod ground;
mod incoming;
mod joint;
mod journal;
mod journey;
mod later;
mod notices;
mod opening;
mod parcels;
mod payment;
mod power;
mod pre_review;
mod race;
mod renewal;
mod text;
mod timers;
mod todo;
mod trust;
mod views;
