//! Parcels (寄递): results to the applicant, originals to the hall.
//!
//! Pure. Read in this order: [`Shipment`] (facts, and the state that follows from them), [`take`] (what a scan means, heard
//! twice or out of order), [`Incoming`] (what is opened at the hall, and since when it counts), `acts` (who may).

mod acts;
mod incoming;
mod shipment;

pub use acts::{COUNT, COURIER, MEND, READ, SEND, SEND_IN};
pub use incoming::{Count, Enclosed, Finding, Incoming, Known, Missed, Said, Way};
pub use shipment::{Direction, Payer, Scan, ScanKind, Shipment, State, take};
