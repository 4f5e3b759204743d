//! Parcels (寄递): results to the applicant, originals to the hall.
//!
//! Pure. Read in this order: [`Shipment`] (facts, and the state that follows from them), [`take`] (what a scan means, heard
//! twice or out of order), `acts` (who may).

mod acts;
mod shipment;

pub use acts::{COURIER, MEND, READ, SEND};
pub use shipment::{Direction, Payer, Scan, ScanKind, Shipment, State, take};
