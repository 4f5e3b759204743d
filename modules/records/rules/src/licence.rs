//! Licences on record (电子证照), and when one is in force.

use catalog::ids::{AuthorityId, LicenceTypeId};
use catalog::model::{HolderRole, LicenceHolder};
use chrono::{Months, NaiveDate};
use kernel::codes::LicenceMark;
use kernel::id::{CaseId, LicenceId, SubjectId};
use kernel::value::{Facts, Value};
use serde::{Deserialize, Serialize};

use kernel::coded;

coded! {
    /// Why a licence stands no longer although its term has not run out.
    Ended in "records.ended" {
        /// 注销: at the holder's wish, or because the holder is gone.
        Cancelled = "cancelled",
        /// 撤销: it should never have been given (行政许可法第六十九条).
        Withdrawn = "withdrawn",
        /// 吊销: a penalty.
        Revoked = "revoked",
        /// 换发: a newer version took its place.
        Replaced = "replaced",
    }
}

/// The end of a licence before its term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    pub on: NaiveDate,
    pub how: Ended,
}

/// One licence on record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Licence {
    pub id: LicenceId,
    pub licence: LicenceTypeId,
    /// What it is about by its type: a person, an organisation, premises.
    pub kind: LicenceHolder,
    /// 证照编号, as printed.
    pub number: String,
    /// 电子证照标识.
    pub mark: LicenceMark,
    /// On whose record it is: a resident or an organisation.
    pub holder: SubjectId,
    pub holder_name: String,
    /// The role of the one it speaks about, where that is not the holder: a birth certificate stays on the
    /// mother's record until the child has a number of its own.
    pub about: Option<HolderRole>,
    /// Address of the premises it speaks about.
    pub place: Option<String>,
    pub issued_by: AuthorityId,
    pub issued_on: NaiveDate,
    /// Last day it is valid; none: until revoked (长期).
    pub valid_to: Option<NaiveDate>,
    /// Counts from 1; a renewed or changed licence keeps its number and gets the next version.
    pub version: u32,
    pub ended: Option<Ending>,
    /// The case that made it, if one of ours did.
    pub case: Option<CaseId>,
    /// What else it says, by field name of the element dictionary's sources.
    pub details: Facts,
}

/// How long a paper about a child without a number of its own speaks about "the newborn" of a new matter. Later the
/// mother may be back with the next child, whose form the old certificate must not fill.
const NEWBORN: Months = Months::new(12);

impl Licence {
    /// Whether it is valid on a day: issued, not run out, not ended. The last day counts.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.issued_on <= day
            && self.valid_to.is_none_or(|last| day <= last)
            && self.ended.is_none_or(|ending| day < ending.on)
    }

    /// Whether it still speaks for somebody in a matter opened on this day.
    pub fn speaks_on(&self, day: NaiveDate) -> bool {
        self.in_force(day)
            && (self.about != Some(HolderRole::Child)
                || self.issued_on.checked_add_months(NEWBORN).is_none_or(|last| day <= last))
    }

    /// Whether it can prove the right to premises in a matter of business. A dwelling cannot: opening a shop in one
    /// takes the consent of the neighbours concerned (民法典第二百七十九条).
    pub fn is_for_business(&self) -> bool {
        self.details.get("usage").and_then(Value::as_text) != Some("residential")
    }

    /// Fields that every licence has in columns of its own; nobody's form can change them.
    pub const OWN_FIELDS: [&str; 5] = ["number", "mark", "holder", "issued_on", "valid_to"];

    /// One field of it, as the element dictionary names them (`source: {resource: licence:<type>, field}`).
    pub fn field(&self, name: &str) -> Option<Value> {
        match name {
            "number" => Some(Value::from(self.number.as_str())),
            "mark" => Some(Value::from(self.mark.as_str())),
            "holder" => Some(Value::from(self.holder_name.as_str())),
            "issued_on" => Some(Value::Date(self.issued_on)),
            "valid_to" => self.valid_to.map(Value::Date),
            other => self.details.get(other).cloned(),
        }
    }
}
