//! Connectors at work (对接适配器). A case of theirs is put down when casework says so and sent by a job; what they report is
//! read by a job, kept, and done by another: what was kept is never lost, and what was done once is never done again.
//!
//! Reads in this order: `shelf` (which connectors there are), `push` (ours to them), `pull` (theirs to us), `apply` (what a
//! report does), `officer` (in whose name), `way` (how the other side is reached).

mod apply;
mod officer;
mod pull;
mod push;
mod shelf;
mod way;

use platform::{Job, JobKind, Listener, World};

pub(crate) use pull::arrange;
pub use shelf::ConnectorShelf;

pub(crate) use apply::applying;
pub(crate) use push::{mapped, sending};
pub(crate) use shelf::{current, is_connected};

/// Everything it hears.
pub(crate) fn listeners() -> Vec<Listener> {
    push::listeners()
}

/// The kinds of work it does later.
pub(crate) fn jobs() -> Vec<JobKind> {
    vec![push::job(), pull::job(), apply::job()]
}

/// Leaves a job.
pub(crate) async fn leave(world: &World, job: &Job) -> Result<(), platform::Fault> {
    world
        .db
        .write(None, async |tx| {
            tx.schedule(job.clone());
            Ok(())
        })
        .await
}
