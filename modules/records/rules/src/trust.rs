//! How far a paper can be relied on (材料可信等级), by where it came from.
//!
//! Cities in Guangdong and Shanghai sort electronic papers into four levels, so that whoever decides sees at a glance what
//! has been checked by whom. The level follows from the source alone; nobody chooses it.

use kernel::coded;

coded! {
    /// The level, from the one that needs no look to the one that needs most.
    TrustLevel in "records.trust" {
        /// A: made and sealed by the issuing authority itself, here or in its own system.
        Issued = "A",
        /// B: checked against the register that answers for it.
        Register = "B",
        /// C: compared with the original by a clerk at the window, whose name is on record.
        Original = "C",
        /// D: uploaded by the applicant; nobody has compared it with anything.
        Uploaded = "D",
    }
}

impl TrustLevel {
    /// Of a licence on record: one that a case of ours made bears the authority's own seal, others were taken over from
    /// the authority's register.
    pub fn of_licence(made_by_case: bool) -> Self {
        if made_by_case { Self::Issued } else { Self::Register }
    }

    /// Of a paper handed in: across the counter the clerk has the original in hand.
    pub fn of_hand_in(by_clerk: bool) -> Self {
        if by_clerk { Self::Original } else { Self::Uploaded }
    }
}
