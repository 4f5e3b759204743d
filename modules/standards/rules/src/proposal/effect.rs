//! What a proposal saves, estimated on the cases there really were.

use serde::{Deserialize, Serialize};

use super::{Kind, Spares};

/// What one case is spared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Papers not handed in.
    pub papers: u32,
    /// Fields not typed.
    pub fields: u32,
    /// Seals and signatures not made on paper.
    pub marks: u32,
    /// Days of the promise.
    pub days: u32,
    pub trips: u32,
}

impl Effect {
    /// What one case is spared by a proposal of this kind; `by` is how much where that is not one: days, trips.
    pub fn of(kind: Kind, by: u32) -> Self {
        let none = Self::default();
        match kind.spares() {
            // Itemised papers are still papers, and those that may follow are still owed.
            Spares::Papers if matches!(kind, Kind::M4 | Kind::M7) => none,
            Spares::Papers => Self { papers: 1, ..none },
            Spares::Fields => Self { fields: 1, ..none },
            Spares::Seals | Spares::Signatures => Self { marks: 1, ..none },
            Spares::Days => Self { days: by, ..none },
            Spares::Trips => Self { trips: by, ..none },
        }
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            papers: self.papers + other.papers,
            fields: self.fields + other.fields,
            marks: self.marks + other.marks,
            days: self.days + other.days,
            trips: self.trips + other.trips,
        }
    }

    /// The same for so many cases.
    pub fn times(self, cases: u64) -> [(Saved, u64); 5] {
        [
            (Saved::Papers, u64::from(self.papers) * cases),
            (Saved::Fields, u64::from(self.fields) * cases),
            (Saved::Marks, u64::from(self.marks) * cases),
            (Saved::Days, u64::from(self.days) * cases),
            (Saved::Trips, u64::from(self.trips) * cases),
        ]
    }
}

kernel::coded! {
    /// What is counted.
    Saved in "saved" {
        Papers = "papers",
        Fields = "fields",
        Marks = "marks",
        Days = "days",
        Trips = "trips",
    }
}
