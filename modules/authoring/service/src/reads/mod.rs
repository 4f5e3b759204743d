//! What stands where: revisions, the catalogue they edit, requests, what the public is asked about; and the dry run.

pub mod catalogue;
pub mod consultations;
pub mod dry_run;
pub mod requests;
pub mod revisions;
