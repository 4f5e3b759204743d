//! The life of a case, told as tables. `sample` builds the cases, the other files say what must be so.

mod sample;

mod acceptance;
mod application;
mod chart;
mod clock;
mod closing;
mod commitment;
mod deemed;
mod policies;
mod power;
mod pre_review;
mod properties;
mod review;
mod special;
mod text;
mod tolerance;
mod undoing;
